import { describe, expect, test } from '@jest/globals';
import {
  movedCorner,
  nearestCorner,
  SELF_MARGIN,
  selfPlacement,
  selfViewSize,
} from '../../src/arrangement/self-view.ts';

describe('the self view', () => {
  test.each([
    ['is inline for a person who is alone, even if hidden', 'hidden', 0, 'grid', false, 'inline'],
    ['floats beside one other person', 'auto', 1, 'grid', false, 'floating'],
    ['is a tile of the grid among more people', 'auto', 2, 'grid', false, 'inline'],
    ['is in the strip beside a shared screen', 'auto', 1, 'stage', true, 'inline'],
    ['floats over the stage of the only other person', 'auto', 1, 'stage', false, 'floating'],
    ['floats if the person chose so', 'floating', 5, 'grid', false, 'floating'],
    ['is hidden if the person chose so', 'hidden', 5, 'stage', true, 'hidden'],
  ] as const)('%s', (_what, choice, others, mode, shared, expected) => {
    expect(selfPlacement(choice, others, mode, shared)).toBe(expected);
  });

  const WIDE = { width: 640, height: 360 };
  const UPRIGHT = { width: 360, height: 640 };
  test.each([
    ['a desktop and a wide camera', { width: 1256, height: 720 }, WIDE, { width: 251, height: 141 }],
    ['a desktop and an upright camera', { width: 1256, height: 720 }, UPRIGHT, { width: 243, height: 324 }],
    ['an upright phone without a camera', { width: 374, height: 760 }, null, { width: 112, height: 149 }],
    ['an upright phone and a wide camera', { width: 374, height: 760 }, WIDE, { width: 112, height: 63 }],
    ['a phone on its side', { width: 828, height: 310 }, null, { width: 165, height: 92 }],
    ['hardly any room', { width: 120, height: 60 }, null, { width: 48, height: 27 }],
    ['a stage that is not measured yet', { width: 0, height: 0 }, null, { width: 0, height: 0 }],
  ])('has a size that fits %s', (_what, frame, camera, size) => {
    expect(selfViewSize(frame, camera)).toEqual(size);
  });

  test('stays inside the picture below it, whatever its size', () => {
    for (let width = 60; width <= 1920; width += 60) {
      for (let height = 60; height <= 1080; height += 60) {
        for (const camera of [null, WIDE, UPRIGHT]) {
          const size = selfViewSize({ width, height }, camera);
          const fits =
            size.width <= width - 2 * SELF_MARGIN &&
            size.height <= Math.max(height / 2, height - 2 * SELF_MARGIN);
          expect({ width, height, fits }).toEqual({ width, height, fits: true });
        }
      }
    }
  });

  test('moves along the edges with the arrow keys, and not with other keys', () => {
    expect(movedCorner('bottom-end', 'ArrowUp', 'ltr')).toBe('top-end');
    expect(movedCorner('top-end', 'ArrowLeft', 'ltr')).toBe('top-start');
    expect(movedCorner('top-start', 'ArrowLeft', 'ltr')).toBe('top-start');
    expect(movedCorner('top-start', 'a', 'ltr')).toBeNull();
  });

  test('is dropped into the nearest corner', () => {
    const container = { width: 100, height: 100 };
    expect(nearestCorner(10, 10, container, 'ltr')).toBe('top-start');
    expect(nearestCorner(90, 49, container, 'ltr')).toBe('top-end');
    expect(nearestCorner(49, 90, container, 'ltr')).toBe('bottom-start');
    expect(nearestCorner(120, 120, container, 'ltr')).toBe('bottom-end');
  });

  test('has its corners mirrored in a language that is written from the right', () => {
    expect(movedCorner('bottom-end', 'ArrowRight', 'rtl')).toBe('bottom-start');
    expect(movedCorner('bottom-start', 'ArrowLeft', 'rtl')).toBe('bottom-end');
    expect(movedCorner('bottom-start', 'ArrowUp', 'rtl')).toBe('top-start');
    expect(nearestCorner(10, 10, { width: 100, height: 100 }, 'rtl')).toBe('top-end');
    expect(nearestCorner(90, 90, { width: 100, height: 100 }, 'rtl')).toBe('bottom-start');
  });
});
