import type { Stat } from './statistics.ts';

/** One stream, or one other source of statistics, at two moments. */
export type Pair = { now: Stat; before: Stat };

/** The numbers of a `Stat` that only grow. */
type Counter =
  | 'freezeCount'
  | 'totalFreezesDuration'
  | 'concealedSamples'
  | 'silentConcealedSamples'
  | 'totalSamplesReceived'
  | 'packetsLost'
  | 'packetsReceived'
  | 'framesDecoded'
  | 'framesDropped'
  | 'framesReceived'
  | 'framesEncoded'
  | 'frames'
  | 'totalDecodeTime'
  | 'totalEncodeTime';

/** What has this type and was there at both moments. */
export function matchById(before: readonly Stat[], now: readonly Stat[], type: string): Pair[] {
  const earlier = new Map(before.map((stat) => [stat.id, stat]));
  return now
    .filter((stat) => stat.type === type)
    .flatMap((stat) => {
      const known = earlier.get(stat.id);
      return known === undefined ? [] : [{ now: stat, before: known }];
    });
}

/** A number for each `mid`, which grows when a stream goes on after a pause. */
type Runs = ReadonlyMap<string, number>;
type Received = { received: readonly Stat[]; runs: Runs };

/** Streams that were received from one moment to the other, without a pause. */
export function matchReceived(before: Received, now: Received): Pair[] {
  return matchById(before.received, now.received, 'inbound-rtp').filter(({ now: { mid } }) => {
    const run = mid === undefined ? undefined : now.runs.get(mid);
    return mid !== undefined && run !== undefined && before.runs.get(mid) === run;
  });
}

/** Never negative: the counters start from 0 when a stream is replaced. */
export function grown({ now, before }: Pair, counter: Counter): number {
  return Math.max(0, (now[counter] ?? 0) - (before[counter] ?? 0));
}

export function sum(pairs: readonly Pair[], counter: Counter): number {
  return pairs.reduce((total, pair) => total + grown(pair, counter), 0);
}
