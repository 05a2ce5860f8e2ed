import { describe, expect, test } from '@jest/globals';
import { ClockDifference } from '../src/store/clock-difference.ts';

describe('the difference to the clock of a server', () => {
  test('is nothing before the first exchange', () => {
    expect(new ClockDifference().aheadMs).toBe(0);
  });

  test('is taken from the middle of an exchange', () => {
    const difference = new ClockDifference();
    difference.exchanged(1_000, 31_005, 1_010);
    expect(difference.aheadMs).toBe(30_000);
  });

  test('is taken from the shortest exchange: a late reply says little', () => {
    const difference = new ClockDifference();
    difference.exchanged(1_000, 1_001, 1_002);
    difference.exchanged(2_000, 2_001, 2_400);
    expect(difference.aheadMs).toBe(0);
    difference.exchanged(3_000, 3_301, 3_302);
    expect(difference.aheadMs).toBe(0);
  });

  test('follows a clock that was set, in either direction', () => {
    const difference = new ClockDifference();
    difference.exchanged(1_000, 1_001, 1_002);
    difference.exchanged(2_000, 62_100, 2_200);
    expect(difference.aheadMs).toBe(60_000);
    difference.exchanged(3_000, 2_501, 3_002);
    expect(difference.aheadMs).toBe(-500);
  });

  test('forgets a short exchange in the end, because clocks drift', () => {
    const difference = new ClockDifference();
    difference.exchanged(0, 1, 2);
    for (let index = 1; index <= 8; index += 1)
      difference.exchanged(index * 1_000, index * 1_000 + 13, index * 1_000 + 20);
    expect(difference.aheadMs).toBe(3);
  });
});
