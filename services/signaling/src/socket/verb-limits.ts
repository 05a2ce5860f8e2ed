import { TokenBucket } from '@parley/common/limits';
import { REQUESTS, type RequestName } from '@parley/proto';

/** For all events together, known or not. Our client stays far below. */
const FLOOD = { burst: 400, perSecond: 200 };

/** The token buckets of one socket: one for each verb, and one for all events. */
export class VerbLimits {
  readonly #all = new TokenBucket(FLOOD);
  readonly #buckets = new Map<RequestName, TokenBucket>();

  /** False if the socket floods. */
  takeAny(): boolean {
    return this.#all.take();
  }

  take(verb: RequestName): boolean {
    let bucket = this.#buckets.get(verb);
    if (bucket === undefined) {
      bucket = new TokenBucket(REQUESTS[verb].rate);
      this.#buckets.set(verb, bucket);
    }
    return bucket.take();
  }
}
