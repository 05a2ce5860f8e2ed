import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SharedBuckets } from '../../src/limits/index.ts';
import { waitFor } from '../../src/testing/index.ts';

/** What two instances have in common. */
type BucketsUnderTest = { one: SharedBuckets; two: SharedBuckets; close: () => Promise<void> };

const SLOW = { burst: 5, perSecond: 1 / 720 };

/** What all buckets hold to. */
export function describeSharedBuckets(name: string, create: () => Promise<BucketsUnderTest>): void {
  describe(`${name} as buckets of several instances`, () => {
    let under: BucketsUnderTest;
    let names = 0;

    beforeAll(async () => {
      under = await create();
    });
    afterAll(() => under.close());

    const bucket = (rate = SLOW) => ({ key: `bucket ${names++}`, rate });

    test('give the burst once, whichever instance is asked, and say when to come again', async () => {
      const own = [bucket()];
      const waits: number[] = [];
      for (let taken = 0; taken < 7; taken += 1)
        waits.push(await (taken % 2 === 0 ? under.one : under.two).take(own));
      expect(waits.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
      for (const waitMs of [...waits.slice(5), await under.one.waitMs(own), await under.two.waitMs(own)]) {
        expect(waitMs).toBeGreaterThan(700_000);
        expect(waitMs).toBeLessThanOrEqual(720_000);
      }
    });

    test('give no more when both instances are asked many times at once', async () => {
      const own = [bucket(), bucket({ burst: 20, perSecond: 1 / 30 })];
      const takes = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? under.one : under.two).take(own));
      expect((await Promise.all(takes)).filter((waitMs) => waitMs === 0).length).toBe(5);
    });

    test('take of each bucket or of none', async () => {
      const [narrow, wide] = [
        bucket({ burst: 1, perSecond: 1 / 720 }),
        bucket({ burst: 2, perSecond: 1 / 720 }),
      ];
      expect(await under.one.take([narrow, wide])).toBe(0);
      expect(await under.one.take([narrow, wide])).toBeGreaterThan(0);
      expect(await under.two.take([wide])).toBe(0);
      expect(await under.two.take([wide])).toBeGreaterThan(0);
    });

    test('are apart from each other, and looking at one takes nothing', async () => {
      const [spent, other] = [
        bucket({ burst: 1, perSecond: 1 / 720 }),
        bucket({ burst: 1, perSecond: 1 / 720 }),
      ];
      await under.one.take([spent]);
      for (let looks = 0; looks < 3; looks += 1) expect(await under.two.waitMs([other])).toBe(0);
      expect(await under.two.take([other])).toBe(0);
    });

    test('fill again as time passes', async () => {
      const fast = [bucket({ burst: 1, perSecond: 20 })];
      expect(await under.one.take(fast)).toBe(0);
      await waitFor(async () => (await under.two.waitMs(fast)) === 0);
      expect(await under.two.take(fast)).toBe(0);
    });
  });
}
