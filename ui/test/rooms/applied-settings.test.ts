import { expect, test } from '@jest/globals';
import { DEFAULT_ROOM_SETTINGS } from '@parley/proto/room';
import { appliedSettings, closesBeforeItOpens } from '../../src/rooms/applied-settings.ts';

test.each([
  [{ locked: true }, { locked: true }],
  [{ passcode: 'sesame' }, { hasPasscode: true }],
  [{ passcode: null }, { hasPasscode: false }],
  [
    { capacity: null, locked: undefined },
    { capacity: null, locked: false },
  ],
])('a room with the change %j shows %j, and no passcode', (change, shown) => {
  const settings = appliedSettings(DEFAULT_ROOM_SETTINGS, change);
  expect(settings).toEqual({ ...DEFAULT_ROOM_SETTINGS, ...shown });
});

test.each([
  [null, null, false],
  [1, null, false],
  [null, 1, false],
  [1, 2, false],
  [2, 2, true],
  [3, 2, true],
])('a room that opens at %j and closes at %j can be used never: %j', (opensAt, closesAt, never) => {
  expect(closesBeforeItOpens({ ...DEFAULT_ROOM_SETTINGS, opensAt, closesAt })).toBe(never);
});
