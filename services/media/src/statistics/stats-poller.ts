/** A stream whose statistics are read from time to time. */
export interface Polled {
  readonly closed: boolean;
  /** Nothing has changed since the last reading, so that the next reading can be left out. */
  readonly idle: boolean;
  read(): Promise<void>;
}

export type StatsPollerOptions = {
  /** The time between two readings of one stream, while there are few; 0 means never. */
  intervalMs: number;
  /** The limit for all streams together. With many streams, each is read less often. */
  readsPerSecond: number;
};

/** At `readsPerSecond`, polling takes about 0.3 % of a core. */
export const DEFAULT_POLLING: StatsPollerOptions = { intervalMs: 5000, readsPerSecond: 20 };

const TICK_MS = 250;

/**
 * Reads the statistics of many streams, one after the other, at a bounded cost. The queue is in the order of the next
 * reading. A stream returns to the queue after its answer, so that questions do not pile up at a frozen worker.
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
      // The stream was closed meanwhile, or its worker is gone.
    }
    if (!this.#closed && !polled.closed) this.#putBack(polled);
  }

  /** Puts the stream behind all others, because all wait equally long. */
  #putBack(polled: Polled): void {
    this.#dueAtMs.set(polled, performance.now() + this.#options.intervalMs);
  }
}
