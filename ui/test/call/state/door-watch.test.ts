import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { RoomInfo } from '@parley/proto/rest';
import { DEFAULT_ROOM_SETTINGS } from '@parley/proto/room';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { DoorWatch, type DoorState } from '../../../src/call/state/door-watch.ts';
import { ROOM_CODE } from '../../support/records.ts';
import { waitFor } from '../../support/wait-for.ts';

let answers: (() => Promise<RoomInfo>)[];
let states: DoorState[];
let over: string[];
let looks: number;
let watch: DoorWatch;

const room =
  (given: Partial<RoomInfo> = {}, closesAt: number | null = null) =>
  async (): Promise<RoomInfo> => ({
    code: ROOM_CODE,
    title: 'Choir',
    createdAt: 0,
    peerCount: 0,
    peerLimit: 10,
    role: 'participant',
    settings: { ...DEFAULT_ROOM_SETTINGS, closesAt },
    ...given,
  });
const failing = (code: 'unavailable' | 'room_not_found') => () => Promise.reject(new CallFailure(code));

beforeEach(() => {
  answers = [];
  states = [];
  over = [];
  looks = 0;
  watch = new DoorWatch({
    look: () => {
      looks += 1;
      return (answers.length > 1 ? answers.shift()! : answers[0]!)();
    },
    onChanged: (state) => states.push(state),
    onOver: (code) => over.push(code),
    everyMs: 1,
    now: () => 1_000,
  });
});
afterEach(() => watch.close());

test('says how many are inside, and again when that has changed', async () => {
  answers = [room(), room({ peerCount: 2 })];
  watch.start();
  await waitFor('the change', () => states.at(-1)?.peopleInside === 2);
  expect(states).toContainEqual({ title: 'Choir', peopleInside: 0, lost: false });
});

test('says that the server has lost the person, and that it has the person again', () => {
  answers = [room()];
  watch.lose();
  expect(states).toEqual([]);
  watch.start();
  watch.lose();
  expect(states.at(-1)?.lost).toBe(true);
  watch.start();
  expect(states.at(-1)?.lost).toBe(false);
});

test.each([
  ['a room that is gone', failing('room_not_found'), 'room_not_found'],
  ['a room whose time is over', room({}, 1_000), 'room_closed'],
])('ends with %s, and looks no more', async (_, answer, code) => {
  answers = [answer];
  watch.start();
  await waitFor('the end', () => over.length > 0);
  const before = looks;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([over, looks]).toEqual([[code], before]);
});

test('goes on after a failure that passes', async () => {
  answers = [failing('unavailable'), room({ peerCount: 1 })];
  watch.start();
  await waitFor('the next look', () => states.at(-1)?.peopleInside === 1);
  expect(over).toEqual([]);
});

test('reports nothing after it was closed, not even what was on its way', async () => {
  const answer = Promise.withResolvers<RoomInfo>();
  answers = [() => answer.promise];
  watch.start();
  const before = states.length;
  watch.close();
  answer.reject(new CallFailure('room_not_found'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([over, states.length]).toEqual([[], before]);
});
