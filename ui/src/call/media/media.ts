import type { IceServer, PeerRecord, ProducerId, Source, TransportParameters } from '@parley/proto';
import type { types } from 'mediasoup-client';
import { backoffMs } from '../base/backoff.ts';
import { asFailure, type CallFailure } from '../base/call-failure.ts';
import { pause, within } from '../base/deadline.ts';
import { Consumption, type ConsumptionOptions } from '../receive/consumption.ts';
import type { ClientLog } from '../base/log.ts';
import type { MediaDevice } from './media-device.ts';
import { Transports } from './transports.ts';
import { Publication } from '../send/publication.ts';
import { ownQuality } from './connection-quality.ts';
import type { SignalingClient } from '../signaling/signaling-client.ts';
import type { Quality } from './connection-quality.ts';

export type MediaOptions = {
  device: MediaDevice;
  signaling: () => SignalingClient;
  peers: ConsumptionOptions['peers'];
  heard: ConsumptionOptions['heard'];
  /** Streams, producers or connection states have changed. */
  onChanged: () => void;
  /** New transports replaced lost ones. */
  onRestored: () => void;
  onPublicationFailed: (source: Source, failure: CallFailure) => void;
  log: ClientLog;
};

/** Sending starts after this time even if nothing is received yet. */
const RECEIVE_FIRST_MS = 400;

type OfferedTransports = { send: TransportParameters; receive: TransportParameters };

/** Everything that this peer sends and receives. Lost transports are replaced by new ones. */
export class Media {
  readonly consumption: Consumption;
  readonly publications: Readonly<Record<Source, Publication>>;
  readonly #options: MediaOptions;
  /**
   * For each producer, the best score of its layers, because layers that nobody needs are not sent and have low scores.
   */
  readonly #producerScores = new Map<string, number>();
  #current: Transports | null = null;
  #receiving: Promise<void> = Promise.resolve();
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
      onChanged: options.onChanged,
      log: options.log,
    });
  }

  get transports(): Transports | null {
    return this.#current;
  }

  get connectionStates(): readonly types.ConnectionState[] {
    const current = this.#current;
    return current === null ? [] : [current.send.connectionState, current.receive.connectionState];
  }

  /**
   * Whether sound and pictures are being restored: new transports are being opened, or the receiving transport is cut
   * off.
   */
  get restoring(): boolean {
    return this.#reopening || isCutOff(this.#current?.receive.connectionState);
  }

  /** Resolves when the first packets can arrive, or at once if none are expected. */
  get receiving(): Promise<void> {
    return this.#receiving;
  }

  /** Uses new transports. Receiving is set up before sending, because the user waits for pictures. */
  async open(transports: OfferedTransports, iceServers: readonly IceServer[]): Promise<void> {
    this.reset();
    const opening = this.#build(transports, iceServers);
    this.consumption.setMedia(opening);
    this.#receiving = this.#received(opening);
    const media = await opening;
    if (media === null) return;
    // Setting up both directions at the same time would delay the first pictures.
    await within(RECEIVE_FIRST_MS, this.#receiving);
    if (this.#current !== media) return;
    for (const publication of Object.values(this.publications)) publication.setTransport(media.send);
  }

  /**
   * Replaces the transports of a peer that stays in the room. The tracks and their muted states are kept. Never
   * rejects.
   */
  async reopen(): Promise<void> {
    if (this.#closed) return;
    const isUnderWay = this.#reopening;
    this.#reopening = true;
    // Reset even if a reopening has just built transports: its loop sees that they are gone and requests new ones.
    this.reset();
    if (isUnderWay) return;
    try {
      await this.#reopenUntilDone();
    } finally {
      this.#reopening = false;
      if (!this.#closed) this.#options.onChanged();
    }
  }

  /** Closes the transports. Tracks to send and pictures to receive are kept for the next transports. */
  reset(): void {
    this.#generation += 1;
    const media = this.#current;
    this.#current = null;
    media?.close();
    for (const publication of Object.values(this.publications)) publication.setTransport(null);
    this.consumption.setMedia(null);
  }

  /**
   * Called when signaling is back and the server kept the transports. Sends the changes since the loss to the server.
   */
  resumed(self: PeerRecord): void {
    for (const publication of Object.values(this.publications)) {
      publication.reconcile(
        self.producers.find((producer) => producer.source === publication.source) ?? null,
      );
    }
    this.#current?.resumed();
    this.consumption.recordsChanged();
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
    const publication = Object.values(this.publications).find(
      (candidate) => candidate.producer?.id === producerId,
    );
    publication?.layers?.want(wanted, maxSpatialLayer);
  }

  handleProducerScores(producerId: ProducerId, scores: readonly number[]): void {
    this.#producerScores.set(producerId, Math.max(0, ...scores));
    this.#options.onChanged();
  }

  quality(signaling: boolean): Quality {
    const sending = Object.values(this.publications).flatMap(({ producer }) =>
      producer === null || producer.paused ? [] : [producer.id],
    );
    return ownQuality({
      signaling,
      transports: this.#current === null ? ['disconnected'] : this.connectionStates,
      producerScores: sending.flatMap((id) => this.#producerScores.get(id) ?? []),
    });
  }

  /** Asks and sends nothing more. Quick, unlike `close`, which is called later. */
  stop(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#generation += 1;
    for (const publication of Object.values(this.publications)) publication.close();
    this.consumption.stop();
  }

  close(): void {
    this.stop();
    this.consumption.close();
    this.#current?.close();
    this.#current = null;
  }

  async #received(opening: Promise<Transports | null>): Promise<void> {
    await this.consumption.begun;
    // The caller of `open` gets the failure.
    const media = await opening.catch(() => null);
    if (!this.consumption.isEmpty) await media?.receiveConnected;
  }

  /** Resolves with null if the media was reset or closed meanwhile. Rejects with CallFailure `unsupported_browser`. */
  async #build(transports: OfferedTransports, iceServers: readonly IceServer[]): Promise<Transports | null> {
    const generation = this.#generation;
    const { device, certificate } = await this.#options.device.ready();
    // Wait one microtask, because making the connections takes milliseconds and the request for consumers must be sent
    // first.
    await Promise.resolve();
    if (this.#closed || this.#generation !== generation) return null;
    const media: Transports = new Transports({
      device,
      transports,
      iceServers,
      certificate,
      signaling: this.#options.signaling(),
      onBroken: () => {
        if (this.#current === media) void this.reopen();
      },
      onConnectionChanged: this.#options.onChanged,
      log: this.#options.log,
    });
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
        await this.open(reply.transports, reply.iceServers);
        // The new transports were lost during their setup.
        if (this.#current === null) continue;
        this.#options.onRestored();
        return;
      } catch (error) {
        const failure = asFailure(error);
        this.#options.log('warn', 'media not reopened', { attempt, code: failure.code });
        if (this.#closed || this.#current !== null || failure.code === 'closed') return;
        await pause(backoffMs(attempt));
      }
    }
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

function isCutOff(state: Transports['receive']['connectionState'] | undefined): boolean {
  return state === 'disconnected' || state === 'failed';
}
