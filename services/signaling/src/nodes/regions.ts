import { probeAddressSchema, PROBES_MAX, regionNameSchema, REGIONS_MAX } from '@parley/proto/regions';
import type { ProbeAddress, Region, RegionTimes } from '@parley/proto/regions';
import type { media } from '@parley/proto/media-rpc';
import type { NodeLoad, RoundTrips } from './placement.ts';

/** A media node, as far as it concerns where it is. */
export type Located = { readonly load: NodeLoad; readonly probes: readonly ProbeAddress[] };

/** The region that a node names; undefined if it names none. */
export function regionOf({ region }: Pick<media.GetStatusResponse, 'region'>): string | undefined {
  return regionNameSchema.safeParse(region).data;
}

/** The addresses of a node at which browsers can measure; those that are none are left out. */
export function probesOf({ probes }: Pick<media.GetStatusResponse, 'probes'>): ProbeAddress[] {
  return probes.flatMap((probe) => probeAddressSchema.safeParse(probe).data ?? []).slice(0, PROBES_MAX);
}

/**
 * The regions that people can be placed in now, by name, each with the probes of its node with the fewest people.
 */
export function openRegions(nodes: readonly Located[]): Region[] {
  const open = nodes
    .filter(({ load, probes }) => load.reachable && load.accepting && !load.draining && probes.length > 0)
    .toSorted((a, b) => a.load.peers - b.load.peers || (a.load.id < b.load.id ? -1 : 1));
  const regions = new Map<string, Region>();
  for (const { load, probes } of open)
    if (load.region !== undefined && !regions.has(load.region))
      regions.set(load.region, { name: load.region, probes: [...probes] });
  return [...regions.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, REGIONS_MAX);
}

/**
 * How far the regions are from a client, in milliseconds, for the placement.
 *
 * @param measured What it measured; with two times for a region the lower one counts.
 * @param own The region of this instance. A client that measured nothing reached it by what leads clients to a near edge.
 */
export function roundTrips(measured: RegionTimes = [], own?: string): RoundTrips {
  const times = new Map<string, number>();
  for (const { region, rttMs } of measured) times.set(region, Math.min(rttMs, times.get(region) ?? rttMs));
  if (times.size === 0 && own !== undefined) times.set(own, 0);
  return times;
}
