import { expect, test } from '@jest/globals';
import { wantedCount, wantedLayers } from '../../src/layers/wanted-layers.ts';
import type { ConsumerDemand } from '../../src/router/peer-consumer.ts';

const running = (spatialLayer?: number): ConsumerDemand => ({ paused: false, spatialLayer });
const paused = (spatialLayer?: number): ConsumerDemand => ({ paused: true, spatialLayer });

test.each<[string, number, ConsumerDemand[], number]>([
  ['no consumer', 3, [], 0],
  ['only paused consumers', 3, [paused(2), paused()], 0],
  ['one small tile', 3, [running(0)], 1],
  ['a small and a middle tile', 3, [running(0), running(1)], 2],
  ['the large one is paused', 3, [running(0), paused(2)], 1],
  ['one without a preference takes the highest', 3, [running(0), running()], 3],
  ['a layer above the highest is the highest', 2, [running(7)], 2],
  ['a producer of one layer', 1, [running(2)], 1],
])('%s', (_name, layerCount, demands, count) => {
  expect(wantedCount(wantedLayers(layerCount, demands))).toBe(count);
});
