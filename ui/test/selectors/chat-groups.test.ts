import { expect, test } from '@jest/globals';
import { continuesPrevious, startsDay } from '../../src/selectors/chat-groups.ts';
import { chatEntry, peer } from '../support/call-state.ts';

const MINUTE_MS = 60_000;
const evening = new Date(2026, 10, 28, 23, 59).getTime();
const last = chatEntry('last', { sentAt: evening });
const sameDay = chatEntry('same', { sentAt: evening + 0.5 * MINUTE_MS });
const nextDay = chatEntry('next', { sentAt: evening + 2 * MINUTE_MS });

test('a line with the day is above the first message, and above the first one of each day', () => {
  expect(startsDay(undefined, last)).toBe(true);
  expect(startsDay(last, sameDay)).toBe(false);
  expect(startsDay(sameDay, nextDay)).toBe(true);
});

test('a message goes under the heading of the previous one of the same sender, recipient and day', () => {
  expect(continuesPrevious(undefined, last)).toBe(false);
  expect(continuesPrevious(last, sameDay)).toBe(true);
  expect(continuesPrevious(last, nextDay)).toBe(false);
  expect(continuesPrevious(last, { ...sameDay, toPeerId: peer('bob') })).toBe(false);
  expect(continuesPrevious(last, { ...sameDay, fromPeerId: peer('bob') })).toBe(false);
});
