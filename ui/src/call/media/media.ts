import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { ConsumeResult } from '@parley/proto/requests';
import type { PeerRecord } from '@parley/proto/room';
import type { IceServer, Source } from '@parley/proto/rtp';
import type { types } from 'mediasoup-client';
import { returnPauseMs } from '../base/time/backoff.ts';
import { asFailure, type CallFailure } from '../base/call-failure.ts';
import { pause, within } from '../base/time/deadline.ts';
import { Consumption, type ConsumptionOptions } from '../receive/consumption.ts';
import type { RemoteStream } from '../receive/remote-stream.ts';
import type { ClientLog } from '../base/log.ts';
import { FormerMedia } from './former-media.ts';
import { Sending } from './sending.ts';
import { SoundWatch } from '../send/sound-watch.ts';
import type { MediaDevice } from './media-device.ts';
import { Transports, type TransportsOptions, type TransportsOwner } from './transports.ts';
import { isVideo } from '../receive/picture-layers.ts';
import { Publication } from '../send/publication.ts';
import { ownQuality } from './connection-quality.ts';
import { Restoration, type RestorationOptions } from './restoration.ts';
import type { SignalingClient } from '../signaling/signaling-client.ts';
import type { Quality } from './connection-quality.ts';

export type MediaOptions = {
  device: MediaDevice;
  signaling: () => SignalingClient;
  peers: ConsumptionOptions['peers'];
  heard: ConsumptionOptions['heard'];
  onPicturesLimited: ConsumptionOptions['onPicturesLimited'];
  /** Streams, producers or connection states have changed. */
  onChanged: () => void;
  onRestored: RestorationOptions['onRestored'];
  onRecovery: RestorationOptions['onRecovery'];
  onBlocked: RestorationOptions['onBlocked'];
  /** The server opens no media for this room any more. */
  onRefused: (failure: CallFailure) => void;
  onPublicationFailed: (source: Source, failure: CallFailure) => void;
  /** The microphone that is sent gives only zeros, or gives sound again. */
  onSoundless: (soundless: boolean) => void;
  log: ClientLog;
};

/** Sending starts after this time even if nothing is seen yet. */
const RECEIVE_FIRST_MS = 300;
/** The page draws the call at most this long after the join. */
const SHOWN_WITHIN_MS = 250;
/** Some people of a room move at once. Opening media is work, for computers that several of them share too, and the former media carries on. */
const MOVE_SPREAD_MS = 300;

type OfferedTransports = TransportsOptions['transports'];

/** Everything that this peer sends and receives. `restoration` says when lost transports are replaced by new ones. */
export class Media {
  readonly consumption: Consumption;
  readonly publications: Readonly<Record<Source, Publication>>;
  readonly restoration: Restoration;
  readonly sending: Sending;
  readonly #options: MediaOptions;
  readonly #sound: SoundWatch;
  /**
   * For each producer, the best score of its layers, because layers that nobody needs are not sent and have low scores.
   */
  readonly #producerScores = new Map<string, number>();
  #current: Transports | null = null;
  /** What carries on while this peer moves to another node. */
  #former: FormerMedia | null = null;
  #receiving: Promise<void> = Promise.resolve();
  readonly #shown: PromiseWithResolvers<void> = Promise.withResolvers();
  /**
   * Grows with each `reset` and with `close`. Transports that are being built for an earlier generation are not used.
   */
  #generation = 0;
  #reopening = false;
  #closed = false;

