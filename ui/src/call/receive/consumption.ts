import type { ConsumerId, ConsumeResult, PeerId, PeerRecord, ProducerId } from '@parley/proto';
import { backoffMs } from '../base/backoff.ts';
import { asFailure } from '../base/call-failure.ts';
import { ConsumerRequests, inBatches, type LayersChange } from './consumer-requests.ts';
import { planConsumption, type WantedProducer } from './consumption-plan.ts';
import { EarlyNotifications, type StreamFacts } from './early-notifications.ts';
import type { ClientLog } from '../base/log.ts';
import type { types } from 'mediasoup-client';
import { isVideo } from './picture-layers.ts';
import { Refusals, REFUSED_MS } from './refusals.ts';
import { RemoteStream } from './remote-stream.ts';
import { toClientParameters } from '../base/rtp-sanitizer.ts';
import { Scheduler } from '../base/scheduler.ts';
import type { SignalingClient } from '../signaling/signaling-client.ts';
import type { Picture } from './picture.ts';
import type { PictureMode } from './picture-mode.ts';

/** Speakers and closed consumers come in bursts: one plan for the burst. */
const BURST_MS = 100;
/** The first pause after a failure takes 1.1 s on average, the longest one 3.75 s. */
const RETRY_MS = 1_500;

export type ConsumptionOptions = {
  request: SignalingClient['request'];
  /** The others, in the order of joining. */
  peers: () => readonly PeerRecord[];
  heard: () => readonly PeerId[];
  onChanged: () => void;
  log: ClientLog;
};

/** The transports of a peer, as receiving needs them. */
export type ReceivingTransports = {
  consume: (options: types.ConsumerOptions) => Promise<types.Consumer>;
  readonly receiveConnecting: Promise<void>;
  readonly closed: boolean;
};

/** The transports to receive with. Awaited late: asking for consumers does not need them, only the answer does. */
type Opening = Promise<ReceivingTransports | null>;
type Created = Extract<ConsumeResult, { status: 'created' }>;

/** Receives what is shown and heard, and nothing else. One plan at a time; each is made from the newest facts. */
export class Consumption {
  readonly #options: ConsumptionOptions;
  readonly #requests: ConsumerRequests;
  readonly #streams = new Map<ProducerId, RemoteStream>();
  readonly #refusals = new Refusals();
  readonly #early = new EarlyNotifications();
  readonly #scheduler = new Scheduler(() => this.#run());
  #opening: Opening | null = null;
  /** Whether a request of the running plan failed. */
  #failed = false;
  /** The number of plans in a row of which a request failed. */
  #failures = 0;
  #begun: PromiseWithResolvers<void> = Promise.withResolvers();
  #pictures: readonly Picture[] | null = null;
  #pictureMode: PictureMode = 'all';

