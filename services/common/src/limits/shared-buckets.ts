import type { Logger } from '../logging/logger.ts';
import { RateLimiter } from './rate-limiter.ts';
import type { Rate } from './token-bucket.ts';

/** A token bucket by its name. One name has one rate. */
export type NamedBucket = { readonly key: string; readonly rate: Rate };

/** Token buckets that all instances of a service share, so that nobody gains by asking another one. */
export interface SharedBuckets {
  /**
   * Takes one token of each bucket, or none of any. Resolves with 0, otherwise with the milliseconds after which it may work. Rejects
   * with `unavailable` if what the instances share cannot be reached.
   */
  take(buckets: readonly NamedBucket[]): Promise<number>;
  /** What `take` would resolve with now; takes nothing. */
  waitMs(buckets: readonly NamedBucket[]): Promise<number>;
}

/** The buckets of one process. */
export class MemoryBuckets implements SharedBuckets {
  readonly #now: (() => number) | undefined;
  readonly #limiters = new Map<string, RateLimiter>();

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(now?: () => number) {
    this.#now = now;
  }

  async take(buckets: readonly NamedBucket[]): Promise<number> {
    const waitMs = this.#longestWait(buckets);
    if (waitMs === 0) for (const { key, rate } of buckets) this.#limiterOf(rate).take(key);
    return waitMs;
  }

  async waitMs(buckets: readonly NamedBucket[]): Promise<number> {
    return this.#longestWait(buckets);
  }

  /** Waits for nothing, so that nobody takes between the look and the taking. */
  #longestWait(buckets: readonly NamedBucket[]): number {
    return Math.ceil(Math.max(0, ...buckets.map(({ key, rate }) => this.#limiterOf(rate).waitMs(key))));
  }

  #limiterOf(rate: Rate): RateLimiter {
    const name = `${rate.burst} ${rate.perSecond}`;
    const known = this.#limiters.get(name);
    if (known !== undefined) return known;
    const limiter = new RateLimiter(rate, this.#now === undefined ? {} : { now: this.#now });
    this.#limiters.set(name, limiter);
    return limiter;
  }
}

/**
 * Counts in this process as well as where all instances count. While the latter cannot be reached the former holds alone, so a limit is
 * never open.
 */
export class BackedBuckets implements SharedBuckets {
  readonly #shared: SharedBuckets;
  readonly #logger: Logger;
  readonly #own: SharedBuckets;

  constructor(shared: SharedBuckets, logger: Logger, own: SharedBuckets = new MemoryBuckets()) {
    this.#shared = shared;
    this.#logger = logger;
    this.#own = own;
  }

  async take(buckets: readonly NamedBucket[]): Promise<number> {
    const waitMs = await this.#own.take(buckets);
    return waitMs > 0 ? waitMs : this.#ask(() => this.#shared.take(buckets));
  }

  async waitMs(buckets: readonly NamedBucket[]): Promise<number> {
    const waitMs = await this.#own.waitMs(buckets);
    return waitMs > 0 ? waitMs : this.#ask(() => this.#shared.waitMs(buckets));
  }

  async #ask(question: () => Promise<number>): Promise<number> {
    try {
      return await question();
    } catch (error) {
      this.#logger.warn({ err: error }, 'limit counted by this instance alone');
      return 0;
    }
  }
}
