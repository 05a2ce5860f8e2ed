import { performance } from 'node:perf_hooks';
import type { Logger } from '@parley/common/logging';
import type { RedisConnection } from '@parley/common/redis';
import type { RoomCode } from '@parley/proto';
import { KEYS, ROOM_TTL_MS } from './redis-keys.ts';
import { BEAT, DEAD_INSTANCES, REFRESH_ROOM } from './redis-scripts.ts';

const BEATS_PER_LOSS = 4;
const REFRESH_INTERVAL_MS = 60_000;

type HeartbeatOptions = {
  redis: RedisConnection;
  instanceId: string;
  /** An instance that is silent for so long is taken for dead. */
  instanceLostMs: number;
  logger: Logger;
  /** The rooms of this instance, which must not expire. */
  rooms: () => readonly RoomCode[];
  /** Others took this instance for dead, or the store has lost its data: what it holds must be looked at. */
  onForgotten: () => void;
};

/** Tells the others that this instance lives, and which of them do not. */
export class InstanceHeartbeat {
  readonly #options: HeartbeatOptions;
  readonly #beats: NodeJS.Timeout;
  readonly #refreshes: NodeJS.Timeout;
  /** Since when every beat succeeded in time, by performance.now(). */
  #beatingSince: number | undefined;
  #beatenAt = -Infinity;
  #known = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#beats = setInterval(() => void this.beat(), options.instanceLostMs / BEATS_PER_LOSS).unref();
    this.#refreshes = setInterval(() => void this.#refresh(), REFRESH_INTERVAL_MS).unref();
  }

  close(): void {
    clearInterval(this.#beats);
    clearInterval(this.#refreshes);
  }

  /** Never rejects: the next one comes soon. */
  async beat(): Promise<void> {
    const { redis, instanceId, instanceLostMs, logger, onForgotten } = this.#options;
    if (!redis.ready) {
      this.#beatingSince = undefined;
      return;
    }
    try {
      const keys = [KEYS.instances, KEYS.held(instanceId)];
      const isForgotten = (await redis.script(BEAT, keys, [instanceId, ROOM_TTL_MS, instanceLostMs])) === 1;
      this.#beatenAt = performance.now();
      this.#beatingSince = isForgotten ? this.#beatenAt : (this.#beatingSince ?? this.#beatenAt);
      if (isForgotten && this.#known) onForgotten();
      this.#known = true;
    } catch (error) {
      this.#beatingSince = undefined;
      if (!redis.closed) logger.warn({ err: error }, 'heartbeat failed');
    }
  }

  /**
   * Instances that are silent for too long. After Redis was away, or this machine stood still, everybody seems to be, so
   * this one must have been heard for as long itself, and lately.
   */
  async dead(): Promise<string[]> {
    const { redis, instanceLostMs, instanceId } = this.#options;
    const now = performance.now();
    const hasBeaten = now - (this.#beatingSince ?? now) >= instanceLostMs;
    if (!hasBeaten || now - this.#beatenAt >= instanceLostMs) return [];
    const dead = (await redis.script(DEAD_INSTANCES, [KEYS.instances], [instanceLostMs])) as string[];
    return dead.filter((id) => id !== instanceId);
  }

  /** The instance holds nobody any more. Should it live after all, its next beat makes it known again. */
  async bury(instanceId: string): Promise<void> {
    await this.#options.redis.command('ZREM', KEYS.instances, instanceId);
  }

  async #refresh(): Promise<void> {
    const { redis, rooms, logger } = this.#options;
    try {
      await Promise.all(
        rooms().map((code) =>
          redis.script(REFRESH_ROOM, [KEYS.room(code), KEYS.peers(code), KEYS.rooms], [code, ROOM_TTL_MS]),
        ),
      );
    } catch (error) {
      logger.warn({ err: error }, 'rooms not refreshed');
    }
  }
}
