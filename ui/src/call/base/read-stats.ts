/** A transport, a producer or a sender. */
type Source = { readonly closed?: boolean; getStats(): Promise<RTCStatsReport> };

/** Resolves with an empty list if there is no source, or it is closed or closes meanwhile. */
export async function readStats<S>(source: Source | undefined): Promise<S[]> {
  if (source === undefined || source.closed === true) return [];
  try {
    const stats: S[] = [];
    (await source.getStats()).forEach((stat: S) => stats.push(stat));
    return stats;
  } catch {
    return [];
  }
}
