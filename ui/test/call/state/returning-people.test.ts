import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { PeerRecord } from '@parley/proto/room';
import { applySnapshot, NO_RECORDS, type Records } from '../../../src/call/state/records.ts';
import { RETURN_WITHIN_MS, ReturningPeople } from '../../../src/call/state/returning-people.ts';
import { peer, snapshot } from '../../support/records.ts';

let records: Records;
let changes: number;
let returning: ReturningPeople;

beforeEach(() => {
  jest.useFakeTimers();
  records = NO_RECORDS;
  changes = 0;
  returning = new ReturningPeople(() => (changes += 1));
});

afterEach(() => {
  returning.close();
  jest.useRealTimers();
});

function load(self: string, others: readonly PeerRecord[]): void {
  const next = applySnapshot(records, snapshot(peer(self), [...others]));
  returning.follow(records, next);
  records = next;
}

const as = (peerId: string, displayName: string) => peer(peerId, { displayName });
const shown = () =>
  Array.from(returning.addTo(records).peers.values(), ({ displayName, connection }) =>
    connection === 'reconnecting' ? `${displayName}?` : displayName,
  ).sort();

describe('the people of a call that was joined anew', () => {
  test('are shown as reconnecting until they are back, each once', () => {
    load('me1', [as('a1', 'Ann'), as('b1', 'Bob')]);
    load('me2', [as('b2', 'Bob')]);
    expect(shown()).toEqual(['Ann?', 'Bob', 'ME2']);
    load('me2', [as('b2', 'Bob'), as('a2', 'Ann')]);
    expect(shown()).toEqual(['Ann', 'Bob', 'ME2']);
    expect(returning.addTo(records)).toBe(records);
  });

  test('with one name are as many as before', () => {
    load('me1', [as('a1', 'Ann'), as('a2', 'Ann')]);
    load('me2', [as('a3', 'Ann')]);
    expect(shown()).toEqual(['Ann', 'Ann?', 'ME2']);
    load('me2', [as('a3', 'Ann'), as('a4', 'Ann')]);
    expect(shown()).toEqual(['Ann', 'Ann', 'ME2']);
  });

  test('have left if they do not come back in time', () => {
    load('me1', [as('a1', 'Ann')]);
    load('me2', []);
    jest.advanceTimersByTime(RETURN_WITHIN_MS - 1);
    expect(shown()).toEqual(['Ann?', 'ME2']);
    jest.advanceTimersByTime(1);
    expect(shown()).toEqual(['ME2']);
    expect(changes).toBe(1);
  });

  test('are not expected where the same peer goes on: who is missing then has left', () => {
    load('me1', [as('a1', 'Ann')]);
    load('me1', []);
    expect(shown()).toEqual(['ME1']);
  });
});
