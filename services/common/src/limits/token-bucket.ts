import { performance } from 'node:perf_hooks';

type TokenBucketOptions = {
  /** How many may come at once. */
  capacity: number;
  refillPerSecond: number;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
};

/** Limits a rate and allows bursts up to the capacity. */
export class TokenBucket {
  readonly #capacity: number;
  readonly #refillPerMs: number;
  readonly #now: () => number;
  #tokens: number;
  #updatedAt: number;

  constructor(options: TokenBucketOptions) {
    if (!(options.capacity >= 1) || !(options.refillPerSecond > 0)) {
      throw new TypeError('a token bucket needs a capacity of at least 1 and a positive refill');
    }
    this.#capacity = options.capacity;
    this.#refillPerMs = options.refillPerSecond / 1000;
    this.#now = options.now ?? (() => performance.now());
    this.#tokens = options.capacity;
    this.#updatedAt = this.#now();
  }

  /** Nothing was taken lately: a new bucket would say the same. */
  get full(): boolean {
    this.#refill();
    return this.#tokens >= this.#capacity;
  }

  /** Takes the tokens, or none of them. */
  take(count = 1): boolean {
    this.#refill();
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** How long until `take(count)` succeeds; Infinity when it never does. */
  waitMs(count = 1): number {
    if (count > this.#capacity) return Number.POSITIVE_INFINITY;
    this.#refill();
    return Math.max(0, (count - this.#tokens) / this.#refillPerMs);
  }

  #refill(): void {
    const now = this.#now();
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#updatedAt) * this.#refillPerMs);
    this.#updatedAt = now;
  }
}
