import { waitFor } from '@parley/common/testing';
import { scrape, total } from './metrics.ts';

const COUNTED = ['peers', 'transports', 'producers', 'consumers', 'pipes', 'links'] as const;
type Counted = (typeof COUNTED)[number];

/** What the media nodes of a system have together. */
export type RoomCensus = Record<Counted, number> & {
  /** The routers of rooms on each node, the most first. */
  routers: readonly number[];
};

/** A pipe stays for ten seconds after its last consumer. */
const SETTLES_WITHIN_MS = 60_000;

/** @param adminPorts Those of the media nodes that run. */
export async function censusOf(adminPorts: readonly number[]): Promise<RoomCensus> {
  const nodes = await Promise.all(adminPorts.map(scrape));
  const routers = nodes.map((samples) => total(samples, 'parley_media_room_routers'));
  const sum = (what: Counted): number =>
    nodes.reduce((count, samples) => count + total(samples, `parley_media_${what}`), 0);
  const counts = Object.fromEntries(COUNTED.map((what) => [what, sum(what)]));
  return { ...(counts as Record<Counted, number>), routers: routers.toSorted((a, b) => b - a) };
}

/**
 * What they have if there is one room in the system, on these routers, in which each person sends one sound and consumes those of all others: each producer is piped to
 * each other router, once. Two routers of different nodes have a link for each direction, with an end on both nodes.
 */
export function censusOfTalkers(people: number, routers: readonly number[]): RoomCensus {
  const all = routers.reduce((sum, count) => sum + count, 0);
  const onOtherNodes = routers.reduce((sum, count) => sum + count * (all - count), 0);
  return {
    routers,
    peers: people,
    transports: 2 * people,
    producers: people,
    consumers: people * Math.max(0, people - 1),
    pipes: people * Math.max(0, all - 1),
    links: 2 * onOtherNodes,
  };
}

/** What differs from the room of so many talkers, in words; undefined: nothing. */
export function differences(census: RoomCensus, people: number): string | undefined {
  const expected = censusOfTalkers(people, census.routers);
  const wrong = COUNTED.filter((what) => census[what] !== expected[what]);
  if (wrong.length === 0) return undefined;
  return wrong.map((what) => `${census[what]} ${what} instead of ${expected[what]}`).join(', ');
}

/** Resolves with the last count: when nothing differs from a room of so many talkers, or after a minute in any case. */
export async function settledCensus(adminPorts: readonly number[], people: number): Promise<RoomCensus> {
  let census = await censusOf(adminPorts);
  const isSettled = async (): Promise<boolean> => {
    census = await censusOf(adminPorts);
    return differences(census, people) === undefined;
  };
  await waitFor(isSettled, { timeoutMs: SETTLES_WITHIN_MS, intervalMs: 500 }).catch(() => undefined);
  return census;
}
