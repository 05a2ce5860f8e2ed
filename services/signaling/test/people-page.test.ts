import { describe, expect, test } from '@jest/globals';
import type { PeerRecord } from '@parley/proto/room';
import { countsOf, isProminent, pageOf } from '../src/room/people/people-page.ts';
import { livePeer, peerId } from './support/live-room-store-contract.ts';

const record = (name: string, change: Partial<PeerRecord> = {}): PeerRecord => ({
  ...livePeer(name).record,
  ...change,
});

const PEOPLE = [
  record('dora', { joinedAt: 3 }),
  record('ada', { joinedAt: 1, displayName: 'Ada Ångström' }),
  record('chen', { joinedAt: 2 }),
  record('bob', { joinedAt: 2, displayName: 'ADAM', role: 'viewer' }),
];
const namesOf = (people: readonly PeerRecord[]) => people.map(({ peerId: id }) => id);

describe('a page of people', () => {
  test('is in the order of joining, and the next one goes on after it', () => {
    const first = pageOf(PEOPLE, { limit: 2 });
    expect(namesOf(first.people)).toEqual(['ada', 'bob']);
    expect(first).toMatchObject({ matches: 4, next: { joinedAt: 2, peerId: 'bob' } });
    const second = pageOf(PEOPLE, { limit: 2, after: first.next ?? undefined });
    expect(namesOf(second.people)).toEqual(['chen', 'dora']);
    expect(second).toMatchObject({ matches: 4, next: null });
  });

  test('goes on where it was after the last person of the page before has left', () => {
    const left = PEOPLE.filter(({ peerId: id }) => id !== peerId('bob'));
    const next = pageOf(left, { limit: 5, after: { joinedAt: 2, peerId: peerId('bob') } });
    expect(namesOf(next.people)).toEqual(['chen', 'dora']);
  });

  test.each([
    ['ada', ['ada', 'bob']],
    ['  ADA ', ['ada', 'bob']],
    ['ångström', ['ada']],
    ['A\u030angstro\u0308m', ['ada']],
    ['nobody', []],
    ['', ['ada', 'bob', 'chen', 'dora']],
  ])('has those whose name has "%s" in it', (search, expected) => {
    const { people, matches, next } = pageOf(PEOPLE, { search, limit: 50 });
    expect([namesOf(people), matches, next]).toEqual([expected, expected.length, null]);
  });
});

test('viewers are counted apart', () => {
  expect(countsOf(PEOPLE)).toEqual({ all: 4, viewers: 1 });
});

test.each([
  ['leads', { role: 'host' as const }, true],
  ['has a hand up', { handRaisedAt: 5 }, true],
  ['only watches', { role: 'viewer' as const }, false],
  ['sends nothing', {}, false],
])('who %s is prominent: %#', (_how, change, expected) => {
  expect(isProminent(record('ada', change))).toBe(expected);
});
