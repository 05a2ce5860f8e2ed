import type { ConsumerId, PeerId, ProducerId } from '@parley/proto/ids';
import type { ConsumeResult } from '@parley/proto/requests';
import type { PeerRecord } from '@parley/proto/room';
import { backoffMs } from '../base/time/backoff.ts';
import { asFailure } from '../base/call-failure.ts';
import { ConsumerRequests, inBatches, type LayersChange } from './consumer-requests.ts';
import { GUESSED_PICTURES_MAX, planConsumption, type WantedProducer } from './consumption-plan.ts';
import type { ClientLog } from '../base/log.ts';
import type { types } from 'mediasoup-client';
import { isVideo } from './picture-layers.ts';
import { Refusals, REFUSED_MS } from './refusals.ts';
import { RemoteStream } from './remote-stream.ts';
import { RemoteStreams } from './remote-streams.ts';
import { toClientParameters } from '../base/rtp-sanitizer.ts';
import { Scheduler } from '../base/time/scheduler.ts';
import type { SignalingClient } from '../signaling/signaling-client.ts';
import type { Picture } from './picture.ts';
import { mostPictures, NO_LIMITS, type PictureLimits } from './picture-mode.ts';

/** Speakers and closed consumers come in bursts: one plan for the burst. */
const BURST_MS = 100;
/** The first pause after a failure takes 1.1 s on average, the longest one 3.75 s. */
const RETRY_MS = 1_500;

export type ConsumptionOptions = {
  request: SignalingClient['request'];
  /** The others, in the order of joining. */
  peers: () => readonly PeerRecord[];
  heard: () => readonly PeerId[];
  /** Whether the stream has brought something. */
  hasBegun: (stream: RemoteStream) => boolean;
  onChanged: () => void;
  /** Whether a picture is missing because the server has no capacity left for it. Called when that changes. */
  onPicturesLimited: (limited: boolean) => void;
  log: ClientLog;
};

/** The transports of a peer, as receiving needs them. */
export type ReceivingTransports = {
  consume: (options: types.ConsumerOptions) => Promise<types.Consumer>;
  readonly receiveConnecting: Promise<void>;
  readonly receiveBegun: boolean;
  readonly closed: boolean;
};

/** The transports to receive with. Awaited late: asking for consumers does not need them, only the answer does. */
type Opening = Promise<ReceivingTransports | null>;
type Created = Extract<ConsumeResult, { status: 'created' }>;

/** Receives what is shown and heard, and nothing else. One plan at a time; each is made from the newest facts. */
export class Consumption {
  readonly streams: RemoteStreams;
  readonly #options: ConsumptionOptions;
  readonly #requests: ConsumerRequests;
  readonly #refusals = new Refusals();
  /** The pictures that are missing because the server has no capacity left for them. */
  readonly #missing = new Set<ProducerId>();
  readonly #scheduler = new Scheduler(() => this.#run());
  #opening: Opening | null = null;
  /** Whether a request of the running plan failed. */
  #failed = false;
  /** The number of plans in a row of which a request failed. */
  #failures = 0;
  #begun: PromiseWithResolvers<void> = Promise.withResolvers();
  /** Consumers that are not set up yet. */
  #given: readonly ConsumeResult[] = [];
  #pictures: readonly Picture[] | null = null;
  /** The consumers that these transports had or have. */
  readonly #used = new Set<ConsumerId>();
  #limits: PictureLimits = NO_LIMITS;

