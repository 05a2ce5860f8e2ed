/**
 * Runs a job, never twice at the same time. All requests before the job starts lead to one run, and all requests during
 * a run lead to one more run.
 */
export class Scheduler {
  readonly #job: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #dueAt = Number.POSITIVE_INFINITY;
  #running = false;
  #closed = false;

  /** @param job Must not reject. */
  constructor(job: () => Promise<void>) {
    this.#job = job;
  }

  /** Runs the job in at most `delayMs` milliseconds. If an earlier run is already due, this request changes nothing. */
  request(delayMs: number): void {
    if (this.#closed) return;
    const dueAt = Date.now() + Math.max(0, delayMs);
    if (dueAt >= this.#dueAt) return;
    this.#dueAt = dueAt;
    if (!this.#running) this.#arm();
  }

  close(): void {
    this.#closed = true;
    this.#disarm();
  }

  #arm(): void {
    this.#disarm();
    const delay = this.#dueAt - Date.now();
    // A timer of 0 would let other tasks run first. A job that is due now starts in a microtask of the current task.
    if (delay <= 0) queueMicrotask(() => void this.#start());
    else this.#timer = setTimeout(() => void this.#start(), delay);
  }

  #disarm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #start(): Promise<void> {
    if (this.#running || this.#closed) return;
    this.#running = true;
    this.#disarm();
    this.#dueAt = Number.POSITIVE_INFINITY;
    try {
      await this.#job();
    } finally {
      this.#running = false;
      if (!this.#closed && this.#dueAt !== Number.POSITIVE_INFINITY) this.#arm();
    }
  }
}
