import { TokenBucket, type Rate } from '@parley/common/limits';

const PER_ADDRESS = { burst: 5, perSecond: 1 / 20 };
/** A bound for all together, for who has many addresses. */
const ALL = { burst: 60, perSecond: 1 };
const ADDRESSES_MAX = 2_000;

/** Bounds how often a password may be tried. */
export class LoginLimiter {
  readonly #all: TokenBucket;
  readonly #addresses = new Map<string, TokenBucket>();
  readonly #now: (() => number) | undefined;

  /** @param now Milliseconds of a clock that never goes back. */
  constructor(now?: () => number) {
    this.#now = now;
    this.#all = this.#bucket(ALL);
  }

  /** Takes an attempt; otherwise how many seconds to wait for the next one. */
  waitSeconds(address: string): number {
    const own = this.#bucketOf(address);
    if (!own.take()) return Math.ceil(own.waitMs() / 1000);
    return this.#all.take() ? 0 : Math.ceil(this.#all.waitMs() / 1000);
  }

  /** Somebody who knows the password does not guess it: their attempts are forgotten. */
  forget(address: string): void {
    this.#addresses.delete(address);
  }

  #bucketOf(address: string): TokenBucket {
    const known = this.#addresses.get(address) ?? this.#bucket(PER_ADDRESS);
    this.#addresses.delete(address);
    this.#addresses.set(address, known);
    const [oldest] = this.#addresses.keys();
    if (this.#addresses.size > ADDRESSES_MAX && oldest !== undefined) this.#addresses.delete(oldest);
    return known;
  }

  #bucket(rate: Rate): TokenBucket {
    return new TokenBucket(rate, this.#now);
  }
}
