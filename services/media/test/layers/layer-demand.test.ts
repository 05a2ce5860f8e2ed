import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { LayerDemand } from '../../src/layers/layer-demand.ts';
import type { WantedLayers } from '../../src/layers/wanted-layers.ts';

const LOWER_AFTER_MS = 2000;

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

function create(): { demand: LayerDemand; reports: WantedLayers[] } {
  const demand = new LayerDemand(3, LOWER_AFTER_MS);
  const reports: WantedLayers[] = [];
  demand.on('changed', (wanted) => reports.push(wanted));
  return { demand, reports };
}

test('a producer without consumers is reported as unwanted after a while, not at once', () => {
  const { reports } = create();
  jest.advanceTimersByTime(LOWER_AFTER_MS - 1);
  expect(reports).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(reports).toEqual([{ wanted: false, maxSpatialLayer: 0 }]);
});

test('a rise is reported at once', () => {
  const { demand, reports } = create();
  jest.advanceTimersByTime(LOWER_AFTER_MS);
  demand.set('a', { paused: false, spatialLayer: 0 });
  demand.set('b', { paused: false, spatialLayer: 2 });
  expect(reports.slice(1)).toEqual([
    { wanted: true, maxSpatialLayer: 0 },
    { wanted: true, maxSpatialLayer: 2 },
  ]);
});

test('a fall that ends in time is never reported', () => {
  const { demand, reports } = create();
  demand.set('a', { paused: false, spatialLayer: 2 });
  demand.set('a', { paused: true, spatialLayer: 2 });
  jest.advanceTimersByTime(LOWER_AFTER_MS - 1);
  demand.set('a', { paused: false, spatialLayer: 2 });
  jest.advanceTimersByTime(LOWER_AFTER_MS * 2);
  expect(reports).toEqual([]);
});

test('a consumer that is new is expected to be resumed, and only for a while', () => {
  const { demand, reports } = create();
  jest.advanceTimersByTime(LOWER_AFTER_MS);
  demand.set('a', { paused: true, spatialLayer: 1 });
  expect(reports.slice(1)).toEqual([{ wanted: true, maxSpatialLayer: 1 }]);
  demand.set('a', { paused: true, spatialLayer: 2 });
  jest.advanceTimersByTime(LOWER_AFTER_MS);
  expect(reports.slice(2)).toEqual([{ wanted: false, maxSpatialLayer: 0 }]);
});

test('a closed consumer wants nothing any more', () => {
  const { demand, reports } = create();
  demand.set('a', { paused: false, spatialLayer: 2 });
  demand.set('b', { paused: false, spatialLayer: 0 });
  demand.delete('a');
  jest.advanceTimersByTime(LOWER_AFTER_MS);
  expect(reports).toEqual([{ wanted: true, maxSpatialLayer: 0 }]);
  expect(demand.reported).toEqual({ wanted: true, maxSpatialLayer: 0 });
});

test('after close nothing is reported and no timer is left', () => {
  const { demand, reports } = create();
  demand.close();
  demand.set('a', { paused: false });
  expect(jest.getTimerCount()).toBe(0);
  expect(reports).toEqual([]);
});
