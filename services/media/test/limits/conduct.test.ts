import { expect, test } from '@jest/globals';
import type { PeerId } from '@parley/proto/ids';
import { Conduct } from '../../src/limits/conduct.ts';
import { Conducts, type Sender } from '../../src/limits/conducts.ts';

const MINUTE_MS = 60_000;
const HOLD_MS = 10_000;

function make() {
  const clock = { now: 20 * MINUTE_MS };
  const now = () => clock.now;
  const sender = (id: string, origin = id): Sender => ({ id: id as PeerId, origin, openedAtMs: clock.now });
  return {
    clock,
    sender,
    peer: new Conduct({ holdMs: HOLD_MS }, now),
    all: new Conducts({ holdMs: HOLD_MS }, now),
  };
}

test('the first two strikes pause, the third ends the peer', () => {
  const { peer } = make();
  expect(peer.ended).toBe(false);
  expect(['a', 'b', 'c', 'd'].map(() => peer.strike('camera'))).toEqual(['pause', 'pause', 'end', 'end']);
  expect(peer.ended).toBe(true);
});

test('a source that was paused may run again after the hold, and others may all the time', () => {
  const { peer, clock } = make();
  expect(peer.mayRun('camera')).toBe(true);
  peer.strike('camera');
  expect([peer.mayRun('camera'), peer.mayRun('microphone')]).toEqual([false, true]);
  clock.now += HOLD_MS - 1;
  expect(peer.mayRun('camera')).toBe(false);
  clock.now += 1;
  expect(peer.mayRun('camera')).toBe(true);
});

test('strikes are forgiven after ten minutes', () => {
  const { peer, clock } = make();
  for (let count = 0; count < 3; count += 1) peer.strike('screen');
  clock.now += 10 * MINUTE_MS + 1;
  expect(peer.ended).toBe(false);
  expect(peer.strike('screen')).toBe('pause');
});

test('who comes again from where somebody sent too much must wait, each time twice as long', () => {
  const { all, clock, sender } = make();
  for (const waitMs of [HOLD_MS, 2 * HOLD_MS, 4 * HOLD_MS]) {
    all.strike(sender(`peer-${waitMs}`, 'an address'), 'camera');
    clock.now += 1;
    const again = sender(`again-${waitMs}`, 'an address');
    expect(all.mayRun(again, 'microphone')).toBe(false);
    clock.now += waitMs - 2;
    expect(all.mayRun(again, 'microphone')).toBe(false);
    clock.now += 1;
    expect(all.mayRun(again, 'microphone')).toBe(true);
  }
});

test('those who were there before, and those from elsewhere, need not wait', () => {
  const { all, clock, sender } = make();
  const neighbour = sender('neighbour', 'an address');
  clock.now += 1;
  all.strike(sender('mallory', 'an address'), 'camera');
  clock.now += 1;
  expect(all.mayRun(neighbour, 'camera')).toBe(true);
  expect(all.mayRun(sender('bob', 'another address'), 'camera')).toBe(true);
});

test('a thousand peers are remembered, and the oldest is forgotten first', () => {
  const { all, sender } = make();
  for (let index = 0; index < 1001; index += 1) all.strike(sender(`peer-${index}`), 'camera');
  expect(all.mayRun(sender('peer-0'), 'camera')).toBe(true);
  expect(all.mayRun(sender('peer-1'), 'camera')).toBe(false);
  for (let count = 0; count < 2; count += 1) all.strike(sender('peer-1000'), undefined);
  expect([all.hasEnded('peer-1000' as PeerId), all.hasEnded('peer-999' as PeerId)]).toEqual([true, false]);
});
