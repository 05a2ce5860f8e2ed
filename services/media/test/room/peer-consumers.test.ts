import { expect, test } from '@jest/globals';
import { comingStreams, hasArrived, type ArrivingPeer } from '../../src/room/peer-consumers.ts';

const NOW = 1_000_000;
const LATELY = NOW - 9_000;
const LONG_AGO = NOW - 11_000;
const PEER: ArrivingPeer = {
  others: 5,
  has: 0,
  placedAtMs: LONG_AGO,
  firstConsumerAtMs: undefined,
  mayBeInLobby: false,
};

test.each<[string, Partial<ArrivingPeer>, number]>([
  ['a peer that was placed lately', { placedAtMs: LATELY }, 10],
  ['one that was placed long ago, in a room where nobody sends, or that sends', {}, 0],
  ['one that was placed long ago and is in the lobby', { mayBeInLobby: true }, 10],
  ['one that has left the lobby lately', { mayBeInLobby: true, firstConsumerAtMs: LATELY, has: 3 }, 7],
  ['one that has received for long', { mayBeInLobby: true, firstConsumerAtMs: LONG_AGO, has: 3 }, 0],
  ['one that was placed and has all', { placedAtMs: LATELY, firstConsumerAtMs: LATELY, has: 12 }, 0],
  ['one of a large room', { placedAtMs: LATELY, others: 500 }, 24],
  ['one that is alone', { placedAtMs: LATELY, others: 0 }, 0],
])('%s counts with what is to come', (_name, given, streams) => {
  expect(comingStreams({ ...PEER, ...given }, NOW)).toBe(streams);
});

test('a peer has arrived some time after its first consumer, and never without one', () => {
  expect([undefined, LATELY, LONG_AGO].map((time) => hasArrived({ firstConsumerAtMs: time }, NOW))).toEqual([
    false,
    false,
    true,
  ]);
});
