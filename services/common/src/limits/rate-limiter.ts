import { TokenBucket, type Rate } from './token-bucket.ts';

const CLIENTS_MAX = 10_000;

type RateLimiterOptions = {
  /** For all clients together; none where absent. */
  total?: Rate | undefined;
  clientsMax?: number;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
};

/** Limits each client on its own. Of more than `clientsMax` clients, those seen longest ago are forgotten. */
export class RateLimiter {
  readonly #perClient: Rate;
  readonly #options: RateLimiterOptions;
  readonly #total: TokenBucket | undefined;
  /** In the order of their last request. */
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(perClient: Rate, options: RateLimiterOptions = {}) {
    this.#perClient = perClient;
    this.#options = options;
    this.#total = options.total && new TokenBucket(options.total, options.now);
  }

  /** How many clients are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Takes one request. Returns 0 when the request may pass, otherwise the milliseconds after which one may. `client` is
   * what counts as one client, see `clientKey`.
   */
  take(client: string): number {
    const bucket = this.#buckets.get(client) ?? new TokenBucket(this.#perClient, this.#options.now);
    this.#buckets.delete(client);
    this.#buckets.set(client, bucket);
    if (this.#buckets.size > (this.#options.clientsMax ?? CLIENTS_MAX)) this.#forgetOldest();
    return takeFrom(bucket) || (this.#total === undefined ? 0 : takeFrom(this.#total));
  }

  /** The client may use its whole burst again. */
  forget(client: string): void {
    this.#buckets.delete(client);
  }

  #forgetOldest(): void {
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}

function takeFrom(bucket: TokenBucket): number {
  return bucket.take() ? 0 : Math.max(1, bucket.waitMs());
}
