import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { afterDrawing } from '../../../../src/call/base/time/after-drawing.ts';

let frames: (() => void)[];
let runs: number;
const work = () => {
  runs += 1;
};

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['requestAnimationFrame'] });
  frames = [];
  runs = 0;
  Object.assign(globalThis, { requestAnimationFrame: (frame: () => void) => frames.push(frame) });
});

afterEach(() => {
  jest.useRealTimers();
  Reflect.deleteProperty(globalThis, 'requestAnimationFrame');
});

describe('what comes after drawing', () => {
  test('runs once, in a task after the next frame', () => {
    afterDrawing(work);
    expect(runs).toBe(0);
    for (const frame of frames) frame();
    expect(runs).toBe(0);
    jest.advanceTimersByTime(1);
    expect(runs).toBe(1);
    jest.advanceTimersByTime(10_000);
    expect(runs).toBe(1);
  });

  test('runs although a hidden page draws no frame', () => {
    afterDrawing(work);
    jest.advanceTimersByTime(10_000);
    expect(runs).toBe(1);
  });
});
