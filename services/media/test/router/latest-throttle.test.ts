import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { LatestThrottle } from '../../src/router/latest-throttle.ts';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

test('the first value passes at once, then the newest of each interval', () => {
  const passed: number[] = [];
  const throttle = new LatestThrottle<number>(1000, (value) => passed.push(value));
  for (const value of [1, 2, 3]) throttle.push(value);
  expect(passed).toEqual([1]);
  jest.advanceTimersByTime(1000);
  expect(passed).toEqual([1, 3]);
});

test('a value that equals the last one does not pass', () => {
  const passed: number[][] = [];
  const throttle = new LatestThrottle<number[]>(1000, (value) => passed.push(value));
  throttle.push([10, 5]);
  throttle.push([9, 5]);
  throttle.push([10, 5]);
  jest.advanceTimersByTime(5000);
  throttle.push([10, 5]);
  jest.advanceTimersByTime(5000);
  expect(passed).toEqual([[10, 5]]);
});

test('after close nothing passes and no timer is left', () => {
  const passed: number[] = [];
  const throttle = new LatestThrottle<number>(1000, (value) => passed.push(value));
  throttle.push(1);
  throttle.push(2);
  throttle.close();
  throttle.push(3);
  jest.advanceTimersByTime(5000);
  expect(passed).toEqual([1]);
  expect(jest.getTimerCount()).toBe(0);
});
