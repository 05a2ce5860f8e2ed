import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { View } from '../../src/call/types.ts';
import { PictureRegistry } from '../../src/arrangement/picture-registry.ts';
import { peer } from '../support/call-state.ts';

const view = (name: string, width: number, important = false): Picture => ({
  peerId: peer(name),
  source: 'camera',
  width,
  height: width,
  important,
});

describe('the pictures on the page', () => {
  let published: (readonly View[])[];
  let registry: PictureRegistry;

  beforeEach(() => {
    jest.useFakeTimers();
    published = [];
    registry = new PictureRegistry((views) => published.push(views));
  });

  afterEach(() => {
    registry.close();
    jest.useRealTimers();
  });

  test('what appears together is told together, at once', () => {
    registry.set('a', view('ada', 100));
    registry.set('b', view('bela', 100));
    jest.advanceTimersByTime(0);
    expect(published).toEqual([[view('ada', 100), view('bela', 100)]]);
  });

  test('sizes of a transition are thinned out, and the last one is told', () => {
    for (let width = 100; width <= 200; width += 1) {
      registry.set('a', view('ada', width));
      jest.advanceTimersByTime(5);
    }
    jest.advanceTimersByTime(1000);
    expect(published.length).toBeLessThan(8);
    expect(published.at(-1)).toEqual([view('ada', 200)]);
  });

  test('a picture shown in two places is told once, at the larger size, important if either is', () => {
    registry.set('a', view('ada', 100, true));
    registry.set('b', view('ada', 300));
    jest.advanceTimersByTime(0);
    expect(published).toEqual([[view('ada', 300, true)]]);
  });

  test('what is gone from the page is gone from the list', () => {
    registry.set('a', view('ada', 100));
    jest.advanceTimersByTime(1000);
    registry.delete('a');
    jest.advanceTimersByTime(1000);
    expect(published.at(-1)).toEqual([]);
  });

  test('the same size again is no news', () => {
    registry.set('a', view('ada', 100));
    jest.advanceTimersByTime(1000);
    registry.set('a', view('ada', 100));
    jest.advanceTimersByTime(1000);
    expect(published).toHaveLength(1);
  });

  test('after close nothing is told', () => {
    registry.set('a', view('ada', 100));
    registry.close();
    registry.set('b', view('bela', 100));
    jest.advanceTimersByTime(1000);
    expect(published).toEqual([]);
  });
});
