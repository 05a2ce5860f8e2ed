import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import {
  ParleyError,
  type MediaKind,
  type ProducerId,
  type ProducerRecord,
  type RtpParameters,
  type Source,
} from '@parley/proto';
import { parseScalabilityMode, type types } from 'mediasoup';
import { LatestThrottle } from './latest-throttle.ts';
import { mapMediasoupErrors } from './mediasoup-errors.ts';

export type ProduceOptions = {
  source: Source;
  kind: MediaKind;
  rtpParameters: RtpParameters;
  paused: boolean;
};

type PeerProducerEvents = { scored: [scores: number[]] };

export const SCORE_INTERVAL_MS = 1000;

/** What a peer sends of one source. */
export class PeerProducer extends EventEmitter<PeerProducerEvents> {
  readonly source: Source;
  readonly #producer: types.Producer;
  readonly #requested: ProduceOptions;
  readonly #scores: LatestThrottle<number[]>;
  #closed = false;

  constructor(producer: types.Producer, requested: ProduceOptions) {
    super();
    this.source = requested.source;
    this.#producer = producer;
    this.#requested = requested;
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
    return { producerId: this.id, source: this.source, kind: this.kind, paused: this.#producer.paused };
  }

  /** Of simulcast the encodings, of SVC the layers of its one encoding. */
  get spatialLayerCount(): number {
    const encodings = this.#producer.rtpParameters.encodings ?? [];
    if (encodings.length > 1) return encodings.length;
    return parseScalabilityMode(encodings[0]?.scalabilityMode).spatialLayers;
  }

  /** As they were asked for. */
  get rtpParameters(): RtpParameters {
    return this.#requested.rtpParameters;
  }

  /** Whether a repeated request means this one. Pausing may have changed since. */
  isFrom(request: ProduceOptions): boolean {
    return (
      request.kind === this.kind && isDeepStrictEqual(request.rtpParameters, this.#requested.rtpParameters)
    );
  }

  close(): void {
    this.#end(() => this.#producer.close());
  }

  /** mediasoup has closed the producer with its transport. */
  transportClosed(): void {
    this.#end(() => {});
  }

  async setPaused(paused: boolean): Promise<void> {
    if (this.#closed) throw new ParleyError('closed');
    await mapMediasoupErrors(paused ? this.#producer.pause() : this.#producer.resume());
  }

  #end(closeProducer: () => void): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#scores.close();
    closeProducer();
    this.removeAllListeners();
  }
}
