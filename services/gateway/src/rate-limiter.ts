import { TokenBucket } from '@parley/common/limits';

export type Rate = { readonly burst: number; readonly perSecond: number };

const CLIENTS_MAX = 10_000;

type RateLimiterOptions = {
  /** For all clients together; none where absent. */
  total?: Rate | undefined;
  clientsMax?: number;
};

/** Limits each client on its own, in bounded memory: the clients seen longest ago are forgotten first. */
export class RateLimiter {
  readonly #rate: Rate;
  readonly #clientsMax: number;
  readonly #total: TokenBucket | undefined;
  /** In the order of their last request. */
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(rate: Rate, options: RateLimiterOptions = {}) {
    this.#rate = rate;
    this.#clientsMax = options.clientsMax ?? CLIENTS_MAX;
    this.#total = options.total === undefined ? undefined : newBucket(options.total);
  }

  get size(): number {
    return this.#buckets.size;
  }

  /** 0 when the request may pass, otherwise the milliseconds after which one may. */
  take(client: string): number {
    const bucket = this.#buckets.get(client) ?? newBucket(this.#rate);
    this.#buckets.delete(client);
    this.#buckets.set(client, bucket);
    if (this.#buckets.size > this.#clientsMax) this.#forgetOldest();
    return takeFrom(bucket) || (this.#total === undefined ? 0 : takeFrom(this.#total));
  }

  #forgetOldest(): void {
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}

function newBucket(rate: Rate): TokenBucket {
  return new TokenBucket({ capacity: rate.burst, refillPerSecond: rate.perSecond });
}

function takeFrom(bucket: TokenBucket): number {
  return bucket.take() ? 0 : Math.max(1, bucket.waitMs());
}
