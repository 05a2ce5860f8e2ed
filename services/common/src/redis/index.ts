export {
  createRedis,
  RedisConnection,
  type RedisArgument,
  type RedisOptions,
  type RedisScript,
} from './redis.ts';
export { mapRedisError } from './redis-errors.ts';
