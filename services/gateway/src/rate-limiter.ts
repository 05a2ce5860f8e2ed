import { TokenBucket } from '@parley/common';

export type Rate = { readonly burst: number; readonly perSecond: number };

const CLIENTS_MAX = 10_000;

/** Limits each client on its own, in bounded memory: the clients seen longest ago are forgotten first. */
export class RateLimiter {
  readonly #rate: Rate;
  readonly #clientsMax: number;
  /** In the order of their last request. */
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(rate: Rate, clientsMax = CLIENTS_MAX) {
    this.#rate = rate;
    this.#clientsMax = clientsMax;
  }

  get size(): number {
    return this.#buckets.size;
  }

  /** 0 when the request may pass, otherwise the milliseconds after which one may. */
  take(client: string): number {
    const bucket =
      this.#buckets.get(client) ??
      new TokenBucket({ capacity: this.#rate.burst, refillPerSecond: this.#rate.perSecond });
    this.#buckets.delete(client);
    this.#buckets.set(client, bucket);
    if (this.#buckets.size > this.#clientsMax) this.#forgetOldest();
    return bucket.take() ? 0 : Math.max(1, bucket.waitMs());
  }

  #forgetOldest(): void {
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}
