/** What one consumer asks of a producer. Without a preferred layer it asks for the highest. */
export type ConsumerDemand = { paused: boolean; spatialLayer?: number | undefined };

/** What the sender is asked to encode. `maxSpatialLayer` counts from 0 and means something only when wanted. */
export type LayersWanted = { wanted: boolean; maxSpatialLayer: number };

/** The layers that at least one consumer takes now, of a producer with `layerCount` spatial layers. */
export function layersWanted(layerCount: number, demands: Iterable<ConsumerDemand>): LayersWanted {
  const highest = layerCount - 1;
  let max = -1;
  for (const demand of demands) {
    if (!demand.paused) max = Math.max(max, Math.min(demand.spatialLayer ?? highest, highest));
  }
  return { wanted: max >= 0, maxSpatialLayer: Math.max(max, 0) };
}

/** How many layers that is: 0 when nothing is wanted. */
export function wantedCount(wanted: LayersWanted): number {
  return wanted.wanted ? wanted.maxSpatialLayer + 1 : 0;
}
