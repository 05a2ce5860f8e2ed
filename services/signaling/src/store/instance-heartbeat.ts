import { performance } from 'node:perf_hooks';
import { OutageLog, type Logger } from '@parley/common/logging';
import type { RedisConnection } from '@parley/common/redis';
import type { RoomCode } from '@parley/proto/ids';
import { ClockDifference } from './clock-difference.ts';
import { INBOX_TTL_MS, KEYS, ROOM_TTL_MS } from './redis-keys.ts';
import { BEAT, DEAD_INSTANCES, REFRESH_ROOM, runScript } from './redis-scripts.ts';

const BEATS_PER_LOSS = 4;
const REFRESH_INTERVAL_MS = 60_000;

type HeartbeatOptions = {
  redis: RedisConnection;
  instanceId: string;
  /** An instance without a heartbeat for this long is taken for dead. */
  instanceLostMs: number;
  logger: Logger;
  /** The clock of this machine, in milliseconds since the epoch. */
  clock: () => number;
  /** The rooms of this instance, which must not expire, and the id of the last event that it has handled. */
  inbox: { readonly codes: readonly RoomCode[]; readonly handled: string };
  /** Other instances took this one for dead, or the store lost its data or its inbox. Its rooms have to be compared with the store. */
  onTakenForDead: () => void;
};

/** Shows other instances that this one lives, and finds those that died. */
export class InstanceHeartbeat {
  readonly #options: HeartbeatOptions;
  readonly #beats: NodeJS.Timeout;
  readonly #refreshes: NodeJS.Timeout;
  readonly #beating: OutageLog;
  readonly #refreshing: OutageLog;
  readonly #difference = new ClockDifference();
  /** Since then every heartbeat succeeded in time (performance.now()). */
  #beatingSince: number | undefined;
  #beatenAt = -Infinity;
  /** Whether a heartbeat of this instance was ever stored. */
  #wasListed = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    const { logger } = options;
    this.#beating = new OutageLog({ message: 'heartbeat failed', logger });
    this.#refreshing = new OutageLog({ message: 'rooms not refreshed', logger });
    this.#beats = setInterval(() => void this.beat(), options.instanceLostMs / BEATS_PER_LOSS).unref();
    this.#refreshes = setInterval(() => void this.#refresh(), REFRESH_INTERVAL_MS).unref();
  }

  /** By how much the clock of Redis is ahead of that of this machine, as the last heartbeats found it. */
  get aheadMs(): number {
    return this.#difference.aheadMs;
  }

  close(): void {
    clearInterval(this.#beats);
    clearInterval(this.#refreshes);
  }

  /** Never rejects: the next heartbeat follows soon. */
  async beat(): Promise<void> {
    const { redis, instanceId, instanceLostMs, clock, inbox, onTakenForDead } = this.#options;
    if (!redis.ready) {
      this.#beatingSince = undefined;
      return;
    }
    try {
      const keys = [KEYS.instances, KEYS.held(instanceId), KEYS.inbox(instanceId)];
      const lives = { ttl: ROOM_TTL_MS, inboxTtl: INBOX_TTL_MS };
      const given = { instanceId, ...lives, handled: inbox.handled, lostMs: instanceLostMs };
      const sentAt = clock();
      const [time, taken, emptied] = (await runScript(redis, BEAT, keys, given)) as [number, 0 | 1, 0 | 1];
      const wasTakenForDead = taken === 1;
      this.#difference.exchanged(sentAt, time, clock());
      this.#beatenAt = performance.now();
      this.#beatingSince = wasTakenForDead ? this.#beatenAt : (this.#beatingSince ?? this.#beatenAt);
      if ((wasTakenForDead || emptied === 1) && this.#wasListed) onTakenForDead();
      this.#wasListed = true;
      this.#beating.worked();
    } catch (error) {
      this.#beatingSince = undefined;
      if (!redis.closed) this.#beating.failed(error);
    }
  }

  /**
   * Instances whose last heartbeat is too old. After Redis was away, or after this machine stood still, all of them look
   * dead. Therefore the list is empty until this instance itself has sent heartbeats for as long, the last one recently.
   */
  async dead(): Promise<string[]> {
    const { redis, instanceLostMs, instanceId } = this.#options;
    const now = performance.now();
    const hasBeaten = now - (this.#beatingSince ?? now) >= instanceLostMs;
    if (!hasBeaten || now - this.#beatenAt >= instanceLostMs) return [];
    const given = { lostMs: instanceLostMs };
    const dead = (await runScript(redis, DEAD_INSTANCES, [KEYS.instances], given)) as string[];
    return dead.filter((id) => id !== instanceId);
  }

  /** For an instance that holds no peer any more. If it lives after all, its next heartbeat lists it again. */
  async remove(instanceId: string): Promise<void> {
    await this.#options.redis.command('ZREM', KEYS.instances, instanceId);
  }

  async #refresh(): Promise<void> {
    const { redis, inbox } = this.#options;
    try {
      await Promise.all(
        inbox.codes.map((code) =>
          runScript(
            redis,
            REFRESH_ROOM,
            [KEYS.room(code), KEYS.peers(code), KEYS.rooms, KEYS.serving(code)],
            { code, ttl: ROOM_TTL_MS },
          ),
        ),
      );
      this.#refreshing.worked();
    } catch (error) {
      this.#refreshing.failed(error);
    }
  }
}
