import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { RoomInfo } from '@parley/proto/rest';
import { DEFAULT_ROOM_SETTINGS } from '@parley/proto/room';
import { awaitOpening } from '../../../../src/call/base/time/opening.ts';
import { ROOM_CODE } from '../../../support/records.ts';

let events: string[];
let opensAt: number | null;
let isAway: boolean;
let end: () => void;

beforeEach(() => {
  jest.useFakeTimers();
  events = [];
  opensAt = 5_000;
  isAway = false;
  end = awaitOpening({
    inMs: 100_000,
    look: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(room())),
    onKnown: (at) => events.push(`opens at ${at}`),
    onOpen: () => events.push('open'),
    lookEveryMs: 10_000,
  });
});
afterEach(() => {
  end();
  jest.useRealTimers();
});

function room(): RoomInfo {
  const settings = { ...DEFAULT_ROOM_SETTINGS, opensAt };
  return {
    code: ROOM_CODE,
    title: '',
    createdAt: 0,
    peerCount: 0,
    peerLimit: 9,
    role: 'participant',
    settings,
  };
}

test('goes on once, when the time that the server said is over', async () => {
  await jest.advanceTimersByTimeAsync(99_000);
  expect(events).toEqual(['opens at 5000']);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(events).toEqual(['opens at 5000', 'open']);
});

test.each([[null], [9_000]])('goes on at once if the time is changed to %s', async (changed) => {
  await jest.advanceTimersByTimeAsync(1_000);
  opensAt = changed;
  await jest.advanceTimersByTimeAsync(10_000);
  expect(events).toEqual(['opens at 5000', 'open']);
});

test('waits while the server is away', async () => {
  await jest.advanceTimersByTimeAsync(1_000);
  isAway = true;
  await jest.advanceTimersByTimeAsync(50_000);
  expect(events).toEqual(['opens at 5000']);
});

test('reports nothing after its end', async () => {
  end();
  opensAt = null;
  await jest.advanceTimersByTimeAsync(200_000);
  expect(events).not.toContain('open');
});
