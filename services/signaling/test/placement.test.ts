import { describe, expect, test } from '@jest/globals';
import {
  chooseNode,
  WORTH_A_NODE_MS,
  type Choice,
  type NodeLoad,
  type PlacementWish,
} from '../src/nodes/placement.ts';

const node = (id: string, over: Partial<NodeLoad> = {}): NodeLoad => ({
  id,
  reachable: true,
  accepting: true,
  draining: false,
  cpu: 0,
  peers: 0,
  freePipePorts: 50,
  ...over,
});
const FULL = { accepting: false, cpu: 1 };
const AWAY = { reachable: false };
const NO_PORT = { freePipePorts: 0 };
/** Of a version that knows no links. */
const OLD = { freePipePorts: undefined };
const room = (peers: Record<string, number>) => new Map(Object.entries(peers));
const times = (ms: Record<string, number>) => ({ regionTimes: new Map(Object.entries(ms)) });
const choose = (nodes: NodeLoad[], wish: Partial<PlacementWish> = {}): Choice =>
  chooseNode(nodes, { room: new Map(), ...wish });

describe('the first peer of a room', () => {
  test.each<[string, NodeLoad[], string]>([
    ['takes the only node', [node('a')], 'a'],
    ['takes the less busy node', [node('a', { cpu: 0.6 }), node('b', { cpu: 0.2 })], 'b'],
    [
      'goes by peers where the load is about the same',
      [node('a', { cpu: 0.21, peers: 9 }), node('b', { cpu: 0.24, peers: 2 })],
      'b',
    ],
    ['is placed the same way between equals', [node('b'), node('a')], 'a'],
    ['needs no port for links', [node('a', NO_PORT), node('b', { cpu: 0.9 })], 'a'],
    [
      'passes over nodes that do not answer, do not accept or are about to stop',
      [node('a', AWAY), node('b', FULL), node('c', { draining: true }), node('d', { cpu: 0.9 })],
      'd',
    ],
  ])('%s', (_what, nodes, id) => {
    expect(choose(nodes)).toEqual({ id, as: 'first' });
  });

  test('goes to the nearest region, and there to the less busy node', () => {
    const nodes = [
      node('far', { region: 'us' }),
      node('busy', { region: 'eu', cpu: 0.9 }),
      node('near', { region: 'eu', cpu: 0.4 }),
    ];
    expect(choose(nodes, times({ us: 90, eu: 12 }))).toEqual({ id: 'near', as: 'first' });
  });

  test('takes a region that was not measured, or a node without one, for far', () => {
    const nodes = [node('unknown', { region: 'as' }), node('none'), node('far', { region: 'us', cpu: 0.9 })];
    expect(choose(nodes, times({ us: 250 }))).toEqual({ id: 'far', as: 'first' });
  });
});

