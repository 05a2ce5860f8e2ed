import {
  BATCH_MAX,
  type ConsumerId,
  type ConsumeResult,
  type PeerId,
  type PeerRecord,
  type ProducerId,
} from '@parley/proto';
import { asFailure, type CallFailure } from './call-failure.ts';
import { planConsumption, type Plan, type WantedProducer } from './consumption-plan.ts';
import type { ClientLog } from './log.ts';
import type { MediaSession } from './media-session.ts';
import { RemoteStream } from './remote-stream.ts';
import { isVideo } from './quality.ts';
import { Scheduler } from './scheduler.ts';
import type { Session } from './session.ts';
import type { View } from './types.ts';

/** Views change in bursts (a resize, a page turned): one request for the burst. */
export const VIEWS_DEBOUNCE_MS = 100;
const REFUSED_MS = 5000;
const RETRY_MS = 1000;

export type ConsumptionOptions = {
  request: Session['request'];
  /** The others, in the order of joining. */
  peers: () => readonly PeerRecord[];
  heard: () => readonly PeerId[];
  onChanged: () => void;
  log: ClientLog;
};

type StreamFacts = Partial<Pick<RemoteStream, 'score' | 'producerScore' | 'current'>>;
type EarlyNews = { closed: boolean; facts: StreamFacts };
const EARLY_MAX = 256;

type Created = Extract<ConsumeResult, { status: 'created' }>;

/** Receives what is shown and heard, and nothing else. One plan at a time; each is made from the newest facts. */
export class Consumption {
  readonly #options: ConsumptionOptions;
  readonly #streams = new Map<ProducerId, RemoteStream>();
  readonly #refusedUntil = new Map<ProducerId, number>();
  /** What was told of consumers that are still being set up here. */
  readonly #early = new Map<ConsumerId, EarlyNews>();
  readonly #scheduler: Scheduler;
  /** Asked for before it is there: the request for consumers does not need it, only their answer does. */
  #media: Promise<MediaSession | null> | null = null;
  #begun: PromiseWithResolvers<void> = Promise.withResolvers();
  #views: readonly View[] | null = null;