  constructor(options: ConsumptionOptions) {
    this.#options = options;
    this.streams = new RemoteStreams(options.onChanged);
    this.#requests = new ConsumerRequests({
      request: options.request,
      onUnknown: (consumerIds) => this.#giveUp(consumerIds),
      onFailed: () => (this.#failed = true),
      log: options.log,
    });
  }

  /** Resolves when what is to be received first is set up, or there is nothing to receive yet. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  /** The number of pictures that a page receives before it has drawn its tiles. */
  get firstPictures(): number {
    return this.#limits.outOfSight ? 0 : Math.min(GUESSED_PICTURES_MAX, mostPictures(this.#limits));
  }

  /** @param given Consumers that the server made on these transports without being asked. */
  setMedia(opening: Opening | null, given: readonly ConsumeResult[] = []): void {
    this.streams.clear();
    this.#used.clear();
    this.#refusals.clear();
    this.#failures = 0;
    this.#begun.resolve();
    this.#begun = Promise.withResolvers();
    this.#opening = opening;
    this.#given = given;
    this.#scheduler.request(0);
  }

  setPictures(pictures: readonly Picture[]): void {
    // A page that has not drawn its first tile yet has not said that it shows nothing.
    if (pictures.length === 0 && this.#pictures === null) return;
    this.#pictures = pictures;
    // The page's registry of pictures has thinned out the changes already.
    this.#scheduler.request(0);
  }

  /** Changes the limits in `patch` and keeps the others. */
  setLimits(patch: Partial<PictureLimits>): void {
    this.#limits = { ...this.#limits, ...patch };
    this.#scheduler.request(0);
  }

  /** Peers or producers are not what they were. */
  recordsChanged(): void {
    this.#scheduler.request(0);
  }

  /** The microphones that the room forwards; null: all of them. Without delay: somebody may begin to speak. */
  setForwarded(producerIds: readonly ProducerId[] | null): void {
    this.streams.setForwarded(producerIds);
    this.#scheduler.request(0);
  }

  /** Matters where not everybody can be heard or seen at once, and on a short downlink. */
  speakersChanged(): void {
    this.#scheduler.request(BURST_MS);
  }

  handleClosed(consumerId: ConsumerId): void {
    const producerId = this.streams.closed(consumerId);
    if (producerId !== undefined) this.#refusals.noteClosed(producerId, Date.now());
    this.#scheduler.request(BURST_MS);
  }

  handleScore(consumerId: ConsumerId, score: number, producerScore: number): void {
    this.streams.applyFacts(consumerId, { score, producerScore });
  }

  handleLayers(consumerId: ConsumerId, spatialLayer: number | null, temporalLayer: number | null): void {
    this.streams.applyFacts(consumerId, { current: { spatialLayer, temporalLayer } });
  }

  /** Asks for nothing more. What is received is kept until `close`. */
  stop(): void {
    this.#scheduler.close();
  }

  close(): void {
    this.stop();
    this.streams.clear();
    this.#opening = null;
  }

  async #run(): Promise<void> {
    await this.#setUpGiven();
    const opening = this.#opening;
    if (opening === null) return;
    this.#failed = false;
    const now = Date.now();
    const limits = this.#limits;
    this.streams.noteBegun(this.#options.hasBegun, now);
    const plan = planConsumption({
      peers: this.#options.peers(),
      pictures: this.#pictures,
      limits,
      consumers: this.streams.byProducer,
      refused: this.#refusals.at(now),
      forwarded: this.streams.forwarded,
      heard: this.#options.heard(),
      now,
    });
    for (const stream of this.streams) {
      stream.unwantedSince = plan.needed.has(stream.producerId) ? null : (stream.unwantedSince ?? now);
    }
    // A plan takes the place of all that were due later.
    for (const dueAt of [plan.nextDueAt, this.#refusals.nextOverAt])
      if (dueAt !== null) this.#scheduler.request(dueAt - now);
    this.streams.remove(this.streams.of(plan.close));
    await Promise.all([
      this.#receive(opening, plan.create),
      this.#requests.close(plan.close),
      this.#pause(plan.pause),
      this.#resume(plan.resume),
      this.#setLayers(plan.setLayers),
    ]);
    // A page that nobody sees asks for no picture, so it does not learn whether the server has capacity again.
    if (!limits.outOfSight) this.#forgetMissing(plan.needed);
    this.#retryIfFailed();
  }

  #noteMissing(producerIds: readonly ProducerId[]): void {
    const isFirst = this.#missing.size === 0;
    for (const producerId of producerIds) this.#missing.add(producerId);
    if (isFirst && this.#missing.size > 0) this.#options.onPicturesLimited(true);
  }

  #forgetMissing(needed: ReadonlySet<ProducerId>): void {
    if (this.#missing.size === 0) return;
    for (const producerId of this.#missing)
      if (!needed.has(producerId) || this.streams.find(producerId) !== undefined)
        this.#missing.delete(producerId);
    if (this.#missing.size === 0) this.#options.onPicturesLimited(false);
  }

  #retryIfFailed(): void {
    if (this.#failed) {
      this.#scheduler.request(backoffMs(this.#failures, { firstMs: RETRY_MS }));
      this.#failures += 1;
    } else this.#failures = 0;
  }

  async #pause(consumerIds: readonly ConsumerId[]): Promise<void> {
    this.streams.setPaused(await this.#requests.pause(consumerIds), true);
  }

  async #resume(consumerIds: readonly ConsumerId[]): Promise<void> {
    this.streams.setPaused(await this.#requests.resume(consumerIds), false);
  }

  async #setLayers(changes: readonly LayersChange[]): Promise<void> {
    for (const { consumerId, preferredLayers: layers, priority } of await this.#requests.setLayers(changes)) {
      for (const stream of this.streams.of([consumerId])) Object.assign(stream, { layers, priority });
    }
  }

  async #receive(opening: Opening, wanted: readonly WantedProducer[]): Promise<void> {
    const begun = this.#begun;
    await Promise.all(inBatches(wanted).map((batch) => this.#create(opening, batch, begun.resolve)));
    begun.resolve();
  }

  async #create(opening: Opening, batch: readonly WantedProducer[], done: () => void): Promise<void> {
    await this.#setUp(opening, await this.#requests.create(batch), batch, done);
  }

  /** All together in one negotiation. The next plan asks for the layers that the pictures deserve. */
  async #setUpGiven(): Promise<void> {
    const opening = this.#opening;
    const given = this.#given;
    this.#given = [];
    if (opening !== null && given.length > 0) await this.#setUp(opening, given, [], this.#begun.resolve);
  }

  async #setUp(
    opening: Opening,
    results: readonly ConsumeResult[],
    batch: readonly WantedProducer[],
    done: () => void,
  ): Promise<void> {
    const media = await opening;
    if (media === null || media.closed || this.#opening !== opening) return;
    for (const result of results) {
      if (result.status === 'failed') this.#refuse(result.producerId, result.error.code);
    }
    const refused = results.filter((result) => this.#isPictureRefused(result));
    this.#noteMissing(refused.map(({ producerId }) => producerId));
    const created = this.#withoutUsed(
      results
        .filter((result) => result.status === 'created')
        .filter(({ consumer }) => !this.streams.wasClosed(consumer.consumerId)),
    );
    if (created.length === 0) return;
    const { receiveBegun } = media;
    const consuming = Promise.all(created.map((result) => this.#consume(media, result, batch)));
    // The first packets come after DTLS, which takes longer than the rest of the set-up in the browser: do not wait for that. Once the
    // transport carries media, a key frame that comes before the set-up is lost.
    await (receiveBegun ? consuming : Promise.race([consuming, media.receiveConnecting]));
    const consumerIds = created
      .filter(({ consumer }) => consumer.paused)
      .map(({ consumer }) => consumer.consumerId);
    const resumed = this.#requests.resume(consumerIds);
    await consuming;
    done();
    // Shown before the server confirms: the first frame may be quicker than the reply.
    this.streams.setPaused(
      created.map(({ consumer }) => consumer.consumerId),
      false,
    );
    const confirmed = new Set(await resumed);
    this.streams.setPaused(
      consumerIds.filter((consumerId) => !confirmed.has(consumerId)),
      true,
    );
  }

  /**
   * The server has a consumer for as long as nobody closes it, and names the same again when it is asked. The browser refuses a name that it had
   * before, and with it every later change of what is received.
   */
  #withoutUsed(created: readonly Created[]): Created[] {
    const used = created.filter(({ consumer }) => this.#used.has(consumer.consumerId));
    for (const { consumer } of created) this.#used.add(consumer.consumerId);
    if (used.length > 0) {
      this.#failed = true;
      void this.#requests.close(used.map(({ consumer }) => consumer.consumerId));
    }
    return created.filter((result) => !used.includes(result));
  }

  /** The server does not know at least one of them. The others are closed there too, so that the next plan gets new ones. */
  #giveUp(consumerIds: readonly ConsumerId[]): void {
    this.streams.remove(this.streams.of(consumerIds));
    void this.#requests.close(consumerIds);
    this.#scheduler.request(0);
  }

  async #consume(
    media: ReceivingTransports,
    { consumer: made }: Created,
    batch: readonly WantedProducer[],
  ): Promise<void> {
    const { consumerId, producerId, peerId, source, kind, rtpParameters } = made;
    // One stream per person: the browser then plays lips and voice together.
    const streamId = `${peerId}-${source === 'screen' || source === 'screen-audio' ? 'screen' : 'person'}`;
    const parameters = toClientParameters(rtpParameters);
    try {
      const consumer = await media.consume({
        id: consumerId,
        producerId,
        kind,
        rtpParameters: parameters,
        streamId,
      });
      if (media.closed || this.streams.wasClosed(consumerId)) return consumer.close();
      const stream = new RemoteStream({ consumerId, producerId, peerId, source }, consumer);
      stream.layers = batch.find((item) => item.producerId === producerId)?.layers ?? null;
      // Only pictures compete for the downlink. The next plan sends their priority together with their layers.
      stream.priority = isVideo(source) ? null : 255;
      this.streams.add(stream);
      this.#scheduler.request(BURST_MS);
    } catch (error) {
      if (media.closed) return;
      this.#options.log('error', 'cannot consume', { source, message: asFailure(error).message });
      this.#refuse(producerId, 'cannot_consume');
      void this.#requests.close([consumerId]);
    }
  }

  #refuse(producerId: ProducerId, code: string): void {
    this.#options.log('warn', 'producer not consumed', { code });
    this.#refusals.add(producerId, Date.now());
    this.#scheduler.request(REFUSED_MS);
  }

  #isPictureRefused(result: ConsumeResult): boolean {
    if (result.status !== 'failed' || result.error.code !== 'at_capacity') return false;
    const producers = this.#options.peers().flatMap((peer) => peer.producers);
    return producers.some(({ producerId, kind }) => producerId === result.producerId && kind === 'video');
  }
}
