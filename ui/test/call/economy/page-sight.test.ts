import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { OUT_OF_SIGHT_AFTER_MS, PageSight } from '../../../src/call/economy/page-sight.ts';

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState;
  readonly pictureInPictureElement = null;

  constructor(state: DocumentVisibilityState = 'visible') {
    super();
    this.visibilityState = state;
  }

  turn(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const reports: boolean[] = [];
let page: Page;
let sight: PageSight;

function watch(seen: Page): void {
  page = seen;
  sight = new PageSight((outOfSight) => reports.push(outOfSight), page);
}

beforeEach(() => {
  jest.useFakeTimers();
  reports.length = 0;
  watch(new Page());
});

afterEach(() => {
  sight.close();
  jest.useRealTimers();
});

describe('a page', () => {
  test('is out of sight when it was hidden for five seconds, and in sight in the moment in which it is shown', () => {
    page.turn('hidden');
    jest.advanceTimersByTime(OUT_OF_SIGHT_AFTER_MS - 1);
    expect([reports, sight.outOfSight]).toEqual([[], false]);
    jest.advanceTimersByTime(1);
    expect([reports, sight.outOfSight]).toEqual([[true], true]);
    page.turn('visible');
    expect([reports, sight.outOfSight]).toEqual([[true, false], false]);
  });

  test('that is shown again in time was never out of sight, and its time begins anew', () => {
    for (let look = 0; look < 3; look += 1) {
      page.turn('hidden');
      jest.advanceTimersByTime(OUT_OF_SIGHT_AFTER_MS - 1);
      page.turn('visible');
    }
    jest.advanceTimersByTime(OUT_OF_SIGHT_AFTER_MS);
    expect(reports).toEqual([]);
  });

  test('that is opened in the background is out of sight soon', () => {
    sight.close();
    watch(new Page('hidden'));
    jest.advanceTimersByTime(OUT_OF_SIGHT_AFTER_MS);
    expect(reports).toEqual([true]);
  });

  test('stays in sight where a browser may show its pictures elsewhere and does not say so', () => {
    sight.close();
    const unknowing = new Page('hidden');
    Reflect.deleteProperty(unknowing, 'pictureInPictureElement');
    watch(unknowing);
    jest.advanceTimersByTime(OUT_OF_SIGHT_AFTER_MS);
    expect(reports).toEqual([]);
  });

  test('is not watched after the end', () => {
    page.turn('hidden');
    sight.close();
    expect(jest.getTimerCount()).toBe(0);
    page.turn('visible');
    page.turn('hidden');
    expect(jest.getTimerCount()).toBe(0);
    expect(reports).toEqual([]);
  });
});
