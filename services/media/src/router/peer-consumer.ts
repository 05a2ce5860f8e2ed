import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { ConsumerId, PeerId, ProducerId } from '@parley/proto/ids';
import type { ConsumerParameters, PreferredLayers, RtpParameters, Source } from '@parley/proto/rtp';
import type { types } from 'mediasoup';
import { LatestThrottle } from './latest-throttle.ts';
import { LayerRescue } from './layer-rescue.ts';
import { LayerRest } from './layer-rest.ts';
import { mapMediasoupErrors } from './mediasoup-errors.ts';
import { SCORE_INTERVAL_MS } from './peer-producer.ts';

/** The layers that one consumer wants of its producer. Without a preferred layer it wants the highest one. */
export type ConsumerDemand = { paused: boolean; spatialLayer?: number | undefined };

/** What brings the producer of another router here, as long as the consumer needs it. */
export interface ConsumerSupply {
  setPaused(paused: boolean): void;
  release(): void;
}

/** 0 (nothing arrives) to 10 (all arrives): the stream to the peer, and the stream from the producer. */
export type ConsumerScore = { score: number; producerScore: number };

/** A producer as those who consume it see it. */
export type ConsumableProducer = { peerId: PeerId; producerId: ProducerId; source: Source };

/** The layers that are forwarded now; undefined when none is. */
export type ConsumedLayers = { spatialLayer: number; temporalLayer?: number | undefined } | undefined;

type PeerConsumerEvents = {
  /** The producer was closed, and the consumer with it. */
  'producer-closed': [];
  'demand-changed': [];
  scored: [ConsumerScore];
  'layers-changed': [ConsumedLayers];
};

/** A consumer: what a peer receives of one producer. */
export class PeerConsumer extends EventEmitter<PeerConsumerEvents> {
  readonly producer: ConsumableProducer;
  readonly #consumer: types.Consumer;
  readonly #scores: LatestThrottle<ConsumerScore>;
  readonly #rescue: LayerRescue;
  readonly #rest: LayerRest;
  readonly #supply: ConsumerSupply | undefined;
  #wantsPaused: boolean;
  #heldBack = false;
  #closed = false;

  /** @param supply Belongs to the consumer, which releases it. Undefined for a producer of the same router. */
  constructor(consumer: types.Consumer, producer: ConsumableProducer, supply: ConsumerSupply | undefined) {
    super();
    this.#supply = supply;
    this.producer = producer;
    this.#consumer = consumer;
    this.#wantsPaused = consumer.paused;
    this.#rescue = new LayerRescue(consumer, () => this.#wantsPaused);
    this.#rest = new LayerRest(consumer);
    this.#scores = new LatestThrottle(SCORE_INTERVAL_MS, (score) => this.emit('scored', score));
    consumer.on('score', ({ score, producerScore }) => this.#scores.push({ score, producerScore }));
    consumer.on('layerschange', (layers) => this.emit('layers-changed', layers));
    consumer.once('producerclose', () => this.producerClosed());
  }

  get id(): ConsumerId {
    return this.#consumer.id as ConsumerId;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get demand(): ConsumerDemand {
    return { paused: this.#wantsPaused, spatialLayer: this.#rest.wanted?.spatialLayer };
  }

  get parameters(): ConsumerParameters {
    const { kind, rtpParameters, type, producerPaused } = this.#consumer;
    return {
      consumerId: this.id,
      producerId: this.producer.producerId,
      peerId: this.producer.peerId,
      source: this.producer.source,
      kind,
      // Those to peers are never of pipes.
      type: type === 'pipe' ? 'simple' : type,
      rtpParameters: rtpParameters as RtpParameters,
      producerPaused,
      paused: this.#wantsPaused,
    };
  }

  close(): void {
    this.#end(() => this.#consumer.close());
  }

  /**
   * Call it when the producer was closed: the worker has closed the consumer with it, or will before its next
   * request. To close the consumer here as well would be an error in the worker.
   */
  producerClosed(): void {
    this.#end(() => this.emit('producer-closed'));
  }

  /** Call it when mediasoup has closed the consumer with its transport. */
  transportClosed(): void {
    this.#end(() => {});
  }

  async setPaused(paused: boolean): Promise<void> {
    this.#assertOpen();
    this.#wantsPaused = paused;
    await mapMediasoupErrors(this.#repeatPause());
    this.#rescue.look();
    this.#reportDemand();
  }

  /** Whether the room forwards other voices than this one. The peer still has it resumed, and need not ask again. */
  setHeldBack(heldBack: boolean): void {
    if (this.#closed || heldBack === this.#heldBack) return;
    this.#heldBack = heldBack;
    // An error means that the consumer was closed meanwhile, or its worker died.
    if (!this.#wantsPaused) this.#repeatPause().catch(() => undefined);
  }

  /**
   * Preferring layers of a consumer without layers is no error, because a client asks without knowing the sender's
   * codec.
   */
  async setPreferredLayers(layers: PreferredLayers): Promise<void> {
    this.#assertOpen();
    if (this.#consumer.type === 'simple') return;
    await mapMediasoupErrors(this.#rest.prefer(layers));
    this.#reportDemand();
  }

  /** 1 to 255. When the downlink is short, the consumers with the highest priority keep their quality. */
  async setPriority(priority: number): Promise<void> {
    this.#assertOpen();
    await mapMediasoupErrors(this.#consumer.setPriority(priority));
  }

  /** Requesting a key frame of audio does nothing and is no error. */
  async requestKeyFrame(): Promise<void> {
    this.#assertOpen();
    if (this.#consumer.kind === 'video') await mapMediasoupErrors(this.#consumer.requestKeyFrame());
  }

  #repeatPause(): Promise<void> {
    const paused = this.#wantsPaused || this.#heldBack;
    this.#supply?.setPaused(paused);
    return paused ? this.#consumer.pause() : this.#consumer.resume();
  }

  #reportDemand(): void {
    if (!this.#closed) this.emit('demand-changed');
  }

  #end(finish: () => void): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#scores.close();
    this.#rescue.close();
    this.#rest.close();
    this.#supply?.release();
    finish();
    this.removeAllListeners();
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
