import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { AT_ONCE_MAX, Batch, PAUSE_MAX_MS, STEP_MAX, TOGETHER_MS } from '../../../src/call/base/batch.ts';

let passed: number[][];
let batch: Batch<number>;
let count: number;
/** How long the browser takes to draw a step. */
let drawingMs: number;

beforeEach(() => {
  jest.useFakeTimers();
  passed = [];
  count = 0;
  drawingMs = 0;
  batch = new Batch((items) => passed.push([...items]), {
    timeDrawing: (report) => report(drawingMs),
  });
});

afterEach(() => {
  batch.close();
  jest.useRealTimers();
});

function add(times: number): void {
  for (let time = 0; time < times; time += 1) batch.add((count += 1));
}

describe('a batch', () => {
  test('passes each item on at once while few come', () => {
    for (let second = 0; second < 5; second += 1) {
      add(AT_ONCE_MAX);
      expect(passed.splice(0)).toHaveLength(AT_ONCE_MAX);
      jest.advanceTimersByTime(AT_ONCE_MAX * TOGETHER_MS);
    }
    expect(passed).toEqual([]);
  });

  test('passes many on together, in their order', () => {
    add(AT_ONCE_MAX + 20);
    expect(passed).toHaveLength(AT_ONCE_MAX);
    jest.advanceTimersByTime(TOGETHER_MS);
    expect(passed).toHaveLength(AT_ONCE_MAX + 1);
    expect(passed.flat()).toEqual(Array.from({ length: AT_ONCE_MAX + 20 }, (_, index) => index + 1));
  });

  test.each([20, 60, 1_000])('of %d a second makes so many steps as of few', (perSecond) => {
    const seconds = 10;
    for (let item = 0; item < perSecond * seconds; item += 1) {
      add(1);
      jest.advanceTimersByTime(1_000 / perSecond);
    }
    expect(passed.length).toBeLessThanOrEqual(AT_ONCE_MAX + (seconds * 1_000) / TOGETHER_MS);
    jest.advanceTimersByTime(10 * TOGETHER_MS);
    expect(passed.flat()).toHaveLength(perSecond * seconds);
  });

  test('leaves the page at least half of the time where a step takes long to draw', () => {
    drawingMs = 300;
    const seconds = 20;
    for (let item = 0; item < 20 * seconds; item += 1) {
      add(1);
      jest.advanceTimersByTime(50);
    }
    expect(passed.length).toBeLessThanOrEqual(AT_ONCE_MAX + (seconds * 1_000) / (2 * drawingMs));
    expect(passed.length).toBeGreaterThan(seconds);
    drawingMs = 0;
    jest.advanceTimersByTime(10 * PAUSE_MAX_MS);
    expect(passed.flat()).toEqual(Array.from({ length: 20 * seconds }, (_, index) => index + 1));
  });

  test('passes a burst on in several steps, none of them long and the last one soon', () => {
    add(AT_ONCE_MAX + 10 * STEP_MAX);
    jest.advanceTimersByTime(10 * TOGETHER_MS);
    const lengths = passed.slice(AT_ONCE_MAX).map(({ length }) => length);
    expect(Math.max(...lengths)).toBe((10 * STEP_MAX) / 4);
    expect(passed.flat()).toEqual(Array.from({ length: AT_ONCE_MAX + 10 * STEP_MAX }, (_, at) => at + 1));
    expect(jest.getTimerCount()).toBe(0);
  });

  test('that is flushed keeps nothing waiting, and passes nothing on twice', () => {
    add(AT_ONCE_MAX + 3);
    batch.flush();
    expect(passed.at(-1)).toHaveLength(3);
    batch.flush();
    jest.advanceTimersByTime(10 * TOGETHER_MS);
    expect(passed.flat()).toHaveLength(AT_ONCE_MAX + 3);
  });

  test('that is closed drops what waits, and passes nothing on any more', () => {
    add(AT_ONCE_MAX + 3);
    batch.close();
    add(1);
    batch.flush();
    jest.advanceTimersByTime(10 * TOGETHER_MS);
    expect(passed.flat()).toHaveLength(AT_ONCE_MAX);
    expect(jest.getTimerCount()).toBe(0);
  });
});