  constructor(options: ConsumptionOptions) {
    this.#options = options;
    this.#scheduler = new Scheduler(() => this.#run());
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

  setMedia(media: Promise<MediaSession | null> | null): void {
    for (const stream of Array.from(this.#streams.values())) this.#forget(stream);
    this.#early.clear();
    this.#refusedUntil.clear();
    this.#begun.resolve();
    this.#begun = Promise.withResolvers();
    this.#media = media;
    this.#scheduler.request(0);
  }

  setViews(views: readonly View[]): void {
    // A page that has not drawn its first tile yet has not said that it shows nothing.
    if (views.length === 0 && this.#views === null) return;
    this.#views = views;
    this.#scheduler.request(VIEWS_DEBOUNCE_MS);
  }

  /** Peers or producers are not what they were. */
  recordsChanged(): void {
    this.#scheduler.request(0);
  }

  /** Matters only where not everybody can be heard at once. */
  speakersChanged(): void {
    this.#scheduler.request(VIEWS_DEBOUNCE_MS);
  }

  handleClosed(consumerId: ConsumerId): void {
    const stream = this.#byConsumer(consumerId);
    if (stream === undefined) this.#noteEarly(consumerId, { closed: true });
    else this.#forget(stream);
    this.#scheduler.request(VIEWS_DEBOUNCE_MS);
  }

  handleScore(consumerId: ConsumerId, score: number, producerScore: number): void {
    this.#tell(consumerId, { score, producerScore });
  }

  handleLayers(consumerId: ConsumerId, spatialLayer: number | null, temporalLayer: number | null): void {
    this.#tell(consumerId, { current: { spatialLayer, temporalLayer } });
  }

  close(): void {
    this.#scheduler.close();
    for (const stream of Array.from(this.#streams.values())) this.#forget(stream);
    this.#media = null;
  }

  async #run(): Promise<void> {
    const media = this.#media;
    if (media === null) return;
    const now = Date.now();
    const plan = planConsumption({
      peers: this.#options.peers(),
      views: this.#views,
      consumers: this.#streams,
      refused: this.#refused(now),
      heard: this.#options.heard(),
      now,
    });
    this.#markWanted(plan, now);
    if (plan.nextDueAt !== null) this.#scheduler.request(plan.nextDueAt - now);
    const begun = this.#begun;
    if (plan.create.length === 0) begun.resolve();
    await Promise.all([
      this.#close(plan.close),
      this.#pause(plan.pause),
      ...chunk(plan.create).map((batch) => this.#create(media, batch, begun)),
      this.#resume(plan.resume),
      this.#setLayers(plan),
    ]);
  }

  #markWanted(plan: Plan, now: number): void {
    for (const stream of this.#streams.values()) {
      stream.unwantedSince = plan.wanted.has(stream.producerId) ? null : (stream.unwantedSince ?? now);
    }
  }

  async #create(
    opening: Promise<MediaSession | null>,
    batch: readonly WantedProducer[],
    begun: PromiseWithResolvers<void>,
  ): Promise<void> {
    const producers = batch.map(({ producerId, layers }) =>
      layers === null ? { producerId } : { producerId, preferredLayers: layers },
    );
    const reply = await this.#attempt('consumer:create', () =>
      this.#options.request('consumer:create', { producers }),
    );
    const media = await opening;
    if (reply === null || media === null || media.closed || this.#media !== opening) return begun.resolve();
    for (const result of reply.results)
      if (result.status === 'failed') this.#refuse(result.producerId, result.error.code);
    const created = reply.results
      .filter((result) => result.status === 'created')
      .filter((result) => !this.#wasClosed(result.consumer.consumerId));
    if (created.length === 0) return begun.resolve();
    const consuming = Promise.all(created.map((result) => this.#consume(media, result, batch))).finally(() =>
      begun.resolve(),
    );
    // The first packets come after DTLS, which takes longer than what is left to be set up here: do not wait for it.
    await Promise.race([consuming, media.receiveConnecting]);
    const consumerIds = created.map((result) => result.consumer.consumerId);
    const resumed = this.#attempt(
      'consumer:resume',
      () => this.#options.request('consumer:resume', { consumerIds }),
      consumerIds,
    );
    await consuming;
    // Shown before the server confirms: the first frame may be quicker than the reply.
    this.#setPaused(consumerIds, false);
    if ((await resumed) === null) this.#setPaused(consumerIds, true);
  }

  async #consume(
    media: MediaSession,
    { consumer: parameters }: Created,
    batch: readonly WantedProducer[],
  ): Promise<RemoteStream | null> {
    const { consumerId, producerId, peerId, source, kind, rtpParameters } = parameters;
    try {
      const group = source === 'screen' || source === 'screen-audio' ? 'screen' : 'person';
      // One stream per person: the browser then plays lips and voice together.
      const consumer = await media.receive.consume({
        id: consumerId,
        producerId,
        kind,
        rtpParameters,
        streamId: `${peerId}-${group}`,
      });
      if (media.closed || this.#wasClosed(consumerId)) {
        consumer.close();
        return null;
      }
      const stream = new RemoteStream({ consumerId, producerId, peerId, source }, consumer);
      const wanted = batch.find((item) => item.producerId === producerId);
      stream.layers = wanted?.layers ?? null;
      // Only pictures compete for the downlink; their priority is told with the layers, by the next plan.
      stream.priority = isVideo(source) ? null : 255;
      Object.assign(stream, this.#early.get(consumerId)?.facts);
      this.#early.delete(consumerId);
      this.#streams.set(producerId, stream);
      this.#scheduler.request(VIEWS_DEBOUNCE_MS);
      return stream;
    } catch (error) {
      this.#options.log('error', 'cannot consume', { source, message: asFailure(error).message });
      this.#refuse(producerId, 'cannot_consume');
      if (!media.closed) void this.#close([consumerId]);
      return null;
    }
  }

  async #resume(consumerIds: readonly ConsumerId[]): Promise<void> {
    for (const batch of chunk(consumerIds)) {
      const answer = await this.#attempt(
        'consumer:resume',
        () => this.#options.request('consumer:resume', { consumerIds: batch }),
        batch,
      );
      if (answer !== null) this.#setPaused(batch, false);
    }
  }

  async #pause(consumerIds: readonly ConsumerId[]): Promise<void> {
    for (const batch of chunk(consumerIds)) {
      const answer = await this.#attempt(
        'consumer:pause',
        () => this.#options.request('consumer:pause', { consumerIds: batch }),
        batch,
      );
      if (answer !== null) this.#setPaused(batch, true);
    }
  }

  async #close(consumerIds: readonly ConsumerId[]): Promise<void> {
    for (const batch of chunk(consumerIds)) {
      for (const consumerId of batch) {
        const stream = this.#byConsumer(consumerId);
        if (stream !== undefined) this.#forget(stream);
      }
      await this.#attempt('consumer:close', () =>
        this.#options.request('consumer:close', { consumerIds: batch }),
      );
    }
  }

  async #setLayers(plan: Plan): Promise<void> {
    for (const layers of chunk(plan.setLayers)) {
      const ids = layers.map((item) => item.consumerId);
      const answer = await this.#attempt(
        'consumer:set-layers',
        () => this.#options.request('consumer:set-layers', { layers }),
        ids,
      );
      if (answer === null) continue;
      for (const { consumerId, preferredLayers, priority } of layers) {
        const stream = this.#byConsumer(consumerId);
        if (stream === undefined) continue;
        stream.layers = preferredLayers;
        stream.priority = priority;
      }
    }
  }

  /** null: it failed. Consumers that the server does not know are dropped here too, and made again by the next plan. */
  async #attempt<T>(
    verb: string,
    ask: () => Promise<T>,
    about: readonly ConsumerId[] = [],
  ): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      this.#handleFailure(verb, asFailure(error), about);
      return null;
    }
  }

  #handleFailure(verb: string, failure: CallFailure, about: readonly ConsumerId[]): void {
    // A lost socket: its resume brings the next plan.
    if (failure.code === 'network_unreachable' || failure.code === 'closed') return;
    this.#options.log('warn', 'consumption failed', { verb, code: failure.code });
    if (failure.code === 'consumer_not_found') {
      for (const consumerId of about) {
        const stream = this.#byConsumer(consumerId);
        if (stream !== undefined) this.#forget(stream);
      }
    }
    if (verb !== 'consumer:close') this.#scheduler.request(RETRY_MS);
  }

  #setPaused(consumerIds: readonly ConsumerId[], paused: boolean): void {
    for (const consumerId of consumerIds) {
      const stream = this.#byConsumer(consumerId);
      if (stream !== undefined) stream.paused = paused;
    }
    this.#options.onChanged();
  }

  #forget(stream: RemoteStream): void {
    this.#streams.delete(stream.producerId);
    stream.consumer.close();
    this.#options.onChanged();
  }

  #tell(consumerId: ConsumerId, facts: StreamFacts): void {
    const stream = this.#byConsumer(consumerId);
    if (stream === undefined) this.#noteEarly(consumerId, { facts });
    else Object.assign(stream, facts);
    this.#options.onChanged();
  }

  #noteEarly(consumerId: ConsumerId, news: Partial<EarlyNews>): void {
    const known = this.#early.get(consumerId) ?? { closed: false, facts: {} };
    this.#early.set(consumerId, {
      closed: known.closed || news.closed === true,
      facts: { ...known.facts, ...news.facts },
    });
    // Of consumers that were never set up here nothing more is heard; their news must not pile up.
    if (this.#early.size > EARLY_MAX) this.#early.delete(this.#early.keys().next().value ?? consumerId);
  }

  #wasClosed(consumerId: ConsumerId): boolean {
    if (this.#early.get(consumerId)?.closed !== true) return false;
    this.#early.delete(consumerId);
    return true;
  }

  #refuse(producerId: ProducerId, code: string): void {
    this.#options.log('warn', 'producer not consumed', { code });
    this.#refusedUntil.set(producerId, Date.now() + REFUSED_MS);
    this.#scheduler.request(REFUSED_MS);
  }

  #refused(now: number): Set<ProducerId> {
    for (const [producerId, until] of this.#refusedUntil)
      if (until <= now) this.#refusedUntil.delete(producerId);
    return new Set(this.#refusedUntil.keys());
  }

  #byConsumer(consumerId: ConsumerId): RemoteStream | undefined {
    return Array.from(this.#streams.values()).find((stream) => stream.consumerId === consumerId);
  }
}

function chunk<T>(items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += BATCH_MAX)
    chunks.push(items.slice(start, start + BATCH_MAX));
  return chunks;
}
