import { beforeEach, expect, test } from '@jest/globals';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import { HeardRouters } from '../../src/link/heard-routers.ts';
import { RoomSpeakers } from '../../src/speakers/room-speakers.ts';
import { RoomVoices } from '../../src/speakers/room-voices.ts';

const A = 'producer-a' as ProducerId;
const OWN = 'own' as ProducerId;
const BEN = 'ben' as PeerId;

let voices: RoomVoices;
let speakers: RoomSpeakers;
let open: number;
const here = new Set<PeerId>();
let heard: HeardRouters;

beforeEach(() => {
  open = 0;
  here.clear();
  const voicesChanged = (_before: unknown, { forwarded }: { forwarded: number }) => (open = forwarded);
  voices = new RoomVoices({ size: 3, consumersOf: () => [], metrics: { voicesChanged } });
  speakers = new RoomSpeakers();
  heard = new HeardRouters({
    voices,
    speakers,
    isHere: (peerId) => here.has(peerId),
    isOwn: (id) => id === OWN,
  });
});

const voice = (over: { open?: boolean; handRaised?: boolean; producerId?: ProducerId } = {}) => [
  { producerId: A, peerId: BEN, open: true, handRaised: false, openForMs: 0, ...over },
];

test('a microphone and a speaker that two links report count once, until the last one ends', () => {
  const [one, two] = [heard.hear('r'), heard.hear('r')];
  const state = { speakers: [{ peerId: BEN, producerId: A, volume: -20 }], dominantPeerId: BEN };
  for (const hearing of [one, two]) {
    hearing.setVoices(voice());
    hearing.setSpeakers(state);
  }
  expect([open, speakers.state.speakers.length]).toEqual([1, 1]);
  one.close();
  one.close();
  expect([open, speakers.state.speakers.length]).toEqual([1, 1]);
  two.close();
  expect([open, speakers.state.speakers.length]).toEqual([0, 0]);
  two.setVoices(voice());
  two.setSpeakers(state);
  expect([open, speakers.state.speakers.length]).toEqual([0, 0]);
});

test('a microphone that is muted, or is one of this node, counts no more', () => {
  const hearing = heard.hear('r');
  hearing.setVoices(voice());
  hearing.setVoices(voice({ open: false }));
  expect(open).toBe(0);
  voices.unmuted('ann' as PeerId, OWN);
  hearing.setVoices(voice({ producerId: OWN }));
  hearing.close();
  expect(open).toBe(1);
});

test('a hand goes down with its microphone or by a report, whatever was carried meanwhile', () => {
  const hearing = heard.hear('r');
  hearing.setVoices(voice({ handRaised: true }));
  expect(voices.hasHandUp(BEN)).toBe(true);
  hearing.setVoices(voice());
  expect(voices.hasHandUp(BEN)).toBe(false);
  hearing.setVoices(voice({ handRaised: true }));
  hearing.setVoices(voice({ open: false }));
  expect(voices.hasHandUp(BEN)).toBe(false);
});

test('the hand of a peer that is on both nodes is that of this one, and of the other one when it has left', () => {
  here.add(BEN);
  const hearing = heard.hear('r');
  hearing.setVoices(voice({ handRaised: true }));
  expect(voices.hasHandUp(BEN)).toBe(false);
  here.delete(BEN);
  heard.peerLeft(BEN);
  expect(voices.hasHandUp(BEN)).toBe(true);
});

test('a home that reports more microphones than a room has is refused', () => {
  const hearing = heard.hear('r');
  const report = (index: number) => hearing.setVoices(voice({ producerId: `p-${index}` as ProducerId }));
  for (let index = 0; index < 1_024; index++) report(index);
  expect(() => report(1_024)).toThrow(expect.objectContaining({ code: 'rate_limited' }));
});
