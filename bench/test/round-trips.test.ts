import { expect, test } from '@jest/globals';
import type { Frame } from '../../tests/harness/browser/wire-log.ts';
import { roundTripsBeforeMedia, untilMediaFlows } from '../join/round-trips.ts';

const frame = (direction: Frame['direction'], name: string, id: number | null): Frame => ({
  direction,
  type: name === '' ? 'ack' : 'event',
  name,
  id,
  data: [],
  raw: '',
});
const sent = (name: string, id: number) => frame('sent', name, id);
const reply = (id: number) => frame('received', '', id);
const count = (...frames: Frame[]) => roundTripsBeforeMedia(untilMediaFlows(frames));

test('a join whose reply brings the consumers waits for one answer', () => {
  expect(count(sent('room:join', 1), reply(1), sent('transport:connect', 2), reply(2))).toBe(1);
});

test('what was answered before the join does not count, and resuming needs no answer', () => {
  const lobby = [sent('lobby:open', 1), reply(1), sent('lobby:connect', 2), reply(2)];
  expect(count(...lobby, sent('room:join', 3), reply(3), sent('consumer:resume', 4))).toBe(1);
});

test('a join that asks for its consumers waits for two answers', () => {
  const asked = [sent('room:join', 1), reply(1), sent('consumer:create', 2), reply(2)];
  expect(count(...asked, sent('transport:connect', 3))).toBe(2);
});

test('a page that never lets media flow is no measurement', () => {
  expect(() => count(sent('room:join', 1), reply(1))).toThrow('asked for no media');
});