  constructor(options: ConsumptionOptions) {
    this.#options = options;
    this.#requests = new ConsumerRequests({
      request: options.request,
      onUnknown: (consumerIds) => this.#forget(this.#streamsOf(consumerIds)),
      onFailed: () => (this.#failed = true),
      log: options.log,
    });
  }

  get streams(): Iterable<RemoteStream> {
    return this.#streams.values();
  }

  get isEmpty(): boolean {
    return this.#streams.size === 0;
  }

  /** Resolves when what is to be received first is set up, or there is nothing to receive yet. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  find(producerId: ProducerId): RemoteStream | undefined {
    return this.#streams.get(producerId);
  }

  setMedia(opening: Opening | null): void {
    this.#forget(Array.from(this.#streams.values()));
    this.#early.clear();
    this.#refusals.clear();
    this.#failures = 0;
    this.#begun.resolve();
    this.#begun = Promise.withResolvers();
    this.#opening = opening;
    this.#scheduler.request(0);
  }

  setPictures(pictures: readonly Picture[]): void {
    // A page that has not drawn its first tile yet has not said that it shows nothing.
    if (pictures.length === 0 && this.#pictures === null) return;
    this.#pictures = pictures;
    // The page's registry of pictures has thinned out the changes already.
    this.#scheduler.request(0);
  }

  setPictureMode(mode: PictureMode): void {
    this.#pictureMode = mode;
    this.#scheduler.request(0);
  }

  /** Peers or producers are not what they were. */
  recordsChanged(): void {
    this.#scheduler.request(0);
  }

  /** Matters only where not everybody can be heard at once. */
  speakersChanged(): void {
    this.#scheduler.request(BURST_MS);
  }

  handleClosed(consumerId: ConsumerId): void {
    const streams = this.#streamsOf([consumerId]);
    if (streams.length === 0) this.#early.noteClosed(consumerId);
    else this.#forget(streams);
    this.#scheduler.request(BURST_MS);
  }

  handleScore(consumerId: ConsumerId, score: number, producerScore: number): void {
    this.#applyFacts(consumerId, { score, producerScore });
  }

  handleLayers(consumerId: ConsumerId, spatialLayer: number | null, temporalLayer: number | null): void {
    this.#applyFacts(consumerId, { current: { spatialLayer, temporalLayer } });
  }

  /** Asks for nothing more. What is received is kept until `close`. */
  stop(): void {
    this.#scheduler.close();
  }

  close(): void {
    this.stop();
    this.#forget(Array.from(this.#streams.values()));
    this.#opening = null;
  }

  async #run(): Promise<void> {
    const opening = this.#opening;
    if (opening === null) return;
    this.#failed = false;
    const now = Date.now();
    const plan = planConsumption({
      peers: this.#options.peers(),
      pictures: this.#pictures,
      pictureMode: this.#pictureMode,
      consumers: this.#streams,
      refused: this.#refusals.at(now),
      heard: this.#options.heard(),
      now,
    });
    for (const stream of this.#streams.values()) {
      stream.unwantedSince = plan.wanted.has(stream.producerId) ? null : (stream.unwantedSince ?? now);
    }
    if (plan.nextDueAt !== null) this.#scheduler.request(plan.nextDueAt - now);
    this.#forget(this.#streamsOf(plan.close));
    await Promise.all([
      this.#receive(opening, plan.create),
      this.#requests.close(plan.close),
      this.#pause(plan.pause),
      this.#resume(plan.resume),
      this.#setLayers(plan.setLayers),
    ]);
    this.#retryIfFailed();
  }

  #retryIfFailed(): void {
    if (this.#failed) {
      this.#scheduler.request(backoffMs(this.#failures, { firstMs: RETRY_MS }));
      this.#failures += 1;
    } else this.#failures = 0;
  }

  async #pause(consumerIds: readonly ConsumerId[]): Promise<void> {
    this.#setPaused(await this.#requests.pause(consumerIds), true);
  }

  async #resume(consumerIds: readonly ConsumerId[]): Promise<void> {
    this.#setPaused(await this.#requests.resume(consumerIds), false);
  }

  async #setLayers(changes: readonly LayersChange[]): Promise<void> {
    for (const { consumerId, preferredLayers: layers, priority } of await this.#requests.setLayers(changes)) {
      for (const stream of this.#streamsOf([consumerId])) Object.assign(stream, { layers, priority });
    }
  }

  async #receive(opening: Opening, wanted: readonly WantedProducer[]): Promise<void> {
    const begun = this.#begun;
    await Promise.all(inBatches(wanted).map((batch) => this.#create(opening, batch, begun.resolve)));
    begun.resolve();
  }

  async #create(opening: Opening, batch: readonly WantedProducer[], setUp: () => void): Promise<void> {
    const results = await this.#requests.create(batch);
    const media = await opening;
    if (media === null || media.closed || this.#opening !== opening) return;
    for (const result of results) {
      if (result.status === 'failed') this.#refuse(result.producerId, result.error.code);
    }
    const created = results
      .filter((result) => result.status === 'created')
      .filter(({ consumer }) => !this.#early.wasClosed(consumer.consumerId));
    if (created.length === 0) return;
    const consuming = Promise.all(created.map((result) => this.#consume(media, result, batch)));
    // The first packets come after DTLS, which takes longer than the rest of the set-up in the browser: do not wait for that.
    await Promise.race([consuming, media.receiveConnecting]);
    const consumerIds = created.map(({ consumer }) => consumer.consumerId);
    const resumed = this.#requests.resume(consumerIds);
    await consuming;
    setUp();
    // Shown before the server confirms: the first frame may be quicker than the reply.
    this.#setPaused(consumerIds, false);
    const done = new Set(await resumed);
    this.#setPaused(
      consumerIds.filter((consumerId) => !done.has(consumerId)),
      true,
    );
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
      if (media.closed || this.#early.wasClosed(consumerId)) return consumer.close();
      const stream = new RemoteStream({ consumerId, producerId, peerId, source }, consumer);
      stream.layers = batch.find((item) => item.producerId === producerId)?.layers ?? null;
      // Only pictures compete for the downlink. The next plan sends their priority together with their layers.
      stream.priority = isVideo(source) ? null : 255;
      Object.assign(stream, this.#early.take(consumerId));
      this.#streams.set(producerId, stream);
      this.#scheduler.request(BURST_MS);
    } catch (error) {
      if (media.closed) return;
      this.#options.log('error', 'cannot consume', { source, message: asFailure(error).message });
      this.#refuse(producerId, 'cannot_consume');
      void this.#requests.close([consumerId]);
    }
  }

  #setPaused(consumerIds: readonly ConsumerId[], paused: boolean): void {
    if (consumerIds.length === 0) return;
    for (const stream of this.#streamsOf(consumerIds)) stream.paused = paused;
    this.#options.onChanged();
  }

  #applyFacts(consumerId: ConsumerId, facts: StreamFacts): void {
    const [stream] = this.#streamsOf([consumerId]);
    if (stream === undefined) this.#early.note(consumerId, facts);
    else Object.assign(stream, facts);
    this.#options.onChanged();
  }

  #forget(streams: readonly RemoteStream[]): void {
    for (const stream of streams) {
      this.#streams.delete(stream.producerId);
      stream.consumer.close();
    }
    this.#options.onChanged();
  }

  #refuse(producerId: ProducerId, code: string): void {
    this.#options.log('warn', 'producer not consumed', { code });
    this.#refusals.add(producerId, Date.now());
    this.#scheduler.request(REFUSED_MS);
  }

  #streamsOf(consumerIds: readonly ConsumerId[]): RemoteStream[] {
    if (consumerIds.length === 0) return [];
    const wanted = new Set(consumerIds);
    return Array.from(this.#streams.values()).filter((stream) => wanted.has(stream.consumerId));
  }
}
