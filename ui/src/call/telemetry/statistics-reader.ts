import type { PeerId } from '@parley/proto';
import type { types } from 'mediasoup-client';
import type { Media } from '../media/media.ts';
import type { QualitySnapshot } from './quality-report.ts';
import {
  readStatistics,
  type CallStatistics,
  type Counters,
  type Stat,
  type StatisticsStream,
} from './statistics.ts';

type Raw = { at: number; sent: Stat[]; received: Stat[] };

/** Reads the statistics of both transports. Rates are averages since the previous reading. */
export class StatisticsReader {
  readonly #media: Media;
  readonly #selfId: () => PeerId | null;
  #previous: Counters = new Map();
  #latest: { at: number; raw: Promise<Raw> } | null = null;

  constructor(media: Media, selfId: () => PeerId | null) {
    this.#media = media;
    this.#selfId = selfId;
  }

  async read(): Promise<CallStatistics> {
    const { sent, received } = await this.#raw(0);
    const streams = this.#streams();
    const { statistics, counters } = readStatistics({
      sent,
      received,
      streams,
      previous: this.#previous,
      now: Date.now(),
    });
    this.#previous = counters;
    return statistics;
  }

  /**
   * The values that telemetry reports. A reading that is at most `maxAgeMs` old is used again. Resolves with null while
   * there are no transports.
   */
  async snapshot(maxAgeMs: number): Promise<QualitySnapshot | null> {
    if (this.#media.transports === null) return null;
    const raw = await this.#raw(maxAgeMs);
    const streams = this.#streams().filter(({ direction }) => direction === 'received');
    return { ...raw, active: new Set(streams.map(({ mid }) => mid)) };
  }

  #raw(maxAgeMs: number): Promise<Raw> {
    const at = performance.now();
    if (this.#latest !== null && at - this.#latest.at < maxAgeMs) return this.#latest.raw;
    const raw = this.#readBoth(at);
    this.#latest = { at, raw };
    return raw;
  }

  async #readBoth(at: number): Promise<Raw> {
    const session = this.#media.transports;
    const [sent, received] = await Promise.all([
      readTransport(session?.send),
      readTransport(session?.receive),
    ]);
    return { at, sent, received };
  }

  #streams(): StatisticsStream[] {
    const selfId = this.#selfId();
    const sent = Object.values(this.#media.publications).flatMap(({ producer, source }): StatisticsStream[] =>
      selfId === null || producer === null || producer.paused
        ? []
        : [
            {
              id: producer.id,
              peerId: selfId,
              direction: 'sent',
              source,
              mid: producer.localId,
              layers: null,
            },
          ],
    );
    const received = Array.from(this.#media.consumption.streams)
      .filter((stream) => !stream.paused)
      .map((stream): StatisticsStream => {
        const { consumerId, peerId, source, current } = stream;
        const layers =
          current?.spatialLayer === undefined || current.spatialLayer === null
            ? null
            : { spatial: current.spatialLayer, temporal: current.temporalLayer ?? 0 };
        return {
          id: consumerId,
          peerId,
          direction: 'received',
          source,
          mid: stream.consumer.localId,
          layers,
        };
      });
    return [...sent, ...received];
  }
}

/** Resolves with an empty list if the transport is closed or closes meanwhile. */
async function readTransport(transport: types.Transport | undefined): Promise<Stat[]> {
  if (transport === undefined || transport.closed) return [];
  try {
    const stats: Stat[] = [];
    (await transport.getStats()).forEach((stat: Stat) => stats.push(stat));
    return stats;
  } catch {
    return [];
  }
}