describe('the next peer of a room', () => {
  test.each<[string, NodeLoad[], Partial<PlacementWish>, Choice]>([
    [
      'stays with the room, however idle another node is',
      [node('a', { cpu: 0.8, peers: 70 }), node('b')],
      { room: room({ a: 9 }) },
      { id: 'a', as: 'known' },
    ],
    [
      'is put on one more node when that of the room has no space',
      [node('a', FULL), node('b', { cpu: 0.5 }), node('c')],
      { room: room({ a: 9 }) },
      { id: 'c', as: 'space' },
    ],
    [
      'goes to a second node of the room before a third one',
      [node('a', FULL), node('b', { cpu: 0.5 }), node('c')],
      { room: room({ a: 9, b: 1 }) },
      { id: 'b', as: 'known' },
    ],
    [
      'goes where most of the room is, which needs fewest links',
      [node('a', { cpu: 0.1 }), node('b', { cpu: 0.5 })],
      { room: room({ a: 1, b: 8 }) },
      { id: 'b', as: 'known' },
    ],
    [
      'goes where it has something already, among equals',
      [node('a'), node('b')],
      { room: room({ a: 1, b: 8 }), current: 'a' },
      { id: 'a', as: 'known' },
    ],
    [
      'does not go to what it has on a node that the room is not on',
      [node('a'), node('b')],
      { room: room({ a: 3 }), current: 'b' },
      { id: 'a', as: 'known' },
    ],
    [
      'tries the node of the room although that says it is full, when no other one takes it',
      [node('a', FULL), node('b', AWAY), node('c', FULL)],
      { room: room({ a: 9 }) },
      { id: 'a', as: 'known' },
    ],
    [
      'leaves nodes that do not answer, are about to stop, or are not there any more',
      [node('a', AWAY), node('b', { draining: true }), node('c')],
      { room: room({ a: 4, b: 5, gone: 9 }), current: 'a' },
      { id: 'c', as: 'space' },
    ],
    [
      'is at home in a room that its nodes remember although nobody has media there now',
      [node('a', { cpu: 0.9 }), node('b')],
      { room: room({ a: 0 }) },
      { id: 'a', as: 'known' },
    ],
    [
      'goes to the node of the room that is nearest to it, not to the larger one',
      [node('a', { region: 'eu' }), node('b', { region: 'us' })],
      { room: room({ a: 9, b: 1 }), ...times({ eu: 95, us: 10 }) },
      { id: 'b', as: 'known' },
    ],
    [
      'brings one more node that is nearer by more than it costs',
      [node('a', { region: 'eu' }), node('b', { region: 'us' })],
      { room: room({ a: 9 }), ...times({ eu: 95, us: 10 }) },
      { id: 'b', as: 'nearer' },
    ],
    [
      'brings none that is hardly nearer',
      [node('a', { region: 'eu' }), node('b', { region: 'us' })],
      { room: room({ a: 9 }), ...times({ eu: 10 + WORTH_A_NODE_MS, us: 10 }) },
      { id: 'a', as: 'known' },
    ],
    [
      'brings none for a region that is as near',
      [node('a', { region: 'eu', cpu: 0.8 }), node('b', { region: 'eu' })],
      { room: room({ a: 9 }), ...times({ eu: 10 }) },
      { id: 'a', as: 'known' },
    ],
    [
      'passes over a further node without a port for links',
      [node('a', FULL), node('b', NO_PORT), node('c', { cpu: 0.5, freePipePorts: 1 })],
      { room: room({ a: 9 }) },
      { id: 'c', as: 'space' },
    ],
    [
      'tries the full node of the room where no further one could be linked with it',
      [node('a', { ...FULL, ...NO_PORT }), node('b')],
      { room: room({ a: 9 }) },
      { id: 'a', as: 'known' },
    ],
    [
      'tries the full node of the room where each further one has no port',
      [node('a', FULL), node('b', NO_PORT), node('c', NO_PORT)],
      { room: room({ a: 9 }) },
      { id: 'a', as: 'known' },
    ],
    [
      'passes over a further node that knows no links',
      [node('a', FULL), node('b', OLD), node('c', { cpu: 0.5 })],
      { room: room({ a: 9 }) },
      { id: 'c', as: 'space' },
    ],
    [
      'tries the full node of the room where that one knows no links',
      [node('a', { ...FULL, ...OLD }), node('b')],
      { room: room({ a: 9 }) },
      { id: 'a', as: 'known' },
    ],
    [
      'brings no nearer node where the one of the room knows no links',
      [node('a', { region: 'eu', ...OLD }), node('b', { region: 'us' })],
      { room: room({ a: 9 }), ...times({ eu: 95, us: 10 }) },
      { id: 'a', as: 'known' },
    ],
    [
      'is put on one more node for want of space where a node of the room still has a port',
      [node('a', { ...FULL, ...NO_PORT }), node('b', { ...FULL, freePipePorts: 3 }), node('c')],
      { room: room({ a: 9, b: 1 }) },
      { id: 'c', as: 'space' },
    ],
    [
      'brings no nearer node which not all of the room could be linked with',
      [
        node('a', { region: 'eu', ...NO_PORT }),
        node('b', { region: 'eu', freePipePorts: 3 }),
        node('c', { region: 'us' }),
      ],
      { room: room({ a: 1, b: 9 }), ...times({ eu: 95, us: 10 }) },
      { id: 'b', as: 'known' },
    ],
    [
      'brings the next nearer node where the nearest has no port',
      [
        node('a', { region: 'eu', freePipePorts: 9 }),
        node('b', { region: 'us', ...NO_PORT }),
        node('c', { region: 'as', freePipePorts: 9 }),
      ],
      { room: room({ a: 9 }), ...times({ eu: 95, us: 10, as: 20 }) },
      { id: 'c', as: 'nearer' },
    ],
    [
      'goes to a node that the room is on whether or not that has a port',
      [node('a', FULL), node('b', { cpu: 0.9, ...NO_PORT }), node('c')],
      { room: room({ a: 9, b: 1 }) },
      { id: 'b', as: 'known' },
    ],
    [
      'passes over a node without a port that has nobody of the room any more, however near',
      [node('a', { region: 'eu', ...NO_PORT }), node('b', { region: 'us', freePipePorts: 3 })],
      { room: room({ a: 0, b: 9 }), ...times({ eu: 10, us: 95 }) },
      { id: 'b', as: 'known' },
    ],
    [
      'comes back to the node that has nobody any more where that can be linked',
      [node('a', { region: 'eu', freePipePorts: 1 }), node('b', { region: 'us', freePipePorts: 3 })],
      { room: room({ a: 0, b: 9 }), ...times({ eu: 10, us: 95 }) },
      { id: 'a', as: 'known' },
    ],
    [
      'tries the full node that has people of the room before an empty one without a port',
      [node('a', { region: 'eu', ...NO_PORT }), node('b', { region: 'us', ...FULL })],
      { room: room({ a: 0, b: 9 }), ...times({ eu: 10, us: 95 }) },
      { id: 'b', as: 'known' },
    ],
    [
      'needs no port where the nodes of the room are about to stop, or have nobody',
      [node('a', { draining: true, ...NO_PORT }), node('b', { ...FULL, ...NO_PORT }), node('c', NO_PORT)],
      { room: room({ a: 9, b: 0 }) },
      { id: 'c', as: 'space' },
    ],
  ])('%s', (_what, nodes, wish, expected) => {
    expect(choose(nodes, wish)).toEqual(expected);
  });
});

