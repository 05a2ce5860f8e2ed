import { expect, test } from '@jest/globals';
import { acceptsRoom, chooseWorker, type WorkerLimits, type WorkerLoad } from '../../src/room/placement.ts';

const LIMITS: WorkerLimits = { cpu: 0.8, rooms: 10, peers: 100, consumers: 1000 };
const IDLE: WorkerLoad = { healthy: true, cpu: 0, rooms: 0, peers: 0, consumers: 0 };

test.each<[string, Partial<WorkerLoad>, boolean]>([
  ['an idle worker takes a room', {}, true],
  ['an unhealthy one does not', { healthy: false }, false],
  ['one at its CPU bound does not', { cpu: 0.8 }, false],
  ['one below it does', { cpu: 0.79 }, true],
  ['one full of rooms does not', { rooms: 10 }, false],
  ['one full of peers does not', { peers: 100 }, false],
  ['one full of consumers does not', { consumers: 1000 }, false],
])('%s', (_name, load, accepts) => {
  expect(acceptsRoom({ ...IDLE, ...load }, LIMITS)).toBe(accepts);
});

test.each<[string, Partial<WorkerLoad>[], number | undefined]>([
  ['the first of equals', [{}, {}], 0],
  ['the one with less CPU', [{ cpu: 0.5 }, { cpu: 0.1 }], 1],
  ['the one with fewer rooms when both do nothing', [{ rooms: 2 }, { rooms: 1 }], 1],
  [
    'what is tightest counts',
    [
      { cpu: 0.1, consumers: 900 },
      { cpu: 0.5, consumers: 10 },
    ],
    1,
  ],
  ['an unhealthy one is passed over', [{ healthy: false }, { cpu: 0.5 }], 1],
  ['none when all are full', [{ rooms: 10 }, { cpu: 0.9 }], undefined],
  ['none when there are no workers', [], undefined],
])('a room is placed: %s', (_name, loads, chosen) => {
  const workers = loads.map((load, index) => ({ index, load: { ...IDLE, ...load } }));
  expect(chooseWorker(workers, LIMITS)?.index).toBe(chosen);
});
