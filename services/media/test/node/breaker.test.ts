import { beforeEach, describe, expect, test } from '@jest/globals';
import { Breaker } from '../../src/node/breaker.ts';
import type { RoomId } from '../../src/room/ids.ts';

const [bad, good, other] = ['bad', 'good', 'other'] as unknown as [RoomId, RoomId, RoomId];
const OPTIONS = { deaths: 3, withinMs: 30_000, quarantineMs: 600_000 };

describe('a room whose workers die', () => {
  let now: number;
  let breaker: Breaker;
  const die = (...rooms: RoomId[]) => breaker.workerDied(rooms);

  beforeEach(() => {
    now = 0;
    breaker = new Breaker(OPTIONS, () => now);
  });

  test('goes into quarantine with the third death within 30 seconds, for ten minutes', () => {
    expect([die(bad), breaker.isSuspect(bad), die(bad), breaker.isQuarantined(bad)]).toEqual([
      undefined,
      true,
      undefined,
      false,
    ]);
    now = 29_000;
    expect(die(bad)).toBe(bad);
    expect(breaker.isQuarantined(bad)).toBe(true);
    now += 599_999;
    expect(breaker.isQuarantined(bad)).toBe(true);
    now += 1;
    expect([breaker.isQuarantined(bad), breaker.isSuspect(bad)]).toEqual([false, false]);
  });

  test('stays open if the deaths are further apart', () => {
    for (let death = 0; death < 10; death += 1) {
      expect(die(bad)).toBeUndefined();
      now += 15_000;
    }
  });

  test('takes nobody with it who was on one of the workers only', () => {
    expect([die(good, bad), die(bad), die(other, bad)]).toEqual([undefined, undefined, bad]);
    expect([good, other].map((id) => breaker.isQuarantined(id))).toEqual([false, false]);
  });

  test('is the last one that was opened, of several that were there each time', () => {
    expect([die(good, bad), die(good, bad), die(good, bad)]).toEqual([undefined, undefined, bad]);
    expect(breaker.isQuarantined(good)).toBe(false);
  });
});
