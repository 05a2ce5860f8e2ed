import type { PeerId } from '@parley/proto/ids';
import type { Source } from '@parley/proto/rtp';

/** The layers of a picture: how many of those that are sent run now, or which one is received. */
export type StreamLayers = { running: number; total: number } | { spatial: number; temporal: number };

/** One line of the statistics panel: a stream that is sent or received now. */
export type StreamStatistics = {
  id: string;
  peerId: PeerId;
  direction: 'sent' | 'received';
  source: Source;
  codec: string | null;
  /** Bits per second over the last interval. */
  bitrate: number | null;
  /** Share of packets lost over the last interval, 0 to 1. */
  loss: number | null;
  roundTripMs: number | null;
  jitterMs: number | null;
  width: number | null;
  height: number | null;
  framesPerSecond: number | null;
  layers: StreamLayers | null;
};

export type CallStatistics = {
  at: number;
  /** The path media takes: local and remote candidate types and protocol. */
  path: { protocol: 'udp' | 'tcp' | null; local: string | null; remote: string | null };
  roundTripMs: number | null;
  availableOutgoingBitrate: number | null;
  streams: readonly StreamStatistics[];
};

/** The members of RTCStats that this file reads. A browser leaves out the members that it does not support. */
export type Stat = {
  id: string;
  type: string;
  timestamp: number;
  kind?: string;
  mid?: string;
  codecId?: string;
  mimeType?: string;
  bytesSent?: number;
  bytesReceived?: number;
  packetsReceived?: number;
  packetsLost?: number;
  freezeCount?: number;
  totalFreezesDuration?: number;
  concealedSamples?: number;
  silentConcealedSamples?: number;
  totalSamplesReceived?: number;
  fractionLost?: number;
  roundTripTime?: number;
  currentRoundTripTime?: number;
  jitter?: number;
  frameWidth?: number;
  frameHeight?: number;
  framesPerSecond?: number;
  framesReceived?: number;
  framesDecoded?: number;
  framesDropped?: number;
  framesEncoded?: number;
  /** Of a media source: the frames that it gave. */
  frames?: number;
  /** In seconds. */
  totalDecodeTime?: number;
  totalEncodeTime?: number;
  qualityLimitationReason?: string;
  trackIdentifier?: string;
  active?: boolean;
  localId?: string;
  nominated?: boolean;
  state?: string;
  selectedCandidatePairId?: string;
  localCandidateId?: string;
  remoteCandidateId?: string;
  candidateType?: string;
  protocol?: string;
  relayProtocol?: string;
  availableOutgoingBitrate?: number;
};

/** A producer or consumer of this client. `mid` names its section in the SDP of its transport. */
export type StatisticsStream = {
  id: string;
  peerId: PeerId;
  direction: 'sent' | 'received';
  source: Source;
  mid: string;
  layers: StreamLayers | null;
};

/** Counters of the previous reading, by the id of the stat. */
export type Counters = ReadonlyMap<string, { at: number; bytes: number; received: number; lost: number }>;

export type StatisticsInput = {
  sent: readonly Stat[];
  received: readonly Stat[];
  streams: readonly StatisticsStream[];
  previous: Counters;
  now: number;
};

export function readStatistics(input: StatisticsInput): { statistics: CallStatistics; counters: Counters } {
  const counters = new Map<string, { at: number; bytes: number; received: number; lost: number }>();
  const streams = input.streams.map((stream) => {
    const stats = stream.direction === 'sent' ? input.sent : input.received;
    return stream.direction === 'sent'
      ? readSent(stream, stats, input.previous, counters)
      : readReceived(stream, stats, input.previous, counters);
  });
  // Prefer the path of the receiving transport. Use the sending transport if it is the only one with a path.
  const pair = selectedPair(input.received) ?? selectedPair(input.sent);
  const statistics: CallStatistics = {
    at: input.now,
    path: {
      protocol: asProtocol(pair?.local?.protocol),
      local: pair?.local?.candidateType ?? null,
      remote: pair?.remote?.candidateType ?? null,
    },
    roundTripMs: toMs(pair?.stat.currentRoundTripTime),
    availableOutgoingBitrate: selectedPair(input.sent)?.stat.availableOutgoingBitrate ?? null,
    streams,
  };
  return { statistics, counters };
}

type Writable = Map<string, { at: number; bytes: number; received: number; lost: number }>;

