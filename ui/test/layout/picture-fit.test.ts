import { describe, expect, test } from '@jest/globals';
import { cameraShapes, pictureFit, shownArea } from '../../src/layout/picture-fit.ts';

const UPRIGHT = { width: 360, height: 640 };
const WIDE = { width: 1280, height: 720 };
const OLD = { width: 640, height: 480 };

const DESKTOP = { width: 1256, height: 720 };
const PHONE = { width: 374, height: 760 };
const SQUARE = { width: 100, height: 100 };

describe('a picture in its tile', () => {
  test.each([
    ['a wide picture in a wide tile', WIDE, DESKTOP, 'cover'],
    ['a wide picture in a 4:3 tile', WIDE, { width: 400, height: 300 }, 'cover'],
    ['a 4:3 picture in a wide tile', OLD, DESKTOP, 'cover'],
    ['an upright picture on an upright phone', UPRIGHT, PHONE, 'cover'],
    ['an upright picture in a wide tile', UPRIGHT, DESKTOP, 'contain'],
    ['an upright picture in a square', UPRIGHT, SQUARE, 'cover'],
    ['an upright picture in a 4:3 tile', UPRIGHT, { width: 400, height: 300 }, 'contain'],
    ['a wide picture in an upright tile', WIDE, { width: 90, height: 120 }, 'contain'],
    ['a wide picture on an upright phone', WIDE, PHONE, 'contain'],
    ['a 4:3 picture in an upright tile', OLD, { width: 90, height: 120 }, 'cover'],
    ['a picture without a frame yet', null, DESKTOP, 'cover'],
    ['a picture without a size', { width: 0, height: 0 }, DESKTOP, 'cover'],
    ['a tile that is not measured yet', UPRIGHT, { width: 0, height: 0 }, 'cover'],
  ] as const)('%s', (_what, picture, tile, fit) => {
    expect(pictureFit(picture, tile, null)).toBe(fit);
  });

  test('obeys the choice of the person', () => {
    expect(pictureFit(UPRIGHT, DESKTOP, 'cover')).toBe('cover');
    expect(pictureFit(WIDE, DESKTOP, 'contain')).toBe('contain');
  });

  test('takes the whole tile, or an area of its own shape inside it', () => {
    expect(shownArea(UPRIGHT, DESKTOP, 'cover')).toEqual(DESKTOP);
    expect(shownArea(UPRIGHT, DESKTOP, 'contain')).toEqual({ width: 405, height: 720 });
    expect(shownArea(WIDE, PHONE, 'contain')).toEqual({ width: 374, height: 210.375 });
    expect(shownArea(null, DESKTOP, 'contain')).toEqual(DESKTOP);
  });

  test.each([
    [[], 'unknown'],
    [[{ width: 0, height: 0 }], 'unknown'],
    [[WIDE], 'wide'],
    [[UPRIGHT], 'upright'],
    [[UPRIGHT, WIDE], 'wide'],
    [[UPRIGHT, WIDE, UPRIGHT], 'upright'],
  ] as const)('the cameras %j are %s', (pictures, shapes) => {
    expect(cameraShapes(pictures)).toBe(shapes);
  });
});
