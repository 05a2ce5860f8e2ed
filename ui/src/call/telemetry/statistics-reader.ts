import type { PeerId } from '@parley/proto/ids';
import type { Media } from '../media/media.ts';
import { isVideo } from '../receive/picture-layers.ts';
import type { RemoteStream } from '../receive/remote-stream.ts';
import { readStats } from '../base/read-stats.ts';
import type { QualitySnapshot } from './quality-report.ts';
import {
  readStatistics,
  type CallStatistics,
  type Counters,
  type Stat,
  type StatisticsStream,
} from './statistics.ts';

/** The statistics of both transports, read at one moment of `performance.now`. */
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
    const { sent, received } = await this.readRaw(0);
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
    const raw = await this.readRaw(maxAgeMs);
    const active = this.#received().filter(
      // The first frame after a pause ends what a browser takes for a freeze.
      (stream) => !isVideo(stream.source) || this.#media.restoration.hasBegun(stream),
    );
    return { ...raw, runs: new Map(active.map(({ consumer, runs }) => [consumer.localId, runs])) };
  }

  /** A reading that is at most `maxAgeMs` old is used again. */
  readRaw(maxAgeMs: number): Promise<Raw> {
    const at = performance.now();
    if (this.#latest !== null && at - this.#latest.at < maxAgeMs) return this.#latest.raw;
    const raw = this.#readBoth(at);
    this.#latest = { at, raw };
    return raw;
  }

  async #readBoth(at: number): Promise<Raw> {
    const session = this.#media.transports;
    const [sent, received] = await Promise.all([
      readStats<Stat>(session?.send ?? undefined),
      readStats<Stat>(session?.receive),
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
    const received = this.#received().map((stream): StatisticsStream => {
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

  /** A voice that the room holds back brings nothing. */
  #received(): RemoteStream[] {
    return Array.from(this.#media.consumption.streams).filter(({ paused, heldBack }) => !paused && !heldBack);
  }
}
