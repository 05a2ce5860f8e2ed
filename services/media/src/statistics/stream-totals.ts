import type { types } from 'mediasoup';

type StreamStats = types.BaseRtpStreamStats & { packetCount: number; byteCount: number };

/** The counts of an RTP stream since its beginning. */
export type StreamCounts = {
  packets: number;
  bytes: number;
  lost: number;
  nacks: number;
  plis: number;
  firs: number;
};

const NONE: StreamCounts = { packets: 0, bytes: 0, lost: 0, nacks: 0, plis: 0, firs: 0 };
const KEYS = Object.keys(NONE) as (keyof StreamCounts)[];

/** Turns the counts of the streams of one producer or consumer into what was added since the last call. */
export class StreamTotals {
  readonly #seen = new Map<number, StreamCounts>();

  /**
   * The worker lowers `lost` when a lost packet arrives after all. The highest value counts here, because a counter
   * never falls.
   */
  advance(streams: readonly StreamStats[]): StreamCounts {
    const added = { ...NONE };
    for (const stream of streams) {
      const before = this.#seen.get(stream.ssrc) ?? NONE;
      const now = countsOf(stream);
      const most = { ...NONE };
      for (const key of KEYS) {
        most[key] = Math.max(before[key], now[key]);
        added[key] += most[key] - before[key];
      }
      this.#seen.set(stream.ssrc, most);
    }
    return added;
  }
}

function countsOf(stats: StreamStats): StreamCounts {
  return {
    packets: stats.packetCount,
    bytes: stats.byteCount,
    lost: stats.packetsLost,
    nacks: stats.nackCount,
    plis: stats.pliCount,
    firs: stats.firCount,
  };
}
