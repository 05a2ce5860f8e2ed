import { TokenBucket } from '../limits/token-bucket.ts';

/** pino's number of the level. Lines below say what people do, and each of them is wanted. */
const WARN = 40;
const FATAL = 60;
/** The bound of one message: far more than any trouble of our own needs to be understood. */
const RATE = { burst: 200, perSecond: 10 };
/** Messages are constant texts, so there are fewer. Beyond this all others share one bound. */
const MESSAGES_MAX = 500;

type Bound = { readonly bucket: TokenBucket; skipped: number };

/**
 * Bounds how often one message is written at the levels warn and error. A stranger who can cause such a line could
 * otherwise fill the log with it, and push out the lines about real trouble.
 */
export class LineBounds {
  readonly #bounds = new Map<string, Bound>();
  readonly #now: (() => number) | undefined;

  constructor(now?: () => number) {
    this.#now = now;
  }

  /** How many lines with this message were left out since the last one that was written; undefined if this one is left out too. */
  take(level: number, message: string | undefined): number | undefined {
    if (level < WARN || level >= FATAL) return 0;
    const bound = this.#boundOf(message ?? '');
    if (!bound.bucket.take()) {
      bound.skipped += 1;
      return undefined;
    }
    const { skipped } = bound;
    bound.skipped = 0;
    return skipped;
  }

  #boundOf(message: string): Bound {
    const known = this.#bounds.get(message);
    if (known !== undefined) return known;
    const isFull = this.#bounds.size >= MESSAGES_MAX;
    if (isFull && message !== '') return this.#boundOf('');
    const bound = { bucket: new TokenBucket(RATE, this.#now), skipped: 0 };
    this.#bounds.set(message, bound);
    return bound;
  }
}
