import { beforeEach, expect, test } from '@jest/globals';
import type { PeerId } from '@parley/proto/ids';
import type { PeerRecord, WaitingPerson } from '@parley/proto/room';
import { Leading } from '../../../src/call/state/leading.ts';
import { peer } from '../../support/records.ts';

let asked: unknown[];
let leading: Leading;

beforeEach(() => {
  asked = [];
  leading = new Leading({
    request: (name, input) => {
      asked.push([name, input]);
      return Promise.resolve({} as never);
    },
    onChanged: () => {},
    onFailed: () => {},
    onEndedForAll: () => {},
  });
});

const person = (id: string, displayName: string, knockedAt: number): WaitingPerson => ({
  peerId: peer(id).peerId,
  displayName,
  guest: true,
  knockedAt,
  connected: true,
});
const inside = (...peers: PeerRecord[]): ReadonlyMap<PeerId, PeerRecord> =>
  new Map(peers.map((record) => [record.peerId, record]));
const names = (peers = inside()) => leading.namedApart(peers).map(({ shownName }) => shownName);

test('people who wait under one name have different names in the list, in the order of knocking', () => {
  leading.handleWaiting({ version: 1, waiting: [person('b', 'Ana', 2), person('a', 'Ana', 1)] });
  expect(names()).toEqual(['Ana (2)', 'Ana']);
});

test('those who wait have other names than those in the call, who keep theirs', () => {
  leading.handleWaiting({ version: 1, waiting: [person('b', 'Ana', 2)] });
  expect(names(inside(peer('a', { displayName: 'Ana', joinedAt: 9_000 })))).toEqual(['Ana (2)']);
});

test('the list stays the same object while nothing of it changes', () => {
  leading.handleWaiting({ version: 1, waiting: [person('b', 'Ana', 2)] });
  const before = leading.namedApart(inside());
  expect(leading.namedApart(inside(peer('c', { displayName: 'Cem' })))).toBe(before);
  leading.handleWaiting({ version: 2, waiting: [{ ...person('b', 'Ana', 2), connected: false }] });
  expect(leading.namedApart(inside())).not.toBe(before);
});

test('an older list is ignored, and none is left for somebody who may not admit any more', () => {
  leading.handleWaiting({ version: 5, waiting: [person('b', 'Ana', 2)] });
  leading.handleWaiting({ version: 4, waiting: [] });
  expect(names()).toEqual(['Ana']);
  leading.forgetWaiting();
  expect(names()).toEqual([]);
});

test('denying and blocking are two wishes', async () => {
  const { peerId } = peer('b');
  await leading.deny(peerId);
  await leading.block(peerId);
  expect(asked).toEqual([
    ['door:deny', { peerId }],
    ['door:deny', { peerId, block: true }],
  ]);
});
