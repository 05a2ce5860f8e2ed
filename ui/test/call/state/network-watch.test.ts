import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Quality } from '../../../src/call/media/connection-quality.ts';
import { isPoor, NetworkWatch, POOR_FOR_MS, QUIET_FOR_MS } from '../../../src/call/state/network-watch.ts';

const self = (quality: Quality) => ({ isSelf: true, quality });
const other = (quality: Quality) => ({ isSelf: false, quality });

describe('the network is', () => {
  test.each([
    ['poor if what I send arrives badly', [self(1), other(4)], true],
    ['good enough if it arrives with losses', [self(2), other(4)], false],
    ['good if everybody arrives well', [self(4), other(4), other(3)], false],
    ['poor if nearly everybody arrives badly', [self(4), other(1), other(1), other(3)], true],
    ['not poor because one other person has a poor one', [self(4), other(1), other(4)], false],
    ['not poor because the only other person has a poor one', [self(4), other(1)], false],
    ['not poor while it is lost: that has words of its own', [self(0), other(0), other(0)], false],
    ['not known before the first scores', [self(null), other(null)], false],
  ] as const)('%s', (_what, participants, poor) => {
    expect(isPoor(participants)).toBe(poor);
  });
});

describe('the watch of the network', () => {
  const onPoor = jest.fn();
  const onRecovered = jest.fn();
  let watch: NetworkWatch;

  beforeEach(() => {
    jest.useFakeTimers();
    onPoor.mockClear();
    onRecovered.mockClear();
    watch = new NetworkWatch({ onPoor, onRecovered });
  });

  afterEach(() => {
    watch.close();
    jest.useRealTimers();
  });

  test('reports a network that stays poor, once', () => {
    watch.update(true);
    jest.advanceTimersByTime(POOR_FOR_MS - 1);
    watch.update(true);
    expect(onPoor).not.toHaveBeenCalled();
    jest.advanceTimersByTime(POOR_FOR_MS);
    watch.update(true);
    jest.advanceTimersByTime(POOR_FOR_MS);
    expect(onPoor).toHaveBeenCalledTimes(1);
  });

  test('does not report a network that recovers', () => {
    watch.update(true);
    jest.advanceTimersByTime(POOR_FOR_MS - 1);
    watch.update(false);
    jest.advanceTimersByTime(POOR_FOR_MS);
    expect([onPoor.mock.calls, onRecovered.mock.calls]).toEqual([[], []]);
  });

  test('reports that a poor network has recovered, once', () => {
    watch.update(true);
    jest.advanceTimersByTime(POOR_FOR_MS);
    expect(onRecovered).not.toHaveBeenCalled();
    watch.update(false);
    watch.update(false);
    expect(onRecovered).toHaveBeenCalledTimes(1);
  });

  test('reports again only after some minutes', () => {
    const becomePoor = () => {
      watch.update(false);
      watch.update(true);
      jest.advanceTimersByTime(POOR_FOR_MS);
    };
    becomePoor();
    becomePoor();
    expect(onPoor).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(QUIET_FOR_MS);
    becomePoor();
    expect(onPoor).toHaveBeenCalledTimes(2);
  });

  test('reports nothing after close', () => {
    watch.update(true);
    watch.close();
    jest.advanceTimersByTime(POOR_FOR_MS);
    watch.update(true);
    jest.advanceTimersByTime(POOR_FOR_MS);
    expect(onPoor).not.toHaveBeenCalled();
  });
});
