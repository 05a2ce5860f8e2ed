import type { RedisConnection } from '@parley/common/redis';
import { ParleyError } from '@parley/proto/errors';
import type { RoomCode } from '@parley/proto/ids';
import { KEYS, ROOM_TTL_MS } from './redis-keys.ts';
import { CHANGE_WAITING, runScript } from './redis-scripts.ts';
import { storedEvent, storedWaiting } from './stored-values.ts';
import {
  NOBODY_WAITS,
  withEntries,
  type ChangedWaiting,
  type Waiting,
  type WaitingChange,
  type WaitingList,
} from './waiting-list.ts';

/** Each conflict means that somebody else's change succeeded. */
const ATTEMPTS_MAX = 100;
const LISTED_MAX = 200;
/** An empty list keeps its version for a while: one that begins in the same millisecond, or by a slower clock, must not begin below it. */
const EMPTY_TTL_MS = 60_000;

type RedisWaitingListOptions = {
  redis: RedisConnection;
  now: () => number;
  /** Measures the operation, and rejects once the store is closed. */
  run: <T>(operation: 'readWaiting' | 'changeWaiting' | 'listWaiting', work: () => Promise<T>) => Promise<T>;
  onConflict: () => void;
};

/** The waiting lists that signaling instances share: one text for each room, which a script compares and sets. */
export class RedisWaitingList implements WaitingList {
  readonly #options: RedisWaitingListOptions;

  constructor(options: RedisWaitingListOptions) {
    this.#options = options;
  }

  read(code: RoomCode): Promise<Waiting> {
    return this.#options.run('readWaiting', async () => (await this.#read(code)).waiting);
  }

  change(code: RoomCode, change: WaitingChange): Promise<ChangedWaiting> {
    return this.#options.run('changeWaiting', async () => {
      for (let attempts = 0; attempts < ATTEMPTS_MAX; attempts += 1) {
        const { text, waiting: before } = await this.#read(code);
        const entries = change(before.entries);
        if (entries === before.entries) return { before, after: before };
        const after = withEntries(before, entries, this.#options.now());
        if (await this.#replace(code, text, after)) return { before, after };
        this.#options.onConflict();
      }
      throw new ParleyError('unavailable');
    });
  }

  /** At most 200 at once. The next call finds the others. */
  listExpired(now: number): Promise<RoomCode[]> {
    return this.#options.run('listWaiting', async () => {
      const limits = ['BYSCORE', 'LIMIT', 0, LISTED_MAX];
      return (await this.#options.redis.command(
        'ZRANGE',
        KEYS.waitingRooms,
        '-inf',
        now,
        ...limits,
      )) as RoomCode[];
    });
  }

  async #read(code: RoomCode): Promise<{ text: string; waiting: Waiting }> {
    const text = (await this.#options.redis.command('GET', KEYS.waiting(code))) as string | null;
    return text === null ? { text: '', waiting: NOBODY_WAITS } : { text, waiting: storedWaiting.parse(text) };
  }

  /** Resolves with false if somebody else has changed the list meanwhile. */
  async #replace(code: RoomCode, before: string, after: Waiting): Promise<boolean> {
    const reply = await runScript(
      this.#options.redis,
      CHANGE_WAITING,
      [KEYS.waiting(code), KEYS.waitingRooms],
      {
        code,
        before,
        after: storedWaiting.write(after),
        isEmpty: after.entries.length === 0 ? 1 : 0,
        score: Math.min(...after.entries.map(({ expiresAt }) => expiresAt), Number.MAX_SAFE_INTEGER),
        event: storedEvent.write({ type: 'waiting-changed', waiting: after }),
        ttl: after.entries.length === 0 ? EMPTY_TTL_MS : ROOM_TTL_MS,
        roomsTtl: ROOM_TTL_MS,
      },
    );
    return reply === 1;
  }
}
