import type { Rate } from '@parley/common/limits';

/** Shorter than the grace of a lost socket, in which a client has to be back. */
const LONGEST_WAIT_MS = 5_000;
const ROUNDING_MS = 0.001;

/**
 * Spreads what comes all at once: lets a burst through, and gives each of the others a time of its own to come again, at the pace of the rate.
 * A bucket alone would send all of them to the same moment.
 */
export class Spread {
  readonly #intervalMs: number;
  /** How much may be waiting, at the pace of the rate, when one more is let through. */
  readonly #backlogMs: number;
  readonly #now: () => number;
  /** When everything that was let through would be done at the pace of the rate. */
  #doneAt = 0;
  /** The latest time that somebody was given. */
  #givenAt = 0;

  /** `now` gives milliseconds of a clock that never goes back. */
  constructor({ burst, perSecond }: Rate, now: () => number = () => performance.now()) {
    this.#intervalMs = 1_000 / perSecond;
    // Times are sums of fractions.
    this.#backlogMs = (burst - 1) * this.#intervalMs + ROUNDING_MS;
    this.#now = now;
  }

  /** Returns 0 to let one through, otherwise the milliseconds after which it may come again. */
  take(): number {
    const now = this.#now();
    if (this.#doneAt - now <= this.#backlogMs) {
      this.#doneAt = Math.max(this.#doneAt, now) + this.#intervalMs;
      return 0;
    }
    this.#givenAt = Math.max(this.#givenAt, now) + this.#intervalMs;
    return Math.min(this.#givenAt - now, LONGEST_WAIT_MS);
  }
}
