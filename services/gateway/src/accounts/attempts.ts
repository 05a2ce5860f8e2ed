import { clientKey, RateLimiter } from '@parley/common/limits';
import { ParleyError } from '@parley/proto';

/** Attempts for one account from one network. People forget which of their passwords it was. */
const FROM_ONE_NETWORK = { burst: 10, perSecond: 1 / 60 };
/** For one account from everywhere. More than the other, so that a stranger does not easily keep the right person out. */
const FROM_EVERYWHERE = { burst: 100, perSecond: 1 / 20 };

/** Limits guesses at one account, from one address or from many. An address without an account is counted in the same way. */
export class Attempts {
  readonly #near: RateLimiter | undefined;
  readonly #far: RateLimiter | undefined;

  /** @param factor RATE_LIMIT_FACTOR; 0 for no limit. */
  constructor(factor: number, now?: () => number) {
    if (factor === 0) return;
    const options = now === undefined ? {} : { now };
    const limiter = ({ burst, perSecond }: { burst: number; perSecond: number }) =>
      new RateLimiter({ burst: burst * factor, perSecond: perSecond * factor }, options);
    this.#near = limiter(FROM_ONE_NETWORK);
    this.#far = limiter(FROM_EVERYWHERE);
  }

  /** Throws `rate_limited`. `what` keeps log-ins and mails apart. */
  take(what: 'log-in' | 'mail', email: string, address: string): void {
    const near = this.#near?.take(`${what} ${email} ${clientKey(address)}`) ?? 0;
    if (near > 0) throw new ParleyError('rate_limited', undefined, { retryAfterMs: near });
    const far = this.#far?.take(`${what} ${email}`) ?? 0;
    if (far > 0) throw new ParleyError('rate_limited', undefined, { retryAfterMs: far });
  }
}
