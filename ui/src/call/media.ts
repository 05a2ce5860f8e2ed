import {
  ROUTER_RTP_CAPABILITIES,
  type IceServer,
  type PeerRecord,
  type ProducerId,
  type RtpCapabilities,
  type Source,
  type TransportParameters,
} from '@parley/proto';
import { Device, type types } from 'mediasoup-client';
import { backoffMs } from './backoff.ts';
import { asFailure, CallFailure } from './call-failure.ts';
import { Consumption, type ConsumptionOptions } from './consumption.ts';
import type { ClientLog } from './log.ts';
import { MediaSession } from './media-session.ts';
import { Publication } from './publication.ts';
import { sanitizeRtpCapabilities } from './rtp-sanitizer.ts';
import type { Session } from './session.ts';

export type MediaOptions = {
  session: () => Session | null;
  peers: ConsumptionOptions['peers'];
  heard: ConsumptionOptions['heard'];
  /** Streams, producers or connections are not what they were. */
  onChanged: () => void;
  /** New transports replaced lost ones. */
  onRestored: () => void;
  onPublicationFailed: (source: Source, failure: CallFailure) => void;
  log: ClientLog;
  /** Of tests: mediasoup-client's FakeHandler. */
  handlerFactory?: types.HandlerFactory;
};

type Transports = { send: TransportParameters; receive: TransportParameters };

/** Everything that is sent and received, over as many transports as it takes. */
export class Media {
  readonly consumption: Consumption;
  readonly publications: Readonly<Record<Source, Publication>>;
  readonly #options: MediaOptions;
  readonly #device: Promise<Device>;
  readonly #certificate: Promise<RTCCertificate | null>;
  #current: MediaSession | null = null;
  #reopening = false;
  #closed = false;

  constructor(options: MediaOptions) {
    this.#options = options;
    this.#device = loadDevice(options.handlerFactory);
    this.#certificate = makeCertificate();
    // Looked at again by whoever joins; a page that is only opened must not raise it.
    this.#device.catch(() => {});
    this.publications = {
      microphone: this.#publication('microphone', 'pause'),
      camera: this.#publication('camera', 'pause'),
      screen: this.#publication('screen', 'close'),
      'screen-audio': this.#publication('screen-audio', 'close'),
    };
    this.consumption = new Consumption({
      request: (name, input) => this.#session().request(name, input),
      peers: options.peers,
      heard: options.heard,
      onChanged: options.onChanged,
      log: options.log,
    });
  }

  get session(): MediaSession | null {
    return this.#current;
  }

  async rtpCapabilities(): Promise<RtpCapabilities> {
    return sanitizeRtpCapabilities((await this.#device).recvRtpCapabilities);
  }

  /** Receiving is set up before sending: the person waits for pictures. */
  async open(transports: Transports, iceServers: readonly IceServer[]): Promise<void> {
    const [device, certificate] = await Promise.all([this.#device, this.#certificate]);
    if (this.#closed) return;
    this.reset();
    const media: MediaSession = new MediaSession({
      device,
      transports,
      iceServers,
      certificate,
      session: this.#session(),
      onBroken: () => {
        if (this.#current === media) void this.reopen();
      },
      onConnectionChanged: this.#options.onChanged,
      log: this.#options.log,
    });
    this.#current = media;
    this.consumption.setMedia(media);
    for (const publication of Object.values(this.publications)) publication.setTransport(media.send);
  }

  /** The media of this peer is gone, the peer is not: new transports, the same tracks, muted as before. */
  async reopen(): Promise<void> {
    if (this.#reopening || this.#closed) return;
    this.#reopening = true;
    this.reset();
    try {
      await this.#reopenUntilDone();
    } finally {
      this.#reopening = false;
    }
  }

  /** Drops the transports; what is wanted stays. */
  reset(): void {
    const media = this.#current;
    this.#current = null;
    media?.close();
    for (const publication of Object.values(this.publications)) publication.setTransport(null);
    this.consumption.setMedia(null);
  }

  /** Signalling is back and the transports were kept: tell the server what changed meanwhile. */
  resumed(self: PeerRecord): void {
    for (const publication of Object.values(this.publications)) {
      publication.reconcile(self.producers.find((producer) => producer.source === publication.source) ?? null);
    }
    this.#current?.resumed();
    this.consumption.recordsChanged();
  }

  handleLayersWanted(producerId: ProducerId, wanted: boolean, maxSpatialLayer: number): void {
    const publication = Object.values(this.publications).find((candidate) => candidate.producer?.id === producerId);
    publication?.layers?.want(wanted, maxSpatialLayer);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const publication of Object.values(this.publications)) publication.close();
    this.consumption.close();
    this.#current?.close();
    this.#current = null;
  }

  async #reopenUntilDone(): Promise<void> {
    for (let attempt = 0; !this.#closed; attempt += 1) {
      try {
        const session = this.#session();
        const rtpCapabilities = await this.rtpCapabilities();
        const reply = await session.requestUntilDone('media:reopen', { rtpCapabilities }, () => !this.#closed && this.#current === null);
        // A join anew in between has brought its own.
        if (this.#closed || this.#current !== null) return;
        await this.open(reply.transports, reply.iceServers);
        this.#options.onRestored();
        return;
      } catch (error) {
        const failure = asFailure(error);
        this.#options.log('warn', 'media not reopened', { attempt, code: failure.code });
        if (this.#closed || this.#current !== null || failure.code === 'closed') return;
        await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
      }
    }
  }

  #publication(source: Source, idle: 'pause' | 'close'): Publication {
    return new Publication({
      source,
      idle,
      request: (name, input) => this.#session().request(name, input),
      onChanged: this.#options.onChanged,
      onFailed: (failure) => this.#options.onPublicationFailed(source, failure),
      log: this.#options.log,
    });
  }

  #session(): Session {
    const session = this.#options.session();
    if (session === null) throw new CallFailure('closed');
    return session;
  }
}

async function loadDevice(handlerFactory: types.HandlerFactory | undefined): Promise<Device> {
  try {
    const device = await Device.factory(handlerFactory === undefined ? {} : { handlerFactory });
    await device.load({ routerRtpCapabilities: ROUTER_RTP_CAPABILITIES });
    return device;
  } catch (error) {
    throw new CallFailure('unsupported_browser', { cause: error });
  }
}

/** One certificate for both transports, made while the person is still looking at the preview. */
async function makeCertificate(): Promise<RTCCertificate | null> {
  try {
    return await RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' } as EcKeyGenParams);
  } catch {
    return null;
  }
}
