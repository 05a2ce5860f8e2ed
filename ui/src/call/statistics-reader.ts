import type { PeerId } from '@parley/proto';
import type { types } from 'mediasoup-client';
import type { Media } from './media.ts';
import { readStatistics, type Counters, type Stat, type StatisticsStream } from './statistics.ts';
import type { CallStatistics } from './types.ts';

/** Reads both transports; rates are over the time since the reading before. */
export class StatisticsReader {
  readonly #media: Media;
  readonly #selfId: () => PeerId | null;
  #previous: Counters = new Map();

  constructor(media: Media, selfId: () => PeerId | null) {
    this.#media = media;
    this.#selfId = selfId;
  }

  async read(): Promise<CallStatistics> {
    const session = this.#media.session;
    const [sent, received] = await Promise.all([
      readTransport(session?.send),
      readTransport(session?.receive),
    ]);
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
            : `s${current.spatialLayer} t${current.temporalLayer ?? 0}`;
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

/** A transport that closes in between has no statistics; that is no error. */
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
