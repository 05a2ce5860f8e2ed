import { performance } from 'node:perf_hooks';
import type { Logger } from '@parley/common/logging';
import type { RedisConnection } from '@parley/common/redis';
import type { RoomCode } from '@parley/proto';
import { KEYS, ROOM_TTL_MS } from './redis-keys.ts';
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
  /** The rooms of this instance, which must not expire. */
  rooms: () => readonly RoomCode[];
  /** Other instances took this one for dead, or the store lost its data. Its rooms have to be compared with the store. */
  onTakenForDead: () => void;
};

/** Shows other instances that this one lives, and finds those that died. */
export class InstanceHeartbeat {
  readonly #options: HeartbeatOptions;
  readonly #beats: NodeJS.Timeout;
  readonly #refreshes: NodeJS.Timeout;
  /** Since then every heartbeat succeeded in time (performance.now()). */
  #beatingSince: number | undefined;
  #beatenAt = -Infinity;
  #aheadMs = 0;
  /** Whether a heartbeat of this instance was ever stored. */
  #wasListed = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#beats = setInterval(() => void this.beat(), options.instanceLostMs / BEATS_PER_LOSS).unref();
    this.#refreshes = setInterval(() => void this.#refresh(), REFRESH_INTERVAL_MS).unref();
  }

  /** By how much the clock of Redis was ahead of that of this machine at the last heartbeat. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  close(): void {
    clearInterval(this.#beats);
    clearInterval(this.#refreshes);
  }

  /** Never rejects: the next heartbeat follows soon. */
  async beat(): Promise<void> {
    const { redis, instanceId, instanceLostMs, logger, onTakenForDead } = this.#options;
    if (!redis.ready) {
      this.#beatingSince = undefined;
      return;
    }
    try {
      const keys = [KEYS.instances, KEYS.held(instanceId)];
      const given = { instanceId, ttl: ROOM_TTL_MS, lostMs: instanceLostMs };
      const [time, taken] = (await runScript(redis, BEAT, keys, given)) as [number, 0 | 1];
      const wasTakenForDead = taken === 1;
      this.#aheadMs = time - this.#options.clock();
      this.#beatenAt = performance.now();
      this.#beatingSince = wasTakenForDead ? this.#beatenAt : (this.#beatingSince ?? this.#beatenAt);
      if (wasTakenForDead && this.#wasListed) onTakenForDead();
      this.#wasListed = true;
    } catch (error) {
      this.#beatingSince = undefined;
      if (!redis.closed) logger.warn({ err: error }, 'heartbeat failed');
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
    const { redis, rooms, logger } = this.#options;
    try {
      await Promise.all(
        rooms().map((code) =>
          runScript(redis, REFRESH_ROOM, [KEYS.room(code), KEYS.peers(code), KEYS.rooms], {
            code,
            ttl: ROOM_TTL_MS,
          }),
        ),
      );
    } catch (error) {
      logger.warn({ err: error }, 'rooms not refreshed');
    }
  }
}
