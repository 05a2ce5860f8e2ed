import { EventEmitter } from 'node:events';
import {
  ParleyError,
  type ConsumerId,
  type ConsumerParameters,
  type PeerId,
  type PreferredLayers,
  type ProducerId,
  type RtpParameters,
  type Source,
} from '@parley/proto';
import type { types } from 'mediasoup';
import type { ConsumerDemand } from '../room/dynacast.ts';
import { LatestThrottle } from './latest-throttle.ts';
import { LayerRescue } from './layer-rescue.ts';
import { mapMediasoupErrors } from './mediasoup-errors.ts';
import { SCORE_INTERVAL_MS } from './peer-producer.ts';

export type ConsumerScore = { score: number; producerScore: number };

/** Whose producer it is that somebody wants to consume. */
export type ConsumableProducer = { peerId: PeerId; producerId: ProducerId; source: Source };

type PeerConsumerEvents = {
  /** The producer is closed, and so is this. */
  'producer-closed': [];
  'demand-changed': [];
  scored: [ConsumerScore];
  'layers-changed': [types.ConsumerLayers | undefined];
};

/** What a peer receives of one producer. */
export class PeerConsumer extends EventEmitter<PeerConsumerEvents> {
  readonly of: ConsumableProducer;
  readonly #consumer: types.Consumer;
  readonly #scores: LatestThrottle<ConsumerScore>;
  readonly #rescue: LayerRescue;
  #wantsPaused: boolean;
  #closed = false;

  constructor(consumer: types.Consumer, of: ConsumableProducer) {
    super();
    this.of = of;
    this.#consumer = consumer;
    this.#wantsPaused = consumer.paused;
    this.#rescue = new LayerRescue(consumer, () => this.#wantsPaused);
    this.#scores = new LatestThrottle(SCORE_INTERVAL_MS, (score) => this.emit('scored', score));
    consumer.on('score', ({ score, producerScore }) => this.#scores.push({ score, producerScore }));
    consumer.on('layerschange', (layers) => this.emit('layers-changed', layers));
    consumer.once('producerclose', () => this.#producerClosed());
  }

  get id(): ConsumerId {
    return this.#consumer.id as ConsumerId;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get demand(): ConsumerDemand {
    return { paused: this.#wantsPaused, spatialLayer: this.#consumer.preferredLayers?.spatialLayer };
  }

  get parameters(): ConsumerParameters {
    const { kind, rtpParameters, type, producerPaused, paused } = this.#consumer;
    return {
      consumerId: this.id,
      producerId: this.of.producerId,
      peerId: this.of.peerId,
      source: this.of.source,
      kind,
      // We make no pipe consumers yet.
      type: type === 'pipe' ? 'simple' : type,
      rtpParameters: rtpParameters as RtpParameters,
      producerPaused,
      paused,
    };
  }

  close(): void {
    this.#end(() => this.#consumer.close());
  }

  /** mediasoup has closed the consumer with its transport. */
  transportClosed(): void {
    this.#end(() => {});
  }

  async setPaused(paused: boolean): Promise<void> {
    this.#assertOpen();
    this.#wantsPaused = paused;
    await mapMediasoupErrors(paused ? this.#consumer.pause() : this.#consumer.resume());
    this.#rescue.look();
    this.#tellDemand();
  }

  /** Layers of a consumer that has none are no error: what a tile asks for does not depend on the sender's codec. */
  async setPreferredLayers(layers: PreferredLayers): Promise<void> {
    this.#assertOpen();
    if (this.#consumer.type === 'simple') return;
    await mapMediasoupErrors(this.#consumer.setPreferredLayers(layers));
    this.#tellDemand();
  }

  /** 1 to 255; the higher keeps its quality longer when the downlink is short. */
  async setPriority(priority: number): Promise<void> {
    this.#assertOpen();
    await mapMediasoupErrors(this.#consumer.setPriority(priority));
  }

  /** Audio has none, which is no error. */
  async requestKeyFrame(): Promise<void> {
    this.#assertOpen();
    if (this.#consumer.kind === 'video') await mapMediasoupErrors(this.#consumer.requestKeyFrame());
  }

  #tellDemand(): void {
    if (!this.#closed) this.emit('demand-changed');
  }

  #producerClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#scores.close();
    this.#rescue.close();
    this.emit('producer-closed');
    this.removeAllListeners();
  }

  #end(closeConsumer: () => void): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#scores.close();
    this.#rescue.close();
    closeConsumer();
    this.removeAllListeners();
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
