/** `burst` at once, and `perSecond` in the long run. */
export type Rate = { readonly burst: number; readonly perSecond: number };

/** Limits a rate and allows bursts. */
export class TokenBucket {
  readonly #rate: Rate;
  readonly #now: () => number;
  #tokens: number;
  #updatedAt: number;

  /** `now` gives milliseconds of a clock that never goes back. */
  constructor(rate: Rate, now: () => number = () => performance.now()) {
    if (!(rate.burst >= 1) || !(rate.perSecond > 0)) {
      throw new TypeError('a token bucket needs a burst of at least 1 and a positive rate');
    }
    this.#rate = rate;
    this.#now = now;
    this.#tokens = rate.burst;
    this.#updatedAt = now();
  }

  /** Whether nothing was taken lately, so that a new bucket would behave the same. */
  get full(): boolean {
    this.#refill();
    return this.#tokens >= this.#rate.burst;
  }

  /** Takes the tokens and returns true, or takes none and returns false. */
  take(count = 1): boolean {
    this.#refill();
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Takes the tokens although they may be missing. The bucket owes one burst at most. */
  charge(count = 1): void {
    this.#refill();
    this.#tokens = Math.max(-this.#rate.burst, this.#tokens - count);
  }

  /** Leaves no more than so many tokens, for what was used elsewhere. */
  lowerTo(tokens: number): void {
    this.#refill();
    this.#tokens = Math.min(this.#tokens, tokens);
  }

  /** Milliseconds until `take(count)` succeeds; Infinity when it never does. */
  waitMs(count = 1): number {
    const { burst, perSecond } = this.#rate;
    if (count > burst) return Number.POSITIVE_INFINITY;
    this.#refill();
    return Math.max(0, ((count - this.#tokens) * 1_000) / perSecond);
  }

  #refill(): void {
    const now = this.#now();
    const { burst, perSecond } = this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#updatedAt) * perSecond) / 1_000);
    this.#updatedAt = now;
  }
}
