import { describe, expect, test } from '@jest/globals';
import type { Picture } from '../../../src/call/receive/picture.ts';
import { layersFor } from '../../../src/call/receive/picture-layers.ts';
import { FEW_PICTURES_MAX, picturesToReceive } from '../../../src/call/receive/picture-mode.ts';
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
const names = (pictures: readonly Picture[]) => pictures.map((item) => item.peerId as string);

describe('the pictures that are received', () => {
  test('are all that are shown, unless the person chose otherwise', () => {
    expect(picturesToReceive(shown, 'all')).toEqual(shown);
  });

  test('are none with voices only', () => {
    expect(picturesToReceive([...shown, picture('gus', { source: 'screen' })], 'none')).toEqual([]);
  });

  test('are always the same few of equal ones, to save power', () => {
    const few = names(picturesToReceive(shown, 'few'));
    expect(few).toHaveLength(FEW_PICTURES_MAX);
    expect(names(picturesToReceive(shown.toReversed(), 'few')).toSorted()).toEqual(few);
  });

  test('are a shared screen, the stage and the largest, to save power', () => {
    const page = [
      ...shown,
      picture('small', { width: 100, height: 60 }),
      picture('staged', { width: 300, height: 170, important: true }),
      picture('screen', { source: 'screen', width: 1000, height: 700 }),
    ];
    expect(names(picturesToReceive(page, 'few'))).toEqual(['ann', 'bob', 'staged', 'screen']);
  });

  test('are of the middle layer at most to save power, but a screen keeps its size', () => {
    const [camera, screen] = picturesToReceive(
      [
        picture('big', { width: 1920, height: 1080 }),
        picture('screen', { source: 'screen', width: 1920, height: 1080 }),
      ],
      'few',
    );
    expect(layersFor(camera!).spatialLayer).toBe(1);
    expect([screen?.width, screen?.height]).toEqual([1920, 1080]);
  });
});
