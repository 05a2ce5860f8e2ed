import type { ConsumerDemand } from '../router/peer-consumer.ts';

/**
 * The layers of a video producer that somebody consumes. `maxSpatialLayer` counts from 0 (the smallest) and has a
 * meaning only when `wanted` is true.
 */
export type WantedLayers = { wanted: boolean; maxSpatialLayer: number };

/** The layers that at least one consumer takes now, of a producer with `layerCount` spatial layers. */
export function wantedLayers(layerCount: number, demands: Iterable<ConsumerDemand>): WantedLayers {
  const highest = layerCount - 1;
  let max = -1;
  for (const demand of demands) {
    if (!demand.paused) max = Math.max(max, Math.min(demand.spatialLayer ?? highest, highest));
  }
  return { wanted: max >= 0, maxSpatialLayer: Math.max(max, 0) };
}

/** The number of wanted layers: 0 when the producer is not consumed. */
export function wantedCount(layers: WantedLayers): number {
  return layers.wanted ? layers.maxSpatialLayer + 1 : 0;
}
