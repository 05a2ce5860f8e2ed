/** Something whose statistics are read now and then. */
export interface Polled {
  readonly closed: boolean;
  /** Nothing has happened since it was read last, so that reading it would tell nothing. */
  readonly idle: boolean;
  read(): Promise<void>;
}

export type StatsPollerOptions = {
  /** How often each of them is read while there are few; 0 is never. */
  intervalMs: number;
  /** Of all together. With many, each is read less often. */
  readsPerSecond: number;
};

/** At the bound, about 0.3 % of a core. */
export const DEFAULT_POLLING: StatsPollerOptions = { intervalMs: 5000, readsPerSecond: 20 };

const TICK_MS = 250;

/**
 * Reads the statistics of many streams, one after the other, at a bounded cost. The queue is in the order of the next
 * reading. What has not been answered is not asked again, so that a frozen worker gathers no questions.
 */
export class StatsPoller {
  readonly #options: StatsPollerOptions;
  readonly #dueAtMs = new Map<Polled, number>();
  readonly #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: StatsPollerOptions) {
    this.#options = options;
    if (options.intervalMs > 0) this.#timer = setInterval(() => this.#tick(), TICK_MS).unref();
  }

  get size(): number {
    return this.#dueAtMs.size;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.#dueAtMs.clear();
  }

  add(polled: Polled): void {
    if (!this.#closed && this.#timer) this.#putBack(polled);
  }

  remove(polled: Polled): void {
    this.#dueAtMs.delete(polled);
  }

  #tick(): void {
    const now = performance.now();
    let left = Math.ceil((this.#options.readsPerSecond * TICK_MS) / 1000);
    for (const [polled, dueAtMs] of this.#dueAtMs) {
      if (dueAtMs > now || left === 0) return;
      this.#dueAtMs.delete(polled);
      if (polled.idle) {
        this.#putBack(polled);
        continue;
      }
      left -= 1;
      void this.#read(polled);
    }
  }

  async #read(polled: Polled): Promise<void> {
    try {
      await polled.read();
    } catch {
      // It was closed meanwhile, or its worker is gone.
    }
    if (!this.#closed && !polled.closed) this.#putBack(polled);
  }

  /** Behind all others: each waits as long. */
  #putBack(polled: Polled): void {
    this.#dueAtMs.set(polled, performance.now() + this.#options.intervalMs);
  }
}
