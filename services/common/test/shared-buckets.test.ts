import { describe, expect, test } from '@jest/globals';
import { ParleyError } from '@parley/proto/errors';
import { BackedBuckets, MemoryBuckets, type SharedBuckets } from '../src/limits/index.ts';
import { createPool, PostgresBuckets } from '../src/postgres/index.ts';
import { createRedis, RedisBuckets } from '../src/redis/index.ts';
import { captureLogger, silentLogger, startPostgres, startRedis } from '../src/testing/index.ts';
import { describeSharedBuckets } from './support/shared-buckets-contract.ts';

const TABLE = `CREATE TABLE attempts (key text PRIMARY KEY, tokens double precision NOT NULL, burst double precision NOT NULL,
  per_second double precision NOT NULL, refilled_at timestamptz NOT NULL)`;

describeSharedBuckets('the memory of one process', async () => {
  const one = new MemoryBuckets();
  return { one, two: one, close: async () => undefined };
});

describeSharedBuckets('Redis', async () => {
  const server = await startRedis();
  const connections = ['one', 'two'].map((name) =>
    createRedis({ url: server.url, name, logger: silentLogger }),
  );
  for (const redis of connections) await redis.whenReady(5_000);
  const [one, two] = connections.map((redis) => new RedisBuckets(redis, 'test:')) as [
    RedisBuckets,
    RedisBuckets,
  ];
  const close = async (): Promise<void> => {
    for (const redis of connections) redis.close();
    await server.stop();
  };
  return { one, two, close };
});

describeSharedBuckets('PostgreSQL', async () => {
  const server = await startPostgres();
  const pools = [1, 2].map(() => createPool({ databaseUrl: server.databaseUrl, logger: silentLogger }));
  await pools[0]?.query(TABLE);
  const [one, two] = pools.map((pool) => new PostgresBuckets(pool, 'attempts')) as [
    PostgresBuckets,
    PostgresBuckets,
  ];
  const close = async (): Promise<void> => {
    for (const pool of pools) await pool.close();
    await server.stop();
  };
  return { one, two, close };
});

describe('buckets in PostgreSQL', () => {
  test('are stored without the names that they are for, and go when they are full again', async () => {
    const server = await startPostgres();
    const pool = createPool({ databaseUrl: server.databaseUrl, logger: silentLogger });
    await pool.query(TABLE);
    const buckets = new PostgresBuckets(pool, 'attempts');
    await buckets.take([{ key: 'ada@example.com', rate: { burst: 1, perSecond: 1 / 720 } }]);
    await buckets.take([{ key: 'bob@example.com', rate: { burst: 1, perSecond: 1_000_000 } }]);
    expect(JSON.stringify((await pool.query('SELECT * FROM attempts')).rows)).not.toContain('example.com');
    await buckets.deleteFull();
    expect((await pool.query('SELECT * FROM attempts')).rows.length).toBe(1);
    await pool.close();
    await server.stop();
  });
});

describe('buckets that one instance backs', () => {
  const bucket = [{ key: 'a', rate: { burst: 2, perSecond: 1 / 720 } }];

  test('hold while what is shared cannot be reached, and remember what was taken before', async () => {
    const shared = new MemoryBuckets();
    let isAway = false;
    const fallible = <N extends keyof SharedBuckets>(method: N): SharedBuckets[N] => {
      return async (given) => {
        if (isAway) throw new ParleyError('unavailable');
        return shared[method](given);
      };
    };
    const log = captureLogger();
    const buckets = new BackedBuckets({ take: fallible('take'), waitMs: fallible('waitMs') }, log.logger);
    expect(await buckets.take(bucket)).toBe(0);
    isAway = true;
    expect(await buckets.waitMs(bucket)).toBe(0);
    expect(await buckets.take(bucket)).toBe(0);
    expect(await buckets.take(bucket)).toBeGreaterThan(0);
    expect(await buckets.waitMs(bucket)).toBeGreaterThan(0);
    expect(log.text()).toContain('limit counted by this instance alone');
  });

  test('obey what others took', async () => {
    const shared = new MemoryBuckets();
    const [one, two] = [new BackedBuckets(shared, silentLogger), new BackedBuckets(shared, silentLogger)];
    for (let taken = 0; taken < 2; taken += 1) expect(await one.take(bucket)).toBe(0);
    expect(await two.waitMs(bucket)).toBeGreaterThan(0);
    expect(await two.take(bucket)).toBeGreaterThan(0);
  });
});
