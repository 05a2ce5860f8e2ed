import { expect, test } from '@jest/globals';
import {
  acceptsRoom,
  choosePeerWorker,
  chooseWorker,
  type WorkerLimits,
  type WorkerLoad,
} from '../../src/node/placement.ts';
import { comingStreams, type ArrivingPeer } from '../../src/room/peer-consumers.ts';

const LIMITS: WorkerLimits = { cpu: 0.8, rooms: 10, peers: 100, consumers: 1000, spread: 0.6 };
const IDLE: WorkerLoad = { healthy: true, cpu: 0, rooms: 0, peers: 0, consumers: 0, coming: 0 };

test.each<[string, Partial<WorkerLoad>, boolean]>([
  ['an idle worker takes a room', {}, true],
  ['an unhealthy one does not', { healthy: false }, false],
  ['one at its CPU bound does not', { cpu: 0.8 }, false],
  ['one below it does', { cpu: 0.79 }, true],
  ['one full of rooms does not', { rooms: 10 }, false],
  ['one full of peers does not', { peers: 100 }, false],
  ['one full of consumers does not', { consumers: 1000 }, false],
  ['one that will be full in a moment does', { consumers: 900, coming: 900 }, true],
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
  ['the one where fewer streams are to come', [{ coming: 20 }, { rooms: 0, peers: 1, coming: 10 }], 1],
  ['an unhealthy one is passed over', [{ healthy: false }, { cpu: 0.5 }], 1],
  ['none when all are full', [{ rooms: 10 }, { cpu: 0.9 }], undefined],
  ['none when there are no workers', [], undefined],
])('a room is placed: %s', (_name, loads, chosen) => {
  const workers = loads.map((load, index) => ({ index, load: { ...IDLE, ...load } }));
  expect(chooseWorker(workers, LIMITS)?.index).toBe(chosen);
});

const BELOW = { consumers: 599 };
const PAST = { consumers: 600 };

test.each<[string, used: Partial<WorkerLoad>[], others: Partial<WorkerLoad>[], string | undefined]>([
  ['the worker of the room, even if another one is idle', [BELOW], [{}], 'used 0'],
  ['the only worker, whatever its load', [{ consumers: 5_000, peers: 200, healthy: false }], [], 'used 0'],
  ['the less loaded one of two', [{ consumers: 300 }, { consumers: 200 }], [{}], 'used 1'],
  [
    'the one with fewer streams, whatever its peers',
    [{ consumers: 9 }, { consumers: 8, peers: 90, rooms: 9 }],
    [{}],
    'used 1',
  ],
  ['the one with fewer peers of equals', [{ peers: 2 }, { peers: 1 }], [{}], 'used 1'],
  ['the one that is below, of two', [PAST, BELOW], [{}], 'used 1'],
  ['another one past the threshold of streams', [PAST], [{}], 'other 0'],
  ['another one past the threshold of CPU', [{ cpu: 0.48 }], [{}], 'other 0'],
  ['another one for streams that are to come', [{ consumers: 300, coming: 300 }], [{}], 'other 0'],
  ['not for fewer of them', [{ consumers: 300, coming: 299 }], [{}], 'used 0'],
  [
    'the one where fewer are to come',
    [
      { coming: 40, peers: 1 },
      { coming: 30, peers: 9 },
    ],
    [{}],
    'used 1',
  ],
  ['the other one where fewer are to come', [PAST], [{ coming: 30 }, { coming: 20 }], 'other 1'],
  ['not for CPU below it', [{ cpu: 0.47 }], [{}], 'used 0'],
  ['not for peers and rooms alone', [{ peers: 90, rooms: 9 }], [{}], 'used 0'],
  ['the least loaded other one', [PAST], [{ consumers: 300 }, { consumers: 200 }, { cpu: 0.4 }], 'other 1'],
  ['one of the room when the others are past it as well', [PAST, { consumers: 700 }], [PAST], 'used 0'],
  ['the least loaded one of the room then', [{ consumers: 900 }, { consumers: 800 }], [PAST], 'used 1'],
  ['one of the room when the others take no room', [PAST], [{ rooms: 10 }, { healthy: false }], 'used 0'],
  ['another one when that of the room is full of peers', [{ peers: 100 }], [PAST], 'other 0'],
  ['another one when that of the room does not answer', [{ healthy: false }], [PAST], 'other 0'],
  [
    'the first of the room, which refuses, when nobody has space',
    [{ peers: 100 }],
    [{ peers: 100 }],
    'used 0',
  ],
  ['none without workers', [], [], undefined],
])('the next peer of a room goes to %s', (_name, used, others, chosen) => {
  const named = (name: string) => (load: Partial<WorkerLoad>, index: number) => ({
    name: `${name} ${index}`,
    load: { ...IDLE, ...load },
  });
  expect(choosePeerWorker(used.map(named('used')), others.map(named('other')), LIMITS)?.name).toBe(chosen);
});

test.each<[string, people: number, spread: number, workers: number]>([
  ['a small room on one worker', 12, 0.6, 1],
  ['a large one on two', 40, 0.6, 2],
  ['a larger one on all three, evenly', 75, 0.6, 3],
])('a burst of joins, of which none has a stream yet, puts %s', (_name, people, spread, workers) => {
  const taken = place({ people, spread, everyMs: 10, mayBeInLobby: false });
  expect(taken).toHaveLength(workers);
  // The first worker takes people until it is past the threshold.
  if (workers === 3) expect(Math.max(...taken)).toBeLessThanOrEqual(26);
});

test('people who come into the lobby one by one are spread as well, however long they stay there', () => {
  for (const everyMs of [10, 1_000, 30_000]) {
    const taken = place({ people: 75, spread: 0.6, everyMs, mayBeInLobby: true });
    expect(taken).toHaveLength(3);
    expect(Math.max(...taken)).toBeLessThanOrEqual(26);
  }
});

type Burst = Pick<ArrivingPeer, 'mayBeInLobby'> & { people: number; spread: number; everyMs: number };

/** The people on each of three workers that has any, of one room in which nobody has a stream yet. */
function place({ people, spread, everyMs, mayBeInLobby }: Burst): number[] {
  const placedAt: number[][] = [[], [], []];
  for (let joined = 0; joined < people; joined++) {
    const now = joined * everyMs;
    const coming = (placedAtMs: number): number =>
      comingStreams(
        { others: joined - 1, has: 0, placedAtMs, firstConsumerAtMs: undefined, mayBeInLobby },
        now,
      );
    const named = placedAt.map((times, index) => ({
      index,
      load: { ...IDLE, peers: times.length, coming: times.reduce((sum, time) => sum + coming(time), 0) },
    }));
    const used = named.filter(({ load }) => load.peers > 0);
    const others = named.filter(({ load }) => load.peers === 0);
    const chosen = choosePeerWorker(used, others, { ...LIMITS, spread }) ?? chooseWorker(others, LIMITS);
    placedAt[chosen!.index]!.push(now);
  }
  return placedAt.map((times) => times.length).filter((peers) => peers > 0);
}
