import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { SpeakersState } from '../../src/router/speakers.ts';
import { RoomSpeakers, type ReportedSpeakers } from '../../src/speakers/room-speakers.ts';

const REPORT_MS = 250;

/** A router on which one peer speaks, or nobody. */
class TestRouter extends EventEmitter<{ changed: [] }> implements ReportedSpeakers {
  state: SpeakersState = { speakers: [], dominantPeerId: undefined };

  report(peerId?: string, volume = -30): void {
    const speakers = peerId ? [{ peerId: peerId as PeerId, producerId: peerId as ProducerId, volume }] : [];
    const dominantPeerId = speakers[0]?.peerId ?? this.state.dominantPeerId;
    this.state = { speakers, dominantPeerId };
    this.emit('changed');
  }
}

let speakers: RoomSpeakers;
let one: TestRouter;
let two: TestRouter;
let verdicts: string[];

beforeEach(() => {
  jest.useFakeTimers();
  [one, two, verdicts] = [new TestRouter(), new TestRouter(), []];
  speakers = new RoomSpeakers();
  speakers.on('changed', ({ speakers: list, dominantPeerId }) =>
    verdicts.push(`${list.map(({ peerId }) => peerId).join(' ')}, led by ${dominantPeerId}`),
  );
  speakers.add(one);
});

afterEach(() => {
  speakers.close();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test('what the only router reports is passed on at once, every time', () => {
  one.report('a');
  one.report('a');
  one.report();
  expect(verdicts).toEqual(['a, led by a', 'a, led by a', ', led by a']);
  expect(jest.getTimerCount()).toBe(0);
});

test('a new voice on another router is news within 20 ms of its report, also while only levels are waited for', () => {
  speakers.add(two);
  one.report('a', -40);
  jest.advanceTimersByTime(20);
  jest.advanceTimersByTime(100);
  // The same voice with another level waits, and must not hold up what comes next.
  one.report('a', -41);
  jest.advanceTimersByTime(20);
  verdicts.length = 0;
  two.report('b', -20);
  jest.advanceTimersByTime(20);
  expect(verdicts).toEqual(['b a, led by a']);
});

test('reports of the same voices on two routers make one verdict in each interval', () => {
  speakers.add(two);
  for (let interval = 0; interval < 8; interval++) {
    one.report('a', -30 - interval);
    jest.advanceTimersByTime(REPORT_MS / 2);
    two.report('b', -40 - interval);
    jest.advanceTimersByTime(REPORT_MS / 2);
  }
  // One more for the first voice alone.
  expect(verdicts.length).toBeLessThanOrEqual(9);
  expect(verdicts.at(-1)).toBe('a b, led by a');
});

test('a router that is gone takes its voices with it', () => {
  speakers.add(two);
  one.report('a', -40);
  two.report('b', -20);
  jest.advanceTimersByTime(20);
  expect(verdicts.at(-1)).toBe('b a, led by b');
  speakers.remove(two);
  expect(verdicts.at(-1)).toBe('a, led by a');
  two.report('b', -20);
  expect(speakers.state.speakers.map(({ peerId }) => peerId)).toEqual(['a']);
});

test('after close nothing is reported', () => {
  speakers.add(two);
  one.report('a');
  speakers.close();
  one.report('b');
  jest.advanceTimersByTime(1_000);
  expect(verdicts).toEqual([]);
});
