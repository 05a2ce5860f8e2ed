import { TokenBucket } from '@parley/common/limits';
import { ParleyError } from '@parley/proto/errors';
import type { RoomUse } from '@parley/proto/requests';
import type { Limits } from './settings.ts';

/** Seconds of the rate that a room may use at once. A whole room may join, clap or raise hands in the same moment. */
const BURST_S: Readonly<Record<RoomUse, number>> = {
  chat: 2,
  join: 5,
  profile: 5,
  reaction: 5,
  typing: 2,
};

type RoomRates = Pick<Limits, 'roomEventsPerSecond' | 'roomChatBytesPerMinute'>;

/** What all people of one room together may still send to each other. */
export class RoomLimits {
  readonly #buckets: Readonly<Record<RoomUse, TokenBucket>>;
  readonly #chatBytes: TokenBucket;

  constructor({ roomEventsPerSecond: perSecond, roomChatBytesPerMinute: bytes }: RoomRates) {
    const bucket = (use: RoomUse) => new TokenBucket({ burst: perSecond * BURST_S[use], perSecond });
    this.#buckets = {
      chat: bucket('chat'),
      join: bucket('join'),
      profile: bucket('profile'),
      reaction: bucket('reaction'),
      typing: bucket('typing'),
    };
    this.#chatBytes = new TokenBucket({ burst: bytes, perSecond: bytes / 60 });
  }

  get full(): boolean {
    return [this.#chatBytes, ...Object.values(this.#buckets)].every(({ full }) => full);
  }

  /** Throws `room_busy`. `bytes`: of the text of a chat message. */
  take(use: RoomUse, bytes = 0): void {
    const bucket = this.#buckets[use];
    const waitMs = Math.max(bucket.waitMs(), this.#chatBytes.waitMs(bytes));
    if (waitMs > 0) throw new ParleyError('room_busy', undefined, { retryAfterMs: waitMs });
    bucket.take();
    this.#chatBytes.take(bytes);
  }

  /** Somebody on another instance has used it, which counts here as well. */
  charge(use: RoomUse, bytes = 0): void {
    this.#buckets[use].charge();
    this.#chatBytes.charge(bytes);
  }
}
