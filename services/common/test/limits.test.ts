import { describe, expect, test } from '@jest/globals';
import { RateLimiter, RecentNetworks, TokenBucket, type Rate } from '@parley/common/limits';

describe('a token bucket', () => {
  function bucketAt(rate: Rate) {
    const clock = { ms: 0 };
    return { clock, bucket: new TokenBucket(rate, () => clock.ms) };
  }

  test('allows a burst up to its capacity and then its rate', () => {
    const { clock, bucket } = bucketAt({ burst: 3, perSecond: 2 });
    expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
    expect(bucket.waitMs()).toBe(500);
    clock.ms += 499;
    expect(bucket.take()).toBe(false);
    clock.ms += 1;
    expect(bucket.take()).toBe(true);
  });

  test('never holds more than its capacity', () => {
    const { clock, bucket } = bucketAt({ burst: 2, perSecond: 1 });
    clock.ms += 3_600_000;
    expect(bucket.full).toBe(true);
    expect([1, 2, 3].map(() => bucket.take())).toEqual([true, true, false]);
  });

  test('gives all the tokens that are asked for, or none', () => {
    const { bucket } = bucketAt({ burst: 5, perSecond: 1 });
    expect(bucket.take(6)).toBe(false);
    expect(bucket.waitMs(6)).toBe(Number.POSITIVE_INFINITY);
    expect(bucket.take(5)).toBe(true);
  });

  test.each([
    { burst: 0, perSecond: 1 },
    { burst: Number.NaN, perSecond: 1 },
    { burst: 1, perSecond: 0 },
  ])('cannot be created with %j', (rate) => {
    expect(() => new TokenBucket(rate)).toThrow(TypeError);
  });
});

describe('a rate limiter', () => {
  test('limits each client on its own and says how long to wait', () => {
    const limiter = new RateLimiter({ burst: 2, perSecond: 0.1 });
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 0]);
    const wait = limiter.take('a');
    expect(wait).toBeGreaterThan(9_000);
    expect(wait).toBeLessThanOrEqual(10_000);
    expect(limiter.take('b')).toBe(0);
  });

  test('limits all clients together if it has a total limit', () => {
    const total = { burst: 3, perSecond: 0.1 };
    const limiter = new RateLimiter({ burst: 2, perSecond: 0.1 }, { total });
    expect(['a', 'b', 'c'].map((client) => limiter.take(client))).toEqual([0, 0, 0]);
    expect(limiter.take('d')).toBeGreaterThan(9_000);
  });

  test('takes nothing from anybody for a request that it refuses', () => {
    const total = { burst: 3, perSecond: 0.001 };
    const limiter = new RateLimiter({ burst: 2, perSecond: 0.001 }, { total, now: () => 0 });
    expect([1, 2, 3, 4].map(() => limiter.take('a') > 0)).toEqual([false, false, true, true]);
    expect(limiter.take('b')).toBe(0);
    expect(limiter.take('c')).toBeGreaterThan(0);
  });

  test('takes several requests at once or none of them', () => {
    const limiter = new RateLimiter({ burst: 5, perSecond: 1 }, { now: () => 0 });
    expect([limiter.take('a', 3), limiter.take('a', 3), limiter.take('a', 2)]).toEqual([0, 1_000, 0]);
  });

  test.each([
    ['/56', (n: number) => `2001:db8:1:${(0x4200 + n).toString(16)}::1`, 4],
    ['/48', (n: number) => `2001:db8:1:${(n * 256).toString(16)}::1`, 16],
  ])('limits all addresses of a %s together, so that a second /64 helps little', (_size, address, share) => {
    const limiter = new RateLimiter({ burst: 2, perSecond: 0.001 }, { now: () => 0 });
    let passed = 0;
    for (let n = 0; n < 200; n++)
      for (let times = 0; times < 3; times++) if (limiter.take(address(n)) === 0) passed++;
    expect(passed).toBe(2 * share);
    expect(limiter.take('2001:db8:2::1')).toBe(0);
  });

  test('never forgets a client that is over its limit, whoever else comes, and holds no more than its bound', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 0.001 }, { networksMax: 100, now: () => 0 });
    expect(limiter.take('greedy')).toBe(0);
    let passed = 0;
    for (let index = 0; index < 5_000; index++) if (limiter.take(`stranger ${index}`) === 0) passed++;
    expect(limiter.size).toBe(100);
    expect(limiter.take('greedy')).toBeGreaterThan(0);
    for (let index = 0; index < 5_000; index++) expect(limiter.take(`stranger ${index}`)).toBeGreaterThan(0);
    // Those that found no place share 256 buckets.
    expect(passed).toBe(99 + 256);
  });

  test('makes room for new clients by forgetting those that have their whole burst again', () => {
    const clock = { ms: 0 };
    const limiter = new RateLimiter({ burst: 1, perSecond: 1 }, { networksMax: 100, now: () => clock.ms });
    for (let index = 0; index < 5_000; index++) {
      expect(limiter.take(`client ${index}`)).toBe(0);
      clock.ms += 20;
    }
    expect(limiter.size).toBeLessThanOrEqual(100);
  });

  test('lets a client that is forgotten use its burst again', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 0.1 }, { now: () => 0 });
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 10_000]);
    limiter.forget('a');
    expect(limiter.take('a')).toBe(0);
  });
});

describe('the networks of recent events', () => {
  test('count once each, however often something happens there, for five to ten minutes', () => {
    const clock = { ms: 0 };
    const networks = new RecentNetworks(() => clock.ms);
    for (let times = 0; times < 1_000; times += 1) networks.add('192.0.2.1');
    expect(networks.count).toBe(1);
    clock.ms += 5 * 60_000;
    networks.add('192.0.2.1');
    networks.add('192.0.2.2');
    expect(networks.count).toBe(2);
    clock.ms += 5 * 60_000;
    expect(networks.count).toBe(2);
    clock.ms += 5 * 60_000;
    expect(networks.count).toBe(0);
  });

  test('take a bounded amount of memory', () => {
    const networks = new RecentNetworks(() => 0);
    for (let index = 0; index < 20_000; index += 1) networks.add(String(index));
    expect(networks.count).toBe(5_000);
  });
});
