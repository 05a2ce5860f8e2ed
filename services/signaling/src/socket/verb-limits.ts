import { TokenBucket } from '@parley/common/limits';
import { REQUESTS, type RequestName } from '@parley/proto';

/** Of all events together, known or not; no client of ours comes near. */
const FLOOD = { burst: 400, perSecond: 200 };

/** How often one socket may ask for what. */
export class VerbLimits {
  readonly #all = new TokenBucket(FLOOD);
  readonly #buckets = new Map<RequestName, TokenBucket>();

  /** False when the socket sends more than anybody in good faith would. */
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
