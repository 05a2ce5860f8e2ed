import type { RegionTimes } from '@parley/proto/regions';

/** Two media nodes in two regions: a room is on both where people are much nearer to one of them. */
const REGIONS = ['east', 'west'] as const;
const NEAR_MS = 10;
const FAR_MS = 110;
/**
 * From this share of a worker's streams on, the next people of the room go to another worker. The usual one would leave a room of this size on
 * one worker of each node.
 */
const SPREAD_PERCENT = 10;

/** The variables of the two nodes, which have two workers each. */
export const TWO_NODES: readonly Readonly<Record<string, string>>[] = REGIONS.map((region) => ({
  REGION: region,
  MEDIA_WORKERS: '2',
  MEDIA_ROOM_SPREAD_PERCENT: String(SPREAD_PERCENT),
}));

export const SPREAD_NOTE = `Half of the people are near one node and half near the other, which are in two regions; of each node both workers are used from ${SPREAD_PERCENT} % of a worker's streams on (\`MEDIA_ROOM_SPREAD_PERCENT\`).`;

/** How far the regions are from this person: every second one is near the same. */
export function regionTimesOf(number: number): RegionTimes {
  return REGIONS.map((region, index) => ({
    region,
    rttMs: number % REGIONS.length === index ? NEAR_MS : FAR_MS,
  }));
}
