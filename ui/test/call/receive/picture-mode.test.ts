import { describe, expect, test } from '@jest/globals';
import type { Picture } from '../../../src/call/receive/picture.ts';
import { layersFor } from '../../../src/call/receive/picture-layers.ts';
import {
  FEW_PICTURES_MAX,
  NO_LIMITS,
  picturesToReceive,
  type PictureLimits,
} from '../../../src/call/receive/picture-mode.ts';
import { peerId } from '../../support/records.ts';

const picture = (name: string, change: Partial<Picture> = {}): Picture => ({
  peerId: peerId(name),
  source: 'camera',
  width: 800,
  height: 450,
  important: false,
  ...change,
});
const shown = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay'].map((name) => picture(name));
const limits = (change: Partial<PictureLimits>): PictureLimits => ({ ...NO_LIMITS, ...change });
const names = (pictures: readonly Picture[]) => pictures.map((item) => item.peerId as string);

const FEW = limits({ mode: 'few' });

describe('the pictures that are received', () => {
  test('are all that are shown, unless the person chose otherwise', () => {
    expect(picturesToReceive(shown, NO_LIMITS)).toEqual(shown);
  });

  test('are none with voices only', () => {
    expect(
      picturesToReceive([...shown, picture('gus', { source: 'screen' })], limits({ mode: 'none' })),
    ).toEqual([]);
  });

  test('are always the same few of equal ones, to save power', () => {
    const few = names(picturesToReceive(shown, FEW));
    expect(few).toHaveLength(FEW_PICTURES_MAX);
    expect(names(picturesToReceive(shown.toReversed(), FEW)).toSorted()).toEqual(few);
  });

  test('are a shared screen, the stage and the largest, to save power', () => {
    const page = [
      ...shown,
      picture('small', { width: 100, height: 60 }),
      picture('staged', { width: 300, height: 170, important: true }),
      picture('screen', { source: 'screen', width: 1000, height: 700 }),
    ];
    expect(names(picturesToReceive(page, FEW))).toEqual(['ann', 'bob', 'staged', 'screen']);
  });

  test('are of the middle layer at most to save power, but a screen keeps its size', () => {
    const [camera, screen] = picturesToReceive(
      [
        picture('big', { width: 1920, height: 1080 }),
        picture('screen', { source: 'screen', width: 1920, height: 1080 }),
      ],
      FEW,
    );
    expect(layersFor(camera!).spatialLayer).toBe(1);
    expect([screen?.width, screen?.height]).toEqual([1920, 1080]);
  });

  test.each<[string, Partial<PictureLimits>, string[]]>([
    ['as many as the person wants', { max: 2 }, ['ann', 'bob']],
    ['one at least', { max: 1 }, ['ann']],
    ['as many as this computer keeps up with', { easedMax: 3 }, ['ann', 'bob', 'cat']],
    ['the smaller of both', { max: 1, easedMax: 3 }, ['ann']],
    ['all of fewer', { max: 16 }, ['ann', 'bob', 'cat', 'dan', 'eve', 'fay']],
    ['no more than a few to save power', { mode: 'few', max: 16 }, ['ann', 'bob', 'cat', 'dan']],
  ])('are %s', (_what, change, expected) => {
    expect(names(picturesToReceive(shown, limits(change)))).toEqual(expected);
  });

  test('are first screens, then what is pinned, then those who spoke last, then the larger ones', () => {
    const page = [
      picture('large', { width: 1600 }),
      picture('quiet'),
      picture('voice'),
      picture('earlier'),
      picture('pinned', { important: true, width: 100 }),
      picture('screen', { source: 'screen', width: 100 }),
    ];
    const heard = ['voice', 'earlier'].map((name) => peerId(name));
    const best = (max: number) => names(picturesToReceive(page, limits({ max }), heard)).toSorted();
    expect(best(1)).toEqual(['screen']);
    expect(best(2)).toEqual(['pinned', 'screen']);
    expect(best(3)).toEqual(['pinned', 'screen', 'voice']);
    expect(best(4)).toEqual(['earlier', 'pinned', 'screen', 'voice']);
    expect(best(5)).toEqual(['earlier', 'large', 'pinned', 'screen', 'voice']);
  });

  test('are those in windows of their own while nobody sees the page', () => {
    const page = [...shown, picture('gus', { apart: true })];
    expect(names(picturesToReceive(page, limits({ outOfSight: true })))).toEqual(['gus']);
    expect(picturesToReceive(shown, limits({ outOfSight: true }))).toEqual([]);
  });
});
