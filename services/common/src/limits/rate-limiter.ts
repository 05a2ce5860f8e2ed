import { clientNetworks } from './client-address.ts';
import { TokenBucket, type Rate } from './token-bucket.ts';

const NETWORKS_MAX = 10_000;
/** How many of the oldest networks are looked at to make room for a new one. */
const LOOKED_AT = 8;
/** Buckets that networks share for which there is no room, for each size of a network. */
const SHARED_BUCKETS = 256;

type RateLimiterOptions = {
  /** The rate for all clients together. If it is absent, only the rate of each client counts. */
  total?: Rate | undefined;
  /** How many networks are remembered at most. */
  networksMax?: number;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
};

/**
 * Limits each client on its own, and with IPv6 also the networks around it, see `clientNetworks`.
 *
 * Only a network that has its whole burst again is forgotten, because a new one behaves the same. If none can be
 * forgotten, new networks share a fixed number of buckets: whoever comes from very many addresses gains nothing by
 * pushing others out, and the memory has a bound all the same.
 */
export class RateLimiter {
  readonly #perClient: Rate;
  readonly #options: RateLimiterOptions;
  readonly #total: TokenBucket | undefined;
  /** The buckets in the order in which their clients were last let through or looked at. */
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #shared = new Map<string, TokenBucket>();

  constructor(perClient: Rate, options: RateLimiterOptions = {}) {
    this.#perClient = perClient;
    this.#options = options;
    this.#total = options.total && new TokenBucket(options.total, options.now);
  }

  /** How many networks are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** What `take` would return now; takes nothing. */
  waitMs(client: string, count = 1): number {
    const buckets = clientNetworks(client).map(({ key, share }) => this.#find(key, share));
    if (this.#total !== undefined) buckets.push(this.#total);
    return Math.max(0, ...buckets.map((bucket) => bucket.waitMs(count)));
  }

  /**
   * Takes `count` requests, or none. Returns 0 when they may pass, otherwise the milliseconds after which they may.
   * `client` is an address, or any other name of what counts as one client.
   */
  take(client: string, count = 1): number {
    const found = clientNetworks(client).map(({ key, share }) => ({ key, bucket: this.#find(key, share) }));
    const buckets = found.map(({ bucket }) => bucket);
    if (this.#total !== undefined) buckets.push(this.#total);
    const waitMs = Math.max(...buckets.map((bucket) => bucket.waitMs(count)));
    if (waitMs > 0) return Math.max(1, waitMs);
    for (const bucket of buckets) bucket.take(count);
    for (const { key, bucket } of found) this.#remember(key, bucket);
    return 0;
  }

  /** The client may use its whole burst again. The networks around it stay as they are. */
  forget(client: string): void {
    const [own] = clientNetworks(client);
    if (own !== undefined) this.#buckets.delete(own.key);
  }

  #find(key: string, share: number): TokenBucket {
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    const hasRoom = this.#buckets.size < this.#networksMax || this.#forgetOne();
    if (hasRoom) return this.#newBucket(share);
    const name = `${share} ${hash(key) % SHARED_BUCKETS}`;
    const shared = this.#shared.get(name) ?? this.#newBucket(share);
    this.#shared.set(name, shared);
    return shared;
  }

  #remember(key: string, bucket: TokenBucket): void {
    // A client with IPv6 brings several networks, and there may be room for some of them only. The wider ones come last.
    const isKnown = this.#buckets.delete(key);
    if (isKnown || this.#buckets.size < this.#networksMax || this.#forgetOne())
      this.#buckets.set(key, bucket);
  }

  /** Makes room for one network. Returns false if each of those that were looked at has used something of its burst. */
  #forgetOne(): boolean {
    let looks = 0;
    for (const [key, bucket] of this.#buckets) {
      if (looks === LOOKED_AT) break;
      looks += 1;
      this.#buckets.delete(key);
      if (bucket.full) return true;
      // Look at others the next time.
      this.#buckets.set(key, bucket);
    }
    return false;
  }

  #newBucket(share: number): TokenBucket {
    const { burst, perSecond } = this.#perClient;
    return new TokenBucket({ burst: burst * share, perSecond: perSecond * share }, this.#options.now);
  }

  get #networksMax(): number {
    return this.#options.networksMax ?? NETWORKS_MAX;
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
