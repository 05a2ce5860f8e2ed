import { beforeEach, describe, expect, test } from '@jest/globals';
import type { LoadLevel } from '../../../src/call/economy/load.ts';
import {
  FEWEST_PICTURES,
  FULL,
  LIGHT_FOR_MS,
  RELAPSE_MS,
  StepDown,
  STEP_PAUSE_MS,
  STRAINED_FOR_MS,
  type Step,
} from '../../../src/call/economy/step-down.ts';

const EVERY_MS = 2_000;

let now: number;
let stepDown: StepDown;
/** What the page shows and what others want of the camera, without any limit. */
let shown: { pictures: number; layer: number };
let steps: Step[];

beforeEach(() => {
  now = 0;
  stepDown = new StepDown();
  shown = { pictures: 9, layer: 2 };
  steps = [];
});

/** Lets this level last, with the limits in force, and collects the steps. */
function last(level: LoadLevel, forMs: number): void {
  for (const end = now + forMs; now < end; now += EVERY_MS) {
    const { pictures, layer } = stepDown.step;
    const flowing = {
      pictures: Math.min(shown.pictures, pictures ?? Infinity),
      layer: Math.min(shown.layer, layer ?? Infinity),
    };
    if (stepDown.update(level, flowing, now)) steps.push(stepDown.step);
  }
}

const LONG_MS = 20 * LIGHT_FOR_MS;

describe('a computer that does not keep up', () => {
  test('receives fewer pictures first, and sends lower layers then, down to the smallest', () => {
    last('strained', LONG_MS);
    expect(steps).toEqual([
      { pictures: 4, layer: null },
      { pictures: FEWEST_PICTURES, layer: null },
      { pictures: FEWEST_PICTURES, layer: 1 },
      { pictures: FEWEST_PICTURES, layer: 0 },
    ]);
  });

  test('lowers what it sends at once where few pictures are received', () => {
    shown.pictures = FEWEST_PICTURES;
    last('strained', STRAINED_FOR_MS + EVERY_MS);
    expect(steps).toEqual([{ pictures: null, layer: 1 }]);
  });

  test('does nothing where nothing can be left out', () => {
    shown = { pictures: 1, layer: -1 };
    last('strained', LONG_MS);
    expect(steps).toEqual([]);
  });

  test('waits whether it passes, and between two steps whether the first was enough', () => {
    last('strained', STRAINED_FOR_MS);
    last('fair', EVERY_MS);
    last('strained', STRAINED_FOR_MS);
    expect(steps).toEqual([]);
    last('strained', EVERY_MS);
    expect(steps).toHaveLength(1);
    last('strained', STEP_PAUSE_MS - EVERY_MS);
    expect(steps).toHaveLength(1);
    last('strained', EVERY_MS);
    expect(steps).toHaveLength(2);
  });

  test('stays where it is while it just keeps up', () => {
    last('strained', STRAINED_FOR_MS + EVERY_MS);
    last('fair', LONG_MS);
    expect(steps).toHaveLength(1);
  });
});

describe('a computer that keeps up again', () => {
  test('sends its higher layers again first, then receives more pictures, one slow step after the other', () => {
    last('strained', LONG_MS);
    steps = [];
    const begin = now;
    last('light', LONG_MS);
    expect(steps).toEqual([
      { pictures: FEWEST_PICTURES, layer: 1 },
      { pictures: FEWEST_PICTURES, layer: null },
      { pictures: 4, layer: null },
      { pictures: 8, layer: null },
      { pictures: 16, layer: null },
      FULL,
    ]);
    expect(now - begin).toBeGreaterThanOrEqual(steps.length * LIGHT_FOR_MS);
  });

  test('has to be so without a break', () => {
    last('strained', STRAINED_FOR_MS + EVERY_MS);
    for (let turn = 0; turn < 5; turn += 1) {
      last('light', LIGHT_FOR_MS - EVERY_MS);
      last('fair', EVERY_MS);
    }
    expect(steps).toHaveLength(1);
  });

  test('waits twice as long before it tries again what was too much', () => {
    const waited: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      last('strained', STRAINED_FOR_MS + EVERY_MS);
      const begin = now;
      for (const count = steps.length; steps.length === count;) last('light', EVERY_MS);
      waited.push(Math.round((now - begin) / LIGHT_FOR_MS));
      // Long enough for the next step down, and a relapse all the same.
      last('fair', STEP_PAUSE_MS);
    }
    expect(waited).toEqual([1, 2, 4, 8]);
  });

  test('is trusted as before when a step up was good for a while', () => {
    for (let turn = 0; turn < 2; turn += 1) {
      last('strained', STRAINED_FOR_MS + EVERY_MS);
      last('light', LIGHT_FOR_MS + EVERY_MS);
      last('fair', RELAPSE_MS);
    }
    expect(steps).toHaveLength(4);
  });
});

test('time in which nothing is measured counts for nothing', () => {
  last('strained', STRAINED_FOR_MS);
  stepDown.pause(now);
  last('strained', STRAINED_FOR_MS);
  expect(steps).toEqual([]);
});