  constructor(options: MediaOptions) {
    this.#options = options;
    this.publications = {
      microphone: this.#publication('microphone', 'pause'),
      camera: this.#publication('camera', 'pause'),
      screen: this.#publication('screen', 'close'),
      'screen-audio': this.#publication('screen-audio', 'close'),
    };
    this.consumption = new Consumption({
      request: (name, input) => options.signaling().request(name, input),
      peers: options.peers,
      heard: options.heard,
      hasBegun: (stream) => this.restoration.hasBegun(stream),
      onChanged: options.onChanged,
      onPicturesLimited: options.onPicturesLimited,
      log: options.log,
    });
    this.restoration = this.#makeRestoration();
    this.sending = new Sending({
      publications: () => Object.values(this.publications),
      signaling: options.signaling,
      onFailed: () => this.restoration.handle('media-gone'),
      log: options.log,
    });
    this.#sound = new SoundWatch({
      producer: () => this.publications.microphone.producer,
      onSoundless: options.onSoundless,
    });
  }

  get transports(): Transports | null {
    return this.#current;
  }

  /** Everything that can be seen and heard: during a move, the former stream until the new one brings something. */
  get shown(): RemoteStream[] {
    const former = this.#former;
    if (former === null) return this.consumption.streams.shown;
    const begun = this.consumption.streams.shown.filter(
      ({ peerId, source }) => former.find(peerId, source) === undefined,
    );
    return [...begun, ...former.streams];
  }

  /** The stream of this peer that is shown now. */
  shownOf(peerId: PeerId, source: Source): RemoteStream | undefined {
    return this.#former?.find(peerId, source) ?? this.consumption.streams.shownOf(peerId, source);
  }

  /**
   * Resolves when the receiving transport is connected, at once if nothing is received, and after a moment in any case: drawing the call would
   * delay the first pictures.
   */
  get readyToShow(): Promise<unknown> {
    return within(SHOWN_WITHIN_MS, this.#receiving);
  }

  /**
   * Uses new transports. Receiving is set up before sending, because the user waits for pictures.
   * @param first Consumers that the server has made already.
   * @param prepared Those of the lobby. They are used if they are the same, and closed otherwise.
   */
  async open(
    transports: OfferedTransports,
    iceServers: readonly IceServer[],
    first: readonly ConsumeResult[] = [],
    prepared: Transports | null = null,
  ): Promise<void> {
    this.reset();
    await this.#use(transports, iceServers, first, prepared);
  }

  /**
   * This peer moves to another node, and the one that it leaves goes on for a while: opens new transports beside the present ones. If something
   * else is wrong, they are replaced at once.
   */
  move(): void {
    if (this.#closed) return;
    if (this.#current === null || !this.restoration.isSteady) return this.restoration.handle('media-gone');
    this.#former?.close();
    const streams = this.consumption.streams.handOver();
    this.#former = new FormerMedia({
      transports: this.#current,
      streams,
      isReplaced: (stream) => this.#isReplaced(stream),
      onReplaced: this.#options.onChanged,
      onOver: (isComplete) => this.#endMove(isComplete),
    });
    this.#detach();
    void this.#openElsewhere(this.#former);
  }

  async #openElsewhere(former: FormerMedia): Promise<void> {
    await pause(Math.random() * MOVE_SPREAD_MS);
    // If `#former` is another one, something else has opened media meanwhile.
    if (this.#former === former) await this.#openAgain();
  }

  async #use(
    transports: OfferedTransports,
    iceServers: readonly IceServer[],
    first: readonly ConsumeResult[] = [],
    prepared: Transports | null = null,
  ): Promise<void> {
    const opening = this.#build(transports, iceServers, prepared);
    this.consumption.setMedia(opening, first);
    this.#receiving = this.#received(opening);
    const media = await opening;
    if (media === null) return;
    this.restoration.begin();
    void this.#receiving.then(() => this.restoration.handleReady(media));
    // Setting up and encoding what is sent would delay the first picture.
    await within(
      RECEIVE_FIRST_MS,
      this.#receiving.then(() => this.#seen()),
    );
    if (this.#current !== media) return;
    this.sending.use(media);
  }

  /**
   * Replaces the transports of a peer that stays in the room. The tracks and their muted states are kept. Never
   * rejects.
   */
  async #reopen(): Promise<void> {
    if (this.#closed) return;
    // The reset may close transports that another reopening has just built: its loop sees that they are gone and requests new ones.
    this.reset();
    await this.#openAgain();
  }

  async #openAgain(): Promise<void> {
    if (this.#reopening) return;
    this.#reopening = true;
    try {
      await this.#reopenUntilDone();
    } finally {
      this.#reopening = false;
      if (!this.#closed) this.#options.onChanged();
    }
  }

  /** A picture of another peer is on the screen. */
  pictureShown(): void {
    this.#shown.resolve();
  }

  /** Resolves when a picture is on the screen, if any is received. */
  async #seen(): Promise<void> {
    const streams = Array.from(this.consumption.streams);
    if (streams.some(({ source, paused }) => isVideo(source) && !paused)) await this.#shown.promise;
  }

  /** Closes the transports. Tracks to send and pictures to receive are kept for the next transports. */
  reset(): void {
    this.#closeFormer();
    this.#current?.close();
    this.#detach();
  }

  /** Takes the transports out of use, without closing them. */
  #detach(): void {
    this.#generation += 1;
    this.#current = null;
    this.sending.stop();
    this.consumption.setMedia(null);
  }

  #closeFormer(): void {
    this.#former?.close();
    this.#former = null;
    for (const publication of Object.values(this.publications)) publication.formerEnded();
  }

  /** Whether the new transports bring what this stream brought, or it is not sent or not forwarded any more. */
  #isReplaced({ peerId, source, paused }: RemoteStream): boolean {
    const peer = this.#options.peers().find((other) => other.peerId === peerId);
    const producer = peer?.producers.find((candidate) => candidate.source === source);
    if (paused || producer === undefined || producer.paused) return true;
    const next = this.consumption.streams.find(producer.producerId);
    return next !== undefined && (next.heldBack || this.restoration.hasBegun(next));
  }

  #endMove(isComplete: boolean): void {
    this.#closeFormer();
    this.#options.onChanged();
    if (!isComplete) this.restoration.handle('suspected');
  }

  /**
   * Called when signaling is back and the server has the transports. Sends the changes since the loss to the server.
   */
  resumed(self: PeerRecord): void {
    for (const publication of Object.values(this.publications)) {
      publication.reconcile(
        self.producers.find((producer) => producer.source === publication.source) ?? null,
      );
    }
    this.consumption.recordsChanged();
    this.restoration.handle(this.#current === null ? 'media-gone' : 'resumed');
  }

  /** The server has ended what this source sent. What is sent next is another producer. */
  forget(source: Source): void {
    const sources = source === 'screen' ? ['screen', 'screen-audio'] : [source];
    for (const publication of Object.values(this.publications))
      if (sources.includes(publication.source)) publication.reconcile(null);
  }

  /** Called with the same servers and new credentials, because the last ones end soon. */
  renewIceServers(iceServers: readonly IceServer[]): void {
    this.#current?.renewIceServers(iceServers);
  }

  handleLayersWanted(producerId: ProducerId, wanted: boolean, maxSpatialLayer: number): void {
    this.#publicationOf(producerId)?.layers?.want(wanted, maxSpatialLayer);
  }

  handleProducerScores(producerId: ProducerId, scores: readonly number[]): void {
    // The server scores a sender that rests as one of which nothing arrives.
    if (this.#publicationOf(producerId)?.layers?.isResting === true) this.#producerScores.delete(producerId);
    else this.#producerScores.set(producerId, Math.max(0, ...scores));
    this.#options.onChanged();
  }

  quality(signaling: boolean): Quality {
    const sending = Object.values(this.publications).flatMap(({ producer, layers }) =>
      producer === null || producer.paused || layers?.isResting === true ? [] : [producer.id],
    );
    return ownQuality({
      signaling,
      transports: this.#connectionStates,
      producerScores: sending.flatMap((id) => this.#producerScores.get(id) ?? []),
    });
  }

  #publicationOf(producerId: ProducerId): Publication | undefined {
    return Object.values(this.publications).find(({ producer }) => producer?.id === producerId);
  }

  get #connectionStates(): readonly types.ConnectionState[] {
    const used = this.#former?.transports ?? this.#current;
    return used === null ? ['disconnected'] : used.all.map(({ connectionState }) => connectionState);
  }

  /** Asks and sends nothing more. Quick, unlike `close`, which is called later. */
  stop(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#generation += 1;
    this.restoration.close();
    this.#sound.close();
    for (const publication of Object.values(this.publications)) publication.close();
    this.consumption.stop();
  }

  close(): void {
    this.stop();
    this.consumption.close();
    this.#closeFormer();
    this.#current?.close();
    this.#current = null;
  }

  async #received(opening: Promise<Transports | null>): Promise<void> {
    await this.consumption.begun;
    // The caller of `open` gets the failure.
    const media = await opening.catch(() => null);
    if (!this.consumption.streams.isEmpty) await media?.receiveConnected;
  }

  /** Resolves with null if the media was reset or closed meanwhile. Rejects with CallFailure `unsupported_browser`. */
  async #build(
    transports: OfferedTransports,
    iceServers: readonly IceServer[],
    prepared: Transports | null,
  ): Promise<Transports | null> {
    const generation = this.#generation;
    const { device, certificate } = await this.#options.device.ready();
    // Wait one microtask, because making the connections takes milliseconds and the request for consumers must be sent
    // first.
    await Promise.resolve();
    const isPrepared = prepared?.isOf(transports) === true;
    if (this.#closed || this.#generation !== generation || !isPrepared) prepared?.close();
    if (this.#closed || this.#generation !== generation) return null;
    const owner: TransportsOwner = {
      signaling: this.#options.signaling(),
      onBroken: () => {
        if (this.#current === media) this.restoration.handle('media-gone');
      },
      onConnectionChanged: () => {
        if (this.#current === media) this.restoration.handleConnection();
      },
      log: this.#options.log,
    };
    const media: Transports = isPrepared
      ? prepared
      : new Transports({ device, transports, iceServers, certificate, ...owner });
    media.handOver(owner);
    this.#current = media;
    return media;
  }

  async #reopenUntilDone(): Promise<void> {
    for (let attempt = 0; !this.#closed; attempt += 1) {
      try {
        const session = this.#options.signaling();
        const { rtpCapabilities } = await this.#options.device.ready();
        const reply = await session.requestUntilDone(
          'media:reopen',
          { rtpCapabilities },
          () => !this.#closed && this.#current === null,
        );
        // A rejoin meanwhile has opened its own transports.
        if (this.#closed || this.#current !== null) return;
        await this.#use(reply.transports, reply.iceServers);
        // The new transports may have been lost during their setup.
        if (this.#current !== null) return;
      } catch (error) {
        const failure = asFailure(error);
        this.#options.log('warn', 'media not reopened', { attempt, code: failure.code });
        if (this.#closed || this.#current !== null || failure.code === 'closed') return;
        if (failure.code === 'room_quarantined') return this.#options.onRefused(failure);
        await pause(failure.retryAfterMs ?? returnPauseMs(attempt));
      }
    }
  }

  #makeRestoration(): Restoration {
    const { signaling, peers, onChanged, onRestored, onRecovery, onBlocked, log } = this.#options;
    return new Restoration({
      transports: () => this.#current,
      streams: () => this.consumption.streams,
      peers,
      isSendingSoon: () => Object.values(this.publications).some(({ isPending }) => isPending),
      signaling,
      reopen: () => void this.#reopen(),
      onChanged,
      onRestored,
      onRecovery,
      onBlocked,
      log,
    });
  }

  #publication(source: Source, idle: 'pause' | 'close'): Publication {
    return new Publication({
      source,
      idle,
      request: (name, input) => this.#options.signaling().request(name, input),
      onChanged: this.#options.onChanged,
      onFailed: (failure) => this.#options.onPublicationFailed(source, failure),
      log: this.#options.log,
    });
  }
}
