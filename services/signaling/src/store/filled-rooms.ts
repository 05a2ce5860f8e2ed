import type { RedisConnection } from '@parley/common/redis';
import type { RoomCode } from '@parley/proto/ids';
import { KEYS } from './redis-keys.ts';

/** Rooms that expired are still listed in Redis. */
export async function filledRooms(redis: RedisConnection): Promise<{ code: RoomCode; peers: number }[]> {
  const codes = (await redis.command('ZRANGE', KEYS.rooms, 0, -1)) as RoomCode[];
  const counts = await Promise.all(codes.map((code) => redis.command('HLEN', KEYS.peers(code))));
  const filled = codes.map((code, index) => ({ code, peers: counts[index] as number }));
  return filled.filter(({ peers }) => peers > 0);
}
