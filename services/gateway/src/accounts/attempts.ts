import { clientKey, type NamedBucket, type SharedBuckets } from '@parley/common/limits';
import { ParleyError } from '@parley/proto/errors';

/** Attempts for one account from one network. People forget which of their passwords it was. */
const FROM_ONE_NETWORK = { burst: 10, perSecond: 1 / 60 };
/** Attempts for one account from everywhere: more than from one network, so that a stranger does not easily keep the right person out. */
const FROM_EVERYWHERE = { burst: 100, perSecond: 1 / 20 };

/** Limits guesses at one account, from one address or from many. An address without an account is counted in the same way. */
export class Attempts {
  readonly #factor: number;
  readonly #buckets: SharedBuckets;

  /** @param factor RATE_LIMIT_FACTOR; 0 for no limit. */
  constructor(factor: number, buckets: SharedBuckets) {
    this.#factor = factor;
    this.#buckets = buckets;
  }

  /** Rejects with `rate_limited`. `what` keeps log-ins and mails apart. */
  async take(what: 'log-in' | 'mail', email: string, address: string): Promise<void> {
    if (this.#factor === 0) return;
    const retryAfterMs = await this.#buckets.take([
      this.#bucket(`${what} ${email} ${clientKey(address)}`, FROM_ONE_NETWORK),
      this.#bucket(`${what} ${email}`, FROM_EVERYWHERE),
    ]);
    if (retryAfterMs > 0) throw new ParleyError('rate_limited', undefined, { retryAfterMs });
  }

  #bucket(key: string, { burst, perSecond }: NamedBucket['rate']): NamedBucket {
    return { key, rate: { burst: Math.max(1, burst * this.#factor), perSecond: perSecond * this.#factor } };
  }
}
