import { describe, expect, test } from '@jest/globals';
import { RateLimiter, TokenBucket, type Rate } from '@parley/common/limits';

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

  test('forgets the clients seen longest ago and never holds more than its bound', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 0.001 }, { clientsMax: 100 });
    limiter.take('busy');
    for (let index = 0; index < 1_000; index++) {
      limiter.take(`stranger ${index}`);
      if (index % 50 === 0) limiter.take('busy');
    }
    expect(limiter.size).toBe(100);
    expect(limiter.take('busy')).toBeGreaterThan(0);
    expect(limiter.take('stranger 0')).toBe(0);
  });

  test('lets a client that is forgotten use its burst again', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 0.1 }, { now: () => 0 });
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 10_000]);
    limiter.forget('a');
    expect(limiter.take('a')).toBe(0);
  });
});
