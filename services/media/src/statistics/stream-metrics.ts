import type { MediaKind } from '@parley/proto/rtp';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { StreamCounts } from './stream-totals.ts';

/** Seen from the node: `in` comes from senders, `out` goes to receivers. */
export type Direction = 'in' | 'out';

/** Whether a pipe leads to a router of this node or of another one. */
export const PIPE_REACHES = ['local', 'remote'] as const;
export type PipeReach = (typeof PIPE_REACHES)[number];

const KINDS: readonly MediaKind[] = ['audio', 'video'];
const DIRECTIONS: readonly Direction[] = ['in', 'out'];
const SCORES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const ROUND_TRIP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2];

type StreamCounter = Counter<'kind' | 'direction'>;

/** The metrics of the RTP streams of the node: their traffic, and how well they arrive. Read every few seconds. */
export class StreamMetrics {
  readonly #packets: StreamCounter;
  readonly #bytes: StreamCounter;
  readonly #lost: StreamCounter;
  readonly #nacks: StreamCounter;
  readonly #pipeBytes: Counter<'kind' | 'reach'>;
  readonly #linkPackets: Counter<'kind'>;
  readonly #linkLost: Counter<'kind'>;
  readonly #linkRoundTrip: Histogram;
  readonly #keyFrameRequests: Counter<'type' | 'direction'>;
  readonly #roundTrip: Histogram;
  readonly #score: Histogram<'kind'>;

  constructor(registry: Registry) {
    const registers = [registry];
    const counter = (name: string, help: string): StreamCounter =>
      new Counter({ name: `parley_media_${name}`, help, labelNames: ['kind', 'direction'], registers });
    this.#packets = counter('rtp_packets_total', 'RTP packets, retransmissions left out');
    this.#bytes = counter(
      'rtp_bytes_total',
      'Bytes of RTP packets with their headers, retransmissions left out',
    );
    this.#lost = counter('rtp_packets_lost_total', 'RTP packets that did not arrive the first time');
    this.#nacks = counter('nacks_total', 'Requests to send packets again');
    this.#pipeBytes = new Counter({
      name: 'parley_media_pipe_bytes_total',
      help: 'Bytes of RTP packets that routers of one room forwarded to each other, by the node of the other one: local, remote',
      labelNames: ['kind', 'reach'],
      registers,
    });
    this.#linkPackets = new Counter({
      name: 'parley_media_link_packets_total',
      help: 'RTP packets to other media nodes, retransmissions left out',
      labelNames: ['kind'],
      registers,
    });
    this.#linkLost = new Counter({
      name: 'parley_media_link_packets_lost_total',
      help: 'RTP packets that did not arrive at another media node the first time',
      labelNames: ['kind'],
      registers,
    });
    this.#linkRoundTrip = new Histogram({
      name: 'parley_media_link_rtt_seconds',
      help: 'Round trip to another media node, each time a running pipe to it is looked at',
      buckets: ROUND_TRIP_SECONDS,
      registers,
    });
    this.#keyFrameRequests = new Counter({
      name: 'parley_media_key_frame_requests_total',
      help: 'Requests for a key frame, by type: pli, fir',
      labelNames: ['type', 'direction'],
      registers,
    });
    this.#roundTrip = new Histogram({
      name: 'parley_media_rtt_seconds',
      help: 'Round trip between the node and a receiver, each time a running consumer is looked at',
      buckets: ROUND_TRIP_SECONDS,
      registers,
    });
    this.#score = new Histogram({
      name: 'parley_media_consumer_score',
      help: 'How well a stream arrives, 0 to 10, each time a running consumer is looked at',
      labelNames: ['kind'],
      buckets: SCORES,
      registers,
    });
    this.#beginAtZero();
  }

  streamsCounted(kind: MediaKind, direction: Direction, added: StreamCounts): void {
    const labels = { kind, direction };
    this.#packets.inc(labels, added.packets);
    this.#bytes.inc(labels, added.bytes);
    this.#lost.inc(labels, added.lost);
    this.#nacks.inc(labels, added.nacks);
    if (kind === 'audio') return;
    this.#keyFrameRequests.inc({ type: 'pli', direction }, added.plis);
    this.#keyFrameRequests.inc({ type: 'fir', direction }, added.firs);
  }

  pipeCounted(kind: MediaKind, reach: PipeReach, { bytes, packets, lost }: StreamCounts): void {
    this.#pipeBytes.inc({ kind, reach }, bytes);
    if (reach === 'local') return;
    this.#linkPackets.inc({ kind }, packets);
    this.#linkLost.inc({ kind }, lost);
  }

  linkMeasured(seconds: number): void {
    this.#linkRoundTrip.observe(seconds);
  }

  roundTripMeasured(seconds: number): void {
    this.#roundTrip.observe(seconds);
  }

  consumerScored(kind: MediaKind, score: number): void {
    this.#score.observe({ kind }, score);
  }

  #beginAtZero(): void {
    const nothing = { packets: 0, bytes: 0, lost: 0, nacks: 0, plis: 0, firs: 0 };
    for (const kind of KINDS) {
      this.#score.zero({ kind });
      for (const reach of PIPE_REACHES) this.pipeCounted(kind, reach, nothing);
      for (const direction of DIRECTIONS) this.streamsCounted(kind, direction, nothing);
    }
  }
}
