import { KeyedQueue } from '@parley/common/async';
import { RateLimiter } from '@parley/common/limits';
import { ParleyError, type RoomCode } from '@parley/proto';

/** Somebody who mistypes needs a few attempts; a program that guesses gets 120 a day from each network. */
const PER_NETWORK = { burst: 5, perSecond: 1 / 720 };
/** For all networks together: somebody may have very many. */
const PER_ROOM = { burst: 100, perSecond: 1 / 30 };

/** Attempts of one room that run or wait. */
const WAITING_MAX = 50;

/**
 * Bounds how often somebody may try wrong passcodes, for each room and network, and for each room. Right ones do not count, so
 * that a whole office can come in at once.
 */
export class PasscodeAttempts {
  readonly #perNetwork: RateLimiter;
  readonly #perRoom: RateLimiter;
  /** One attempt at a time for each room, or many at once would all be looked at before the first one is counted. */
  readonly #queue = new KeyedQueue();

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(now?: () => number) {
    const options = now === undefined ? {} : { now };
    this.#perNetwork = new RateLimiter(PER_NETWORK, options);
    this.#perRoom = new RateLimiter(PER_ROOM, options);
  }

  /** Runs the check. Rejects with `rate_limited`, and does not run it, after too many wrong attempts. */
  try(code: RoomCode, network: string, isRight: () => Promise<boolean>): Promise<boolean> {
    if (this.#queue.tasks(code) >= WAITING_MAX) return Promise.reject(new ParleyError('rate_limited'));
    return this.#queue.run(code, async () => {
      const client = `${code} ${network}`;
      const retryAfterMs = Math.max(this.#perNetwork.waitMs(client), this.#perRoom.waitMs(code));
      if (retryAfterMs > 0) throw new ParleyError('rate_limited', undefined, { retryAfterMs });
      const right = await isRight();
      if (right) return true;
      this.#perNetwork.take(client);
      this.#perRoom.take(code);
      return false;
    });
  }
}
