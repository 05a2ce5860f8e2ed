/** Runs one job at a time; wishes that come while it runs, or before it is due, become one more run. */
export class Scheduler {
  readonly #job: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #dueAt = Number.POSITIVE_INFINITY;
  #running = false;
  #closed = false;

  constructor(job: () => Promise<void>) {
    this.#job = job;
  }

  /** At the latest in `delayMs`; an earlier wish that is still open wins. */
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
    // A timer of 0 waits for other tasks; what is due now starts in this one.
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
