import { beforeEach, describe, expect, test } from '@jest/globals';
import { Flow } from '../../../src/call/media/flow.ts';

let flow: Flow;

beforeEach(() => {
  flow = new Flow();
});

const read = (at: number, counts: Record<string, number>, path = 0) =>
  flow.update(
    Object.entries(counts).map(([id, count]) => ({ id, count })),
    path,
    at,
  );

describe('the flow of streams', () => {
  test('knows since when a stream stands still, and does not blame the others', () => {
    read(0, { ann: 0, bob: 0 });
    read(400, { ann: 5, bob: 5 });
    read(2_400, { ann: 5, bob: 90 });
    expect(flow.silentMs('ann', 2_400)).toBe(2_000);
    expect(flow.silentMs('bob', 2_400)).toBe(0);
    expect(flow.allSilentMs(2_400)).toBe(0);
    expect(flow.allSilentMs(3_400)).toBe(1_000);
  });

  test('does not call a stream silent that has not begun, or that nobody knows', () => {
    read(0, { ann: 0 });
    read(9_000, { ann: 0 });
    expect(flow.silentMs('ann', 9_000)).toBe(0);
    expect(flow.silentMs('bob', 9_000)).toBe(0);
    expect(flow.allSilentMs(9_000)).toBe(0);
    expect(flow.allBegun).toBe(false);
  });

  test('gives a stream that was paused its time from its return on', () => {
    read(0, { ann: 0 });
    read(400, { ann: 5 });
    read(800, {});
    expect(flow.allSilentMs(60_000)).toBe(0);
    read(60_000, { ann: 5 });
    expect(flow.silentMs('ann', 63_000)).toBe(0);
    read(63_400, { ann: 6 });
    expect(flow.silentMs('ann', 65_400)).toBe(2_000);
  });

  test('takes a counter that begins anew for news', () => {
    read(0, { ann: 900 });
    read(400, { ann: 3 });
    expect(flow.movedSince(300)).toBe(true);
    expect(flow.allBegun).toBe(true);
  });

  test('knows whether something came since a moment, or nothing is expected', () => {
    expect(flow.movedSince(0)).toBe(true);
    read(0, { ann: 0 });
    expect(flow.movedSince(0)).toBe(false);
    read(400, { ann: 1 });
    expect(flow.movedSince(300)).toBe(true);
    expect(flow.movedSince(400)).toBe(false);
  });

  test('knows a path that carries something although no stream brings anything', () => {
    read(0, { ann: 0 }, 10);
    read(400, { ann: 5 }, 20);
    read(2_400, { ann: 5 }, 21);
    expect(flow.silentMs('ann', 2_400)).toBe(2_000);
    expect(flow.allSilentMs(2_400)).toBe(0);
    expect([flow.pathMovedSince(400), flow.movedSince(400)]).toEqual([true, false]);
    read(2_800, { ann: 5 }, 21);
    expect(flow.pathMovedSince(2_400)).toBe(false);
    expect(flow.allSilentMs(3_400)).toBe(1_000);
  });

  test('forgives the time in which nobody looked', () => {
    read(0, { ann: 0 });
    read(400, { ann: 5 });
    flow.forgive(90_000);
    expect(flow.silentMs('ann', 90_500)).toBe(500);
    expect(flow.allSilentMs(90_500)).toBe(500);
  });
});