test('no node that answers, and none that accepts, are different refusals', () => {
  const codeOf = (nodes: NodeLoad[], wish?: Partial<PlacementWish>): unknown => {
    try {
      return choose(nodes, wish);
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(codeOf([])).toBe('media_unavailable');
  expect(codeOf([node('a', AWAY), node('b', { draining: true })], { room: room({ a: 1 }) })).toBe(
    'media_unavailable',
  );
  expect(codeOf([node('a', FULL)])).toBe('at_capacity');
  expect(codeOf([node('a', FULL)], { room: room({ b: 1 }) })).toBe('at_capacity');
  expect(codeOf([node('a')], { refused: new Set('a') })).toBe('at_capacity');
  // A further node would be one that nobody of the room hears.
  const wish = { room: room({ a: 1 }), refused: new Set('a') };
  expect(codeOf([node('a', NO_PORT), node('b')], wish)).toBe('at_capacity');
  expect(choose([node('a', { freePipePorts: 1 }), node('b')], wish)).toEqual({ id: 'b', as: 'space' });
});

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const REGIONS = ['eu', 'us', 'as'];
/** Peers on a node from which on it accepts none. */
const SPACE = 6;

const hasPort = ({ freePipePorts = 0 }: NodeLoad): boolean => freePipePorts > 0;

/** Rooms whose peers come, leave, and lose nodes at random. */
class RandomCalls {
  readonly random: () => number;
  readonly nodes: {
    id: string;
    region: string | undefined;
    isUp: boolean;
    draining: boolean;
    freePipePorts: number | undefined;
  }[];
  /** The node of each peer, by room. */
  readonly rooms: string[][] = [[], [], []];

  constructor(seed: number) {
    this.random = generator(seed);
    this.nodes = Array.from({ length: 4 }, (_, index) => ({
      id: `node${index}`,
      region: REGIONS[this.below(4)],
      isUp: true,
      draining: false,
      freePipePorts: [undefined, 1, 0, 9][this.below(4)],
    }));
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  get loads(): NodeLoad[] {
    return this.nodes.map(({ id, region, isUp, draining, freePipePorts }) => {
      const peers = this.rooms.flat().filter((place) => place === id).length;
      return node(id, {
        region,
        reachable: isUp,
        draining,
        accepting: !draining && peers < SPACE,
        peers,
        cpu: peers / SPACE,
        freePipePorts,
      });
    });
  }

  wish(places: readonly string[]): PlacementWish {
    const peers = new Map<string, number>();
    for (const place of places) peers.set(place, (peers.get(place) ?? 0) + 1);
    const measured = REGIONS.filter(() => this.random() < 0.8).map(
      (name) => [name, this.below(200)] as const,
    );
    return { room: peers, regionTimes: this.random() < 0.3 ? undefined : new Map(measured) };
  }
}

test('whoever comes while nodes fill, die and stop gets a node that has space, and one more node only where that is worth it', () => {
  const seen = { known: 0, nearer: 0, space: 0, first: 0, refused: 0, full: 0 };
  for (let seed = 1; seed <= 80; seed += 1) {
    const calls = new RandomCalls(seed);
    for (let step = 0; step < 120; step += 1) {
      const changed = calls.nodes[calls.below(4)]!;
      const dice = calls.random();
      if (dice < 0.05) changed.isUp = !changed.isUp;
      else if (dice < 0.1) changed.draining = !changed.draining;
      const places = calls.rooms[calls.below(3)]!;
      if (!changed.isUp || dice > 0.6) places.splice(calls.below(places.length + 1), 1);
      const { loads } = calls;
      const wish = calls.wish(places);
      const open = loads.filter(({ reachable, draining, accepting }) => reachable && !draining && accepting);
      if (open.length === 0) {
        seen.refused += 1;
        continue;
      }
      const { id, as } = chooseNode(loads, wish);
      const chosen = open.find((one) => one.id === id);
      const others = loads.filter((one) => one.reachable && !one.draining && wish.room.has(one.id));
      const linkable = others.filter(hasPort);
      if (chosen === undefined) {
        seen.full += 1;
        // No node could be added that would hear anybody.
        expect([wish.room.has(id), open.some((one) => wish.room.has(one.id))]).toEqual([true, false]);
        expect(linkable.length === 0 || !open.some(hasPort)).toBe(true);
        continue;
      }
      seen[as] += 1;
      if (!wish.room.has(id) && others.length > 0) {
        expect(hasPort(chosen)).toBe(true);
        expect(linkable.length).toBeGreaterThanOrEqual(as === 'nearer' ? others.length : 1);
      }
      const timeTo = ({ region }: NodeLoad): number =>
        wish.regionTimes?.size ? (wish.regionTimes.get(region ?? '') ?? 300) : 0;
      const own = open.filter((one) => wish.room.has(one.id)).map(timeTo);
      if (wish.room.has(id)) expect(timeTo(chosen)).toBe(Math.min(...own));
      else for (const time of own) expect(time - timeTo(chosen)).toBeGreaterThan(WORTH_A_NODE_MS);
      places.push(id);
    }
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
});
