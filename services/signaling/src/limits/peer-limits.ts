import { TokenBucket } from '@parley/common/limits';
import { BATCHED_RATE, REQUESTS, roomUseOf, type RequestName } from '@parley/proto/requests';

/** For all events together, known or not. Our client stays far below. */
const FLOOD = { burst: 400, perSecond: 200 };
/** A peer that comes from another instance starts with its whole burst once in this time, and with a part of it before. */
const MOVE_REST_MS = 60_000;
/**
 * Of a verb that nobody else in the room hears of, so many remain in any case: a client that just came must open its
 * media. How often a peer may come is limited by `room:resume` itself.
 */
const LEAST_AFTER_MOVE = 5;
/** Enough for the largest page. */
const LEAST_BATCHED_AFTER_MOVE = 200;

/**
 * What one peer may still send on this instance, over all its sockets: a token bucket for each verb, and one for all
 * events.
 */
export class PeerLimits {
  readonly #all = new TokenBucket(FLOOD);
  readonly #batched = new TokenBucket(BATCHED_RATE);
  readonly #buckets = new Map<RequestName, TokenBucket>();

  get full(): boolean {
    return [this.#all, this.#batched, ...this.#buckets.values()].every(({ full }) => full);
  }

  /** False if the peer floods. */
  takeAny(): boolean {
    return this.#all.take();
  }

  /** 0 if the request may run, otherwise the milliseconds after which it may. */
  take(verb: RequestName): number {
    const bucket = this.#of(verb);
    return bucket.take() ? 0 : bucket.waitMs();
  }

  /** The same for the producers and consumers that a request names in its batch. */
  takeBatch(size: number): number {
    return this.#batched.take(size) ? 0 : this.#batched.waitMs(size);
  }

  /** The peer comes from another instance, which has its own account of what the peer has used. See `shareAfterMove`. */
  startWith(share: number): void {
    if (share >= 1) return;
    this.#batched.lowerTo(Math.max(LEAST_BATCHED_AFTER_MOVE, BATCHED_RATE.burst * share));
    for (const verb of Object.keys(REQUESTS) as RequestName[]) {
      const least = roomUseOf(verb) === null ? LEAST_AFTER_MOVE : 0;
      this.#of(verb).lowerTo(Math.max(least, REQUESTS[verb].rate.burst * share));
    }
  }

  #of(verb: RequestName): TokenBucket {
    const known = this.#buckets.get(verb);
    if (known !== undefined) return known;
    const made = new TokenBucket(REQUESTS[verb].rate);
    this.#buckets.set(verb, made);
    return made;
  }
}

/**
 * The share of its bursts with which a peer starts on another instance, so that whoever goes from instance to instance
 * gets one more burst a minute at most. `movedAt`: when it did so last, in milliseconds since the epoch; null for never.
 */
export function shareAfterMove(movedAt: number | null, now: number): number {
  if (movedAt === null) return 1;
  return Math.min(1, Math.max(0, now - movedAt) / MOVE_REST_MS);
}
