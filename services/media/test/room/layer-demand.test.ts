import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { LayersWanted } from '../../src/room/dynacast.ts';
import { LayerDemand } from '../../src/room/layer-demand.ts';

const LOWER_AFTER_MS = 2000;

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

function create(): { demand: LayerDemand; told: LayersWanted[] } {
  const demand = new LayerDemand(3, LOWER_AFTER_MS);
  const told: LayersWanted[] = [];
  demand.on('changed', (wanted) => told.push(wanted));
  return { demand, told };
}

test('a producer nobody consumes is told so after a while, not at once', () => {
  const { told } = create();
  jest.advanceTimersByTime(LOWER_AFTER_MS - 1);
  expect(told).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(told).toEqual([{ wanted: false, maxSpatialLayer: 0 }]);
});

test('more is told at once', () => {
  const { demand, told } = create();
  jest.advanceTimersByTime(LOWER_AFTER_MS);
  demand.set('a', { paused: false, spatialLayer: 0 });
  demand.set('b', { paused: false, spatialLayer: 2 });
  expect(told.slice(1)).toEqual([
    { wanted: true, maxSpatialLayer: 0 },
    { wanted: true, maxSpatialLayer: 2 },
  ]);
});

test('less that becomes more again in time is never told', () => {
  const { demand, told } = create();
  demand.set('a', { paused: false, spatialLayer: 2 });
  demand.set('a', { paused: true, spatialLayer: 2 });
  jest.advanceTimersByTime(LOWER_AFTER_MS - 1);
  demand.set('a', { paused: false, spatialLayer: 2 });
  jest.advanceTimersByTime(LOWER_AFTER_MS * 2);
  expect(told).toEqual([]);
});

test('a consumer that goes takes its wish with it', () => {
  const { demand, told } = create();
  demand.set('a', { paused: false, spatialLayer: 2 });
  demand.set('b', { paused: false, spatialLayer: 0 });
  demand.delete('a');
  jest.advanceTimersByTime(LOWER_AFTER_MS);
  expect(told).toEqual([{ wanted: true, maxSpatialLayer: 0 }]);
  expect(demand.told).toEqual({ wanted: true, maxSpatialLayer: 0 });
});

test('after close nothing is told and no timer is left', () => {
  const { demand, told } = create();
  demand.close();
  demand.set('a', { paused: false });
  expect(jest.getTimerCount()).toBe(0);
  expect(told).toEqual([]);
});