/** One line for all layers of a source: their total bitrate, and the picture of the largest layer that runs. */
function readSent(
  stream: StatisticsStream,
  stats: readonly Stat[],
  previous: Counters,
  counters: Writable,
): StreamStatistics {
  const layers = stats.filter((stat) => stat.type === 'outbound-rtp' && stat.mid === stream.mid);
  const running = layers.filter((stat) => stat.active !== false && (stat.framesPerSecond ?? 1) > 0);
  const largest = running.toSorted((a, b) => (b.frameHeight ?? 0) - (a.frameHeight ?? 0))[0];
  const ids = new Set(layers.map((stat) => stat.id));
  const reports = stats.filter(
    (stat) => stat.type === 'remote-inbound-rtp' && stat.localId !== undefined && ids.has(stat.localId),
  );
  const rates = layers
    .map((stat) => rate(stat, stat.bytesSent ?? 0, previous, counters))
    .filter((value) => value !== null);
  return {
    ...identity(stream),
    codec: codecOf(layers[0], stats),
    bitrate: rates.length === 0 ? null : rates.reduce((sum, value) => sum + value, 0),
    loss: maxOf(reports.map((report) => report.fractionLost)),
    roundTripMs: toMs(maxOf(reports.map((report) => report.roundTripTime))),
    jitterMs: toMs(maxOf(reports.map((report) => report.jitter))),
    ...picture(largest),
    layers: layers.length > 1 ? { running: running.length, total: layers.length } : stream.layers,
  };
}

function readReceived(
  stream: StatisticsStream,
  stats: readonly Stat[],
  previous: Counters,
  counters: Writable,
): StreamStatistics {
  const inbound = stats.find((stat) => stat.type === 'inbound-rtp' && stat.mid === stream.mid);
  const before = inbound === undefined ? undefined : previous.get(inbound.id);
  const bitrate =
    inbound === undefined ? null : rate(inbound, inbound.bytesReceived ?? 0, previous, counters);
  return {
    ...identity(stream),
    codec: codecOf(inbound, stats),
    bitrate,
    loss: inbound === undefined || before === undefined ? null : lossSince(inbound, before),
    roundTripMs: null,
    jitterMs: toMs(inbound?.jitter),
    ...picture(inbound),
    layers: stream.layers,
  };
}

function identity({
  id,
  peerId,
  direction,
  source,
}: StatisticsStream): Pick<StreamStatistics, 'id' | 'peerId' | 'direction' | 'source'> {
  return { id, peerId, direction, source };
}

function picture(stat: Stat | undefined): Pick<StreamStatistics, 'width' | 'height' | 'framesPerSecond'> {
  return {
    width: stat?.frameWidth ?? null,
    height: stat?.frameHeight ?? null,
    framesPerSecond: stat?.framesPerSecond ?? null,
  };
}

/** Bits per second since the previous reading; null at the first reading. */
function rate(stat: Stat, bytes: number, previous: Counters, counters: Writable): number | null {
  counters.set(stat.id, {
    at: stat.timestamp,
    bytes,
    received: stat.packetsReceived ?? 0,
    lost: stat.packetsLost ?? 0,
  });
  const before = previous.get(stat.id);
  if (before === undefined || stat.timestamp <= before.at) return null;
  // The counters start from 0 when a stream is replaced.
  return Math.max(0, Math.round(((bytes - before.bytes) * 8000) / (stat.timestamp - before.at)));
}

function lossSince(stat: Stat, before: { received: number; lost: number }): number | null {
  const lost = Math.max(0, (stat.packetsLost ?? 0) - before.lost);
  const received = Math.max(0, (stat.packetsReceived ?? 0) - before.received);
  return lost + received === 0 ? null : lost / (lost + received);
}

function codecOf(stat: Stat | undefined, stats: readonly Stat[]): string | null {
  const codec = stats.find((candidate) => candidate.type === 'codec' && candidate.id === stat?.codecId);
  return codec?.mimeType?.split('/')[1] ?? null;
}

/** The pair of candidates that carries media. */
export function selectedPair(
  stats: readonly Stat[],
): { stat: Stat; local: Stat | undefined; remote: Stat | undefined } | null {
  const selectedId = stats.find((stat) => stat.type === 'transport')?.selectedCandidatePairId;
  const pairs = stats.filter((stat) => stat.type === 'candidate-pair');
  const stat =
    pairs.find((pair) => pair.id === selectedId) ??
    pairs.find((pair) => pair.nominated === true && pair.state === 'succeeded');
  if (stat === undefined) return null;
  const byId = (id: string | undefined): Stat | undefined => stats.find((candidate) => candidate.id === id);
  return { stat, local: byId(stat.localCandidateId), remote: byId(stat.remoteCandidateId) };
}

function asProtocol(value: string | undefined): 'udp' | 'tcp' | null {
  return value === 'udp' || value === 'tcp' ? value : null;
}

function maxOf(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : Math.max(...known);
}

function toMs(seconds: number | null | undefined): number | null {
  return seconds === null || seconds === undefined ? null : Math.round(seconds * 1000);
}
