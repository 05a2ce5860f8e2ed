import { z } from 'zod';
import type { NamedBucket, SharedBuckets } from '../limits/shared-buckets.ts';
import type { RedisConnection, RedisScript } from './redis.ts';

/** One hash for each bucket, `tokens` and `at` (milliseconds by the clock of Redis), which expires when the bucket is full again. */
const LUA = `
local given = cjson.decode(ARGV[1])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local wait = 0
local tokens = {}
for at, key in ipairs(KEYS) do
  local rate = given.rates[at]
  local stored = redis.call('HMGET', key, 'tokens', 'at')
  tokens[at] = rate.burst
  if stored[1] then
    local passed = math.max(0, now - tonumber(stored[2]))
    tokens[at] = math.min(rate.burst, tonumber(stored[1]) + passed * rate.perSecond / 1000)
  end
  if tokens[at] < 1 then wait = math.max(wait, (1 - tokens[at]) * 1000 / rate.perSecond) end
end
if wait > 0 then return math.max(1, math.ceil(wait)) end
if given.take then
  for at, key in ipairs(KEYS) do
    local rate = given.rates[at]
    redis.call('HSET', key, 'tokens', string.format('%.17g', tokens[at] - 1), 'at', string.format('%.0f', now))
    redis.call('PEXPIRE', key, math.ceil(rate.burst * 1000 / rate.perSecond))
  end
end
return 0
`;

const waitSchema = z.int().min(0);

/** Buckets in Redis. */
export class RedisBuckets implements SharedBuckets {
  readonly #redis: RedisConnection;
  readonly #prefix: string;

  /** `prefix`: of the keys. */
  constructor(redis: RedisConnection, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  take(buckets: readonly NamedBucket[]): Promise<number> {
    return this.#ask(buckets, true);
  }

  waitMs(buckets: readonly NamedBucket[]): Promise<number> {
    return this.#ask(buckets, false);
  }

  async #ask(buckets: readonly NamedBucket[], take: boolean): Promise<number> {
    if (buckets.length === 0) return 0;
    const keys = buckets.map(({ key }) => this.#prefix + key);
    const given = JSON.stringify({ take, rates: buckets.map(({ rate }) => rate) });
    return waitSchema.parse(await this.#redis.script(scriptFor(keys.length), keys, [given]));
  }
}

/** A script has a fixed number of keys. */
function scriptFor(keys: number): RedisScript {
  return { name: `parleyTakeBuckets${keys}`, lua: LUA, keys };
}
