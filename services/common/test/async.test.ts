import { describe, expect, test } from '@jest/globals';
import { ParleyError } from '@parley/proto/errors';
import { backoffMs, withDeadline } from '@parley/common/async';

describe('withDeadline', () => {
  const never = new Promise<never>(() => undefined);

  test('gives the value of work that ends in time', async () => {
    await expect(withDeadline(Promise.resolve('done'), 10_000)).resolves.toBe('done');
  });

  test('rejects with the error of work that fails in time', async () => {
    await expect(withDeadline(Promise.reject(new Error('mine')), 10_000)).rejects.toThrow('mine');
  });

  test('rejects with timeout when the work takes longer', async () => {
    await expect(withDeadline(never, 5)).rejects.toMatchObject({ code: 'timeout' });
  });

  test('gives the fallback of the caller when the work takes longer', async () => {
    await expect(withDeadline(never, 5, () => 'late')).resolves.toBe('late');
  });

  test('handles an error that comes after the deadline', async () => {
    const work = Promise.withResolvers<void>();
    await expect(withDeadline(work.promise, 5)).rejects.toBeInstanceOf(ParleyError);
    // Without a handler this would end the process of the test.
    work.reject(new Error('too late'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('backoffMs', () => {
  const limits = { firstMs: 100, maxMs: 1_000 };

  test.each([
    [1, 100],
    [2, 200],
    [4, 800],
    [5, 1_000],
    [5_000, 1_000],
  ])('after %i failures is a random part, at least half, of %i ms', (failures, ms) => {
    for (let n = 0; n < 50; n++) {
      const pause = backoffMs(failures, limits);
      expect(pause).toBeGreaterThanOrEqual(ms / 2);
      expect(pause).toBeLessThanOrEqual(ms);
    }
    expect(backoffMs(failures, limits)).not.toBe(backoffMs(failures, limits));
  });
});
