import { describe, expect, test } from '@jest/globals';
import { ownQuality, qualityOfScore, remoteQuality } from '../../../src/call/media/connection-quality.ts';
import { layersFor, priorityFor } from '../../../src/call/receive/picture-layers.ts';

describe('the layers of a picture', () => {
  test.each([
    // width, height, spatial, temporal
    [160, 90, 0, 1],
    [213, 120, 0, 2],
    [320, 180, 0, 2],
    [430, 242, 0, 2],
    [480, 270, 1, 2],
    [640, 360, 1, 2],
    [860, 484, 1, 2],
    [960, 540, 2, 2],
    [1280, 720, 2, 2],
    [3840, 2160, 2, 2],
  ])('are, for %i x %i device pixels, s%i t%i', (width, height, spatialLayer, temporalLayer) => {
    expect(layersFor({ source: 'camera', width, height })).toEqual({ spatialLayer, temporalLayer });
  });

  test('follow the larger side of a tile that crops the picture', () => {
    expect(layersFor({ source: 'camera', width: 390, height: 500 }).spatialLayer).toBe(2);
    expect(layersFor({ source: 'camera', width: 900, height: 120 }).spatialLayer).toBe(2);
  });

  test('of a shared screen are all of them, however small the tile', () => {
    expect(layersFor({ source: 'screen', width: 100, height: 60 })).toEqual({
      spatialLayer: 0,
      temporalLayer: 2,
    });
  });

  test('have the highest priority for what is pinned, then for screens, then for those who speak', () => {
    const camera = { source: 'camera', important: false } as const;
    const order = [
      priorityFor({ source: 'screen', important: true }, false),
      priorityFor({ ...camera, important: true }, false),
      priorityFor({ source: 'screen', important: false }, true),
      priorityFor(camera, true),
      priorityFor(camera, false),
    ];
    expect(order).toEqual(order.toSorted((a, b) => b - a));
    expect(new Set(order).size).toBe(order.length);
  });
});

describe('the dots beside a name', () => {
  test.each([
    [10, 4],
    [9, 4],
    [8, 3],
    [6, 2],
    [3, 1],
    [0, 0],
  ])('for the score %i are %i', (score, dots) => {
    expect(qualityOfScore(score)).toBe(dots);
  });

  test('show the worst score of all streams, on the way from either side', () => {
    const streams = [
      { score: 10, producerScore: 10, paused: false },
      { score: 10, producerScore: 6, paused: false },
    ];
    expect(remoteQuality('connected', streams)).toBe(2);
  });

  test('leave out paused streams, and are unknown while nothing flows', () => {
    expect(remoteQuality('connected', [{ score: 0, producerScore: 0, paused: true }])).toBeNull();
    expect(remoteQuality('connected', [])).toBeNull();
  });

  test('are empty while the other person reconnects', () => {
    expect(remoteQuality('reconnecting', [{ score: 10, producerScore: 10, paused: false }])).toBe(0);
  });

  test.each([
    [{ signaling: false, transports: ['connected' as const], producerScores: [10] }, 0],
    [{ signaling: true, transports: ['connected' as const, 'failed' as const], producerScores: [10] }, 0],
    [{ signaling: true, transports: ['connected' as const], producerScores: [10, 7] }, 3],
    [{ signaling: true, transports: ['connected' as const], producerScores: [] }, 4],
    [{ signaling: true, transports: ['new' as const], producerScores: [] }, null],
  ])('of oneself for %j are %p', (own, dots) => {
    expect(ownQuality(own)).toBe(dots);
  });
});
