/** When something is to be looked at again. `calm`: it was just dealt with, and its sender needs time to obey. */
export type NextLook = 'soon' | 'usual' | 'calm';

export interface Watched {
  readonly closed: boolean;
  look(): Promise<{ reads: number; next: NextLook }>;
}

export type RateWatchOptions = {
  /** The time until the next look, in ms. With many senders each is looked at less often. */
  readonly after: Readonly<Record<NextLook, number>>;
  /** The limit for the readings of all looks together. */
  readonly readsPerSecond: number;
};

/** At most about 0.9 % of a core, in the worker and here together. */
export const DEFAULT_RATE_WATCH: RateWatchOptions = {
  after: { soon: 900, usual: 2000, calm: 3000 },
  readsPerSecond: 60,
};

const TICK_MS = 100;

/**
 * Looks at the senders of one worker, at a bounded cost. Senders that are new or were above a limit come before the
 * others. A sender returns to the queue after its answer, so that questions do not pile up at a frozen worker.
 */
export class RateWatch {
  readonly #options: RateWatchOptions;
  readonly #due = new Map<Watched, { atMs: number; next: NextLook }>();
  readonly #timer: NodeJS.Timeout;
  /** Readings that may be made now. Looks that needed more than expected make it negative. */
  #budget: number;
  #closed = false;

  constructor(options: RateWatchOptions) {
    this.#options = options;
    this.#budget = options.readsPerSecond;
    this.#timer = setInterval(() => this.#tick(), TICK_MS).unref();
  }

  get size(): number {
    return this.#due.size;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#due.clear();
  }

  /**
   * Call it again when the sender has something new. A look that is due is never put off, or a sender that makes
   * something new again and again would not be looked at at all.
   */
  add(watched: Watched): void {
    this.#put(watched, 'soon', this.#due.get(watched)?.atMs);
  }

  remove(watched: Watched): void {
    this.#due.delete(watched);
  }

  #tick(): void {
    const { readsPerSecond } = this.#options;
    this.#budget = Math.min(readsPerSecond, this.#budget + (readsPerSecond * TICK_MS) / 1000);
    const now = performance.now();
    const due = [...this.#due].filter(([, { atMs }]) => atMs <= now);
    due.sort(([, a], [, b]) => Number(b.next === 'soon') - Number(a.next === 'soon') || a.atMs - b.atMs);
    for (const [watched] of due) {
      if (this.#budget < 1) return;
      this.#budget -= 1;
      this.#due.delete(watched);
      void this.#look(watched);
    }
  }

  async #look(watched: Watched): Promise<void> {
    try {
      const { reads, next } = await watched.look();
      this.#budget -= reads - 1;
      // If it was added meanwhile, it is to be looked at soon.
      if (!this.#due.has(watched)) this.#put(watched, next);
    } catch {
      // The sender was closed meanwhile, or its worker is gone.
      this.#put(watched, 'usual');
    }
  }

  #put(watched: Watched, next: NextLook, latestMs = Number.POSITIVE_INFINITY): void {
    if (this.#closed || watched.closed) return;
    const atMs = Math.min(performance.now() + this.#options.after[next], latestMs);
    this.#due.set(watched, { atMs, next });
  }
}
