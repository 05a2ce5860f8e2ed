import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { ProducerRecord } from '@parley/proto/room';
import type { MediaKind, RtpParameters, Source } from '@parley/proto/rtp';
import { parseScalabilityMode, type types } from 'mediasoup';
import type { Reading } from '../statistics/reading.ts';
import { LatestThrottle } from './latest-throttle.ts';
import { mapMediasoupErrors } from './mediasoup-errors.ts';

export type ProduceOptions = {
  source: Source;
  kind: MediaKind;
  rtpParameters: RtpParameters;
  paused: boolean;
};

type PeerProducerEvents = {
  scored: [scores: number[]];
  /** Its packets are about to be forwarded. */
  resuming: [];
  /** Its packets are not forwarded any more. */
  paused: [];
};

/** The shortest time between two reports of one producer's or consumer's score. */
export const SCORE_INTERVAL_MS = 1000;

/** A producer: what a peer sends of one source. */
export class PeerProducer extends EventEmitter<PeerProducerEvents> {
  readonly source: Source;
  readonly #producer: types.Producer;
  readonly #requested: ProduceOptions;
  readonly #scores: LatestThrottle<number[]>;
  #limited = false;
  #wantsPaused: boolean;
  #closed = false;

  constructor(producer: types.Producer, requested: ProduceOptions) {
    super();
    // Each link to another node that carries it listens.
    this.setMaxListeners(0);
    this.source = requested.source;
    this.#producer = producer;
    this.#requested = requested;
    this.#wantsPaused = requested.paused;
    this.#scores = new LatestThrottle(SCORE_INTERVAL_MS, (scores) => this.emit('scored', scores));
    producer.on('score', (scores) => {
      this.#scores.push(scores.toSorted((a, b) => a.encodingIdx - b.encodingIdx).map((entry) => entry.score));
    });
  }

  get id(): ProducerId {
    return this.#producer.id as ProducerId;
  }

  get kind(): MediaKind {
    return this.#producer.kind;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get record(): ProducerRecord {
    const { id: producerId, source, kind, limited } = this;
    const { paused } = this.#producer;
    return { producerId, source, kind, paused, ...(limited && { pauseReason: 'over-limit' as const }) };
  }

  /** Whether it is paused because it sent too much. */
  get limited(): boolean {
    return this.#limited;
  }

  /** The encodings of simulcast, or the layers of the one encoding of SVC. */
  get spatialLayerCount(): number {
    const encodings = this.#producer.rtpParameters.encodings ?? [];
    if (encodings.length > 1) return encodings.length;
    return parseScalabilityMode(encodings[0]?.scalabilityMode).spatialLayers;
  }

  /** The parameters as the peer requested them. */
  get rtpParameters(): RtpParameters {
    return this.#requested.rtpParameters;
  }

  /** Whether a repeated request means this producer. `paused` may have changed since the first request. */
  isFrom(request: ProduceOptions): boolean {
    return (
      request.kind === this.kind && isDeepStrictEqual(request.rtpParameters, this.#requested.rtpParameters)
    );
  }

  close(): void {
    this.#end(() => this.#producer.close());
  }

  /** Call it when mediasoup has closed the producer with its transport. */
  transportClosed(): void {
    this.#end(() => {});
  }

  async setPaused(paused: boolean): Promise<void> {
    if (this.#closed) throw new ParleyError('closed');
    this.#limited = false;
    this.#wantsPaused = paused;
    if (!paused) this.emit('resuming');
    await mapMediasoupErrors(paused ? this.#producer.pause() : this.#producer.resume());
    // It may have been resumed while the worker answered.
    if (this.#wantsPaused) this.emit('paused');
  }

  /** Pauses it because it sent too much. */
  async limit(): Promise<void> {
    await this.setPaused(true);
    this.#limited = true;
  }

  /** Counts the media of all its encodings, also while it is paused. */
  async readReceived(): Promise<Reading> {
    if (this.#closed) throw new ParleyError('closed');
    const streams = await mapMediasoupErrors(this.#producer.getStats());
    return {
      bytes: streams.reduce((sum, { byteCount }) => sum + byteCount, 0),
      packets: streams.reduce((sum, { packetCount }) => sum + packetCount, 0),
      atMs: Math.max(0, ...streams.map(({ timestamp }) => timestamp)),
    };
  }

  #end(closeProducer: () => void): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#scores.close();
    closeProducer();
    this.removeAllListeners();
  }
}
