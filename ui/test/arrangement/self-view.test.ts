import { describe, expect, test } from '@jest/globals';
import { movedCorner, nearestCorner, selfPlacement } from '../../src/arrangement/self-view.ts';

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

  test('moves along the edges with the arrow keys, and not with other keys', () => {
    expect(movedCorner('bottom-right', 'ArrowUp')).toBe('top-right');
    expect(movedCorner('top-right', 'ArrowLeft')).toBe('top-left');
    expect(movedCorner('top-left', 'ArrowLeft')).toBe('top-left');
    expect(movedCorner('top-left', 'a')).toBeNull();
  });

  test('is dropped into the nearest corner', () => {
    const container = { width: 100, height: 100 };
    expect(nearestCorner(10, 10, container)).toBe('top-left');
    expect(nearestCorner(90, 49, container)).toBe('top-right');
    expect(nearestCorner(49, 90, container)).toBe('bottom-left');
    expect(nearestCorner(120, 120, container)).toBe('bottom-right');
  });
});
