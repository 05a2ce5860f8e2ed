import { describe, expect, test } from '@jest/globals';
import { cameraEncodings } from '../../../src/call/send/encodings.ts';

describe('the layers of a camera', () => {
  test.each([
    // Width, height, by what each layer that is used is smaller.
    [1280, 720, [4, 2, 1]],
    [1920, 1080, [4, 2, 1]],
    [960, 540, [4, 2, 1]],
    [720, 1280, [4, 2, 1]],
    [640, 480, [2, 1]],
    [640, 360, [2, 1]],
    [480, 270, [2, 1]],
    [320, 240, [1]],
    [160, 120, [1]],
  ])('of %ix%i end with the whole picture among those that a browser sends', (width, height, scales) => {
    const encodings = cameraEncodings({ width, height });
    expect(encodings).toHaveLength(3);
    const used = encodings.filter(({ active }) => active);
    expect(used.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).toEqual(scales);
    expect(encodings.slice(0, used.length)).toEqual(used);
    expect(encodings.every(({ scalabilityMode }) => scalabilityMode === 'L1T3')).toBe(true);
  });

  test('of a size that the browser does not report are those of a usual camera', () => {
    expect(cameraEncodings({}).map(({ maxBitrate }) => maxBitrate)).toEqual([100_000, 300_000, 1_200_000]);
  });
});
