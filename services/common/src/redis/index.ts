export {
  createRedis,
  RedisConnection,
  type RedisArgument,
  type RedisOptions,
  type RedisScript,
} from './redis.ts';
export { RedisBuckets } from './redis-buckets.ts';
export { mapRedisError } from './redis-errors.ts';
