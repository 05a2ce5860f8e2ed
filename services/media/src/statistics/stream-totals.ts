import type { types } from 'mediasoup';

type StreamStats = types.BaseRtpStreamStats & { packetCount: number; byteCount: number };

/** What an RTP stream has counted since it began. */
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

/** Turns what the streams of one producer or consumer have counted so far into what was added since the last look. */
export class StreamTotals {
  readonly #seen = new Map<number, StreamCounts>();

  /** Lost packets that came after all are taken back by the worker; here the most that was ever lost stays. */
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
