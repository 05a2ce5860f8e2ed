import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { MediaWatch, NO_MEDIA_MS } from '../../../src/call/media/media-watch.ts';

let reports: boolean[];
let watch: MediaWatch;

beforeEach(() => {
  jest.useFakeTimers();
  reports = [];
  watch = new MediaWatch((blocked) => reports.push(blocked));
});

afterEach(() => {
  watch.close();
  jest.useRealTimers();
});

describe('a call', () => {
  test('whose media does not connect says so once, after ten seconds', () => {
    watch.update(['connecting', 'new'], true);
    jest.advanceTimersByTime(NO_MEDIA_MS - 1);
    watch.update(['failed', 'new'], true);
    expect(reports).toEqual([]);
    jest.advanceTimersByTime(1);
    watch.update(['connecting', 'new'], true);
    jest.advanceTimersByTime(5 * NO_MEDIA_MS);
    expect(reports).toEqual([true]);
  });

  test('whose media connects in time says nothing', () => {
    watch.update(['connecting', 'connecting'], true);
    jest.advanceTimersByTime(NO_MEDIA_MS - 1);
    watch.update(['connected', 'connected'], true);
    jest.advanceTimersByTime(NO_MEDIA_MS);
    expect(reports).toEqual([]);
  });

  test('with one direction of two blocked says so', () => {
    watch.update(['connected', 'connecting'], true);
    jest.advanceTimersByTime(NO_MEDIA_MS);
    expect(reports).toEqual([true]);
  });

  test('in which nothing is sent or received yet says nothing', () => {
    watch.update(['new', 'new'], true);
    jest.advanceTimersByTime(NO_MEDIA_MS);
    expect(reports).toEqual([]);
  });

  test('counts the time on while lost transports are replaced', () => {
    watch.update(['failed', 'failed'], true);
    jest.advanceTimersByTime(NO_MEDIA_MS / 2);
    watch.update([], true);
    watch.update(['new', 'new'], true);
    jest.advanceTimersByTime(NO_MEDIA_MS / 2);
    expect(reports).toEqual([true]);
  });

  test('whose media gets through at last takes its words back, and may say them again', () => {
    watch.update(['connecting'], true);
    jest.advanceTimersByTime(NO_MEDIA_MS);
    watch.update(['connected'], true);
    watch.update(['disconnected'], true);
    jest.advanceTimersByTime(NO_MEDIA_MS);
    expect(reports).toEqual([true, false, true]);
  });

  test('without signaling, or after its end, says nothing', () => {
    watch.update(['connecting'], true);
    watch.update(['connecting'], false);
    jest.advanceTimersByTime(NO_MEDIA_MS);
    watch.update(['connecting'], true);
    watch.close();
    jest.advanceTimersByTime(NO_MEDIA_MS);
    expect(reports).toEqual([]);
  });
});
