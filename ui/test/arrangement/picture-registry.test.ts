import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Picture } from '../../src/call/receive/picture.ts';
import { PictureRegistry } from '../../src/arrangement/picture-registry.ts';
import { peer } from '../support/call-state.ts';

const picture = (name: string, width: number): Picture => ({
  peerId: peer(name),
  source: 'camera',
  width,
  height: width,
  important: false,
});

describe('the picture registry', () => {
  let reports: (readonly Picture[])[];
  let registry: PictureRegistry;

  beforeEach(() => {
    jest.useFakeTimers();
    reports = [];
    registry = new PictureRegistry((pictures) => reports.push(pictures));
  });

  afterEach(() => {
    registry.close();
    jest.useRealTimers();
  });

  test('reports pictures that appear together in one list, at once', () => {
    registry.set('a', picture('ada', 100));
    registry.set('b', picture('bela', 100));
    jest.advanceTimersByTime(0);
    expect(reports).toEqual([[picture('ada', 100), picture('bela', 100)]]);
  });

  test('leaves out most sizes of a transition, and reports the last one', () => {
    for (let width = 100; width <= 200; width += 1) {
      registry.set('a', picture('ada', width));
      jest.advanceTimersByTime(5);
    }
    jest.advanceTimersByTime(1000);
    expect(reports.length).toBeLessThan(8);
    expect(reports.at(-1)).toEqual([picture('ada', 200)]);
  });

  test('lists a picture twice that is shown in two places', () => {
    registry.set('a', picture('ada', 100));
    registry.set('b', picture('ada', 300));
    jest.advanceTimersByTime(0);
    expect(reports).toEqual([[picture('ada', 100), picture('ada', 300)]]);
  });

  test('reports a list without a picture that has left the page', () => {
    registry.set('a', picture('ada', 100));
    jest.advanceTimersByTime(1000);
    registry.delete('a');
    jest.advanceTimersByTime(1000);
    expect(reports.at(-1)).toEqual([]);
  });

  test('does not report the same size again', () => {
    registry.set('a', picture('ada', 100));
    jest.advanceTimersByTime(1000);
    registry.set('a', picture('ada', 100));
    jest.advanceTimersByTime(1000);
    expect(reports).toHaveLength(1);
  });

  test('reports nothing after close', () => {
    registry.set('a', picture('ada', 100));
    registry.close();
    registry.set('b', picture('bela', 100));
    jest.advanceTimersByTime(1000);
    expect(reports).toEqual([]);
  });
});
