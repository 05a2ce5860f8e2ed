import { expect, test } from '@jest/globals';
import { TrackLevel } from '../../../src/call/devices/track-level.ts';
import { makeTrack } from '../../support/tracks.ts';

/** Each meter shows a level of its own. */
function measured() {
  const meters: { track: MediaStreamTrack; isClosed: boolean }[] = [];
  const level = new TrackLevel((track) => {
    const meter = { track, isClosed: false };
    meters.push(meter);
    const own = meters.length / 10;
    return { read: () => own, close: () => (meter.isClosed = true) };
  });
  return { level, meters };
}

test('the level is that of the track that it follows, and nothing without one', () => {
  const { level, meters } = measured();
  expect(level.read()).toBe(0);
  const [first, second] = [makeTrack('audio'), makeTrack('audio')];
  level.follow(first);
  level.follow(first);
  expect([level.read(), meters.length]).toEqual([0.1, 1]);
  level.follow(second);
  expect(level.read()).toBe(0.2);
  expect(meters).toEqual([
    { track: first, isClosed: true },
    { track: second, isClosed: false },
  ]);
  level.follow(null);
  expect([level.read(), meters.map(({ isClosed }) => isClosed)]).toEqual([0, [true, true]]);
});

test('in a browser that cannot measure, the level is nothing', () => {
  const level = new TrackLevel(() => null);
  level.follow(makeTrack('audio'));
  expect(level.read()).toBe(0);
});
