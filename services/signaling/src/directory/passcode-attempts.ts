import { KeyedQueue } from '@parley/common/async';
import type { SharedBuckets } from '@parley/common/limits';
import { ParleyError } from '@parley/proto/errors';
import type { RoomCode } from '@parley/proto/ids';

/** Somebody who mistypes needs a few attempts; a program that guesses gets 120 a day from each network. */
const PER_NETWORK = { burst: 5, perSecond: 1 / 720 };
/** For all networks together: somebody may have very many. */
const PER_ROOM = { burst: 100, perSecond: 1 / 30 };

/** Attempts of one room that run or wait. */
const WAITING_MAX = 50;

/**
 * Bounds how often somebody may try wrong passcodes, for each room and network, and for each room, on all instances together. Right ones
 * do not count, so that a whole office can come in at once.
 */
export class PasscodeAttempts {
  readonly #buckets: SharedBuckets;
  /**
   * One attempt at a time for each room, or many at once would all be looked at before the first one is counted. With several instances as
   * many more as there are instances may be looked at.
   */
  readonly #queue = new KeyedQueue();

  constructor(buckets: SharedBuckets) {
    this.#buckets = buckets;
  }

  /** Runs the check. Rejects with `rate_limited`, and does not run it, after too many wrong attempts. */
  try(code: RoomCode, network: string, isRight: () => Promise<boolean>): Promise<boolean> {
    if (this.#queue.tasks(code) >= WAITING_MAX) return Promise.reject(new ParleyError('rate_limited'));
    return this.#queue.run(code, async () => {
      const buckets = [
        { key: `passcode:${code}:${network}`, rate: PER_NETWORK },
        { key: `passcode:${code}`, rate: PER_ROOM },
      ];
      const retryAfterMs = await this.#buckets.waitMs(buckets);
      if (retryAfterMs > 0) throw new ParleyError('rate_limited', undefined, { retryAfterMs });
      const right = await isRight();
      if (!right) await this.#buckets.take(buckets);
      return right;
    });
  }
}
