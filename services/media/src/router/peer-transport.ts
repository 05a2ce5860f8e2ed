import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import {
  ParleyError,
  type DtlsParameters,
  type IceParameters,
  type TransportId,
  type TransportParameters,
} from '@parley/proto';
import type { types } from 'mediasoup';
import { mapMediasoupErrors } from './mediasoup-errors.ts';

export type TransportSettings = {
  /** Where the downlink's bandwidth estimation starts, bits per second. */
  initialOutgoingBitrate: number;
  /** What a sender is told to stay under, bits per second. */
  maxIncomingBitrate: number;
  /** ICE is disconnected when the browser has not been heard for this long; the worker bounds it to 10 to 60 s. */
  iceConsentTimeoutS: number;
};

type PeerTransportEvents = { 'state-changed': [] };

/** One direction of a peer's media: ICE and DTLS, and the producers or consumers on it. */
export class PeerTransport extends EventEmitter<PeerTransportEvents> {
  readonly #transport: types.WebRtcTransport;
  #connecting: { parameters: DtlsParameters; done: Promise<void> } | undefined;
  #wasConnected = false;
  #closed = false;

  static async create(
    router: types.Router,
    webRtcServer: types.WebRtcServer,
    settings: TransportSettings,
  ): Promise<PeerTransport> {
    const transport = await mapMediasoupErrors(
      router.createWebRtcTransport({
        webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        initialAvailableOutgoingBitrate: settings.initialOutgoingBitrate,
        iceConsentTimeout: settings.iceConsentTimeoutS,
      }),
    );
    try {
      await mapMediasoupErrors(transport.setMaxIncomingBitrate(settings.maxIncomingBitrate));
      return new PeerTransport(transport);
    } catch (error) {
      transport.close();
      throw error;
    }
  }

  private constructor(transport: types.WebRtcTransport) {
    super();
    this.#transport = transport;
    transport.on('icestatechange', () => this.#handleState());
    transport.on('dtlsstatechange', () => this.#handleState());
  }

  get id(): TransportId {
    return this.#transport.id as TransportId;
  }

  get iceState(): types.IceState {
    return this.#transport.iceState;
  }

  get dtlsState(): types.DtlsState {
    return this.#transport.dtlsState;
  }

  /** Media can flow, or could once DTLS is done. A transport whose DTLS has ended does not come back. */
  get connected(): boolean {
    const iceUp = this.iceState === 'connected' || this.iceState === 'completed';
    return !this.#closed && iceUp && this.dtlsState !== 'closed' && this.dtlsState !== 'failed';
  }

  get wasConnected(): boolean {
    return this.#wasConnected;
  }

  get parameters(): TransportParameters {
    const { iceParameters, iceCandidates, dtlsParameters } = this.#transport;
    return {
      transportId: this.id,
      iceParameters,
      iceCandidates: iceCandidates.map(({ ip: _ip, ...candidate }) => candidate),
      dtlsParameters,
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#transport.close();
    this.removeAllListeners();
  }

  /** The same parameters again are no error, since a reply may have been lost; others are a conflict. */
  async connect(parameters: DtlsParameters): Promise<void> {
    this.#assertOpen();
    if (this.#connecting && !isDeepStrictEqual(this.#connecting.parameters, parameters)) {
      throw new ParleyError('conflict', 'The transport is connected with other DTLS parameters.');
    }
    this.#connecting ??= { parameters, done: this.#connect(parameters) };
    await this.#connecting.done;
  }

  async restartIce(): Promise<IceParameters> {
    this.#assertOpen();
    return mapMediasoupErrors(this.#transport.restartIce());
  }

  async produce(options: types.ProducerOptions): Promise<types.Producer> {
    this.#assertOpen();
    return mapMediasoupErrors(this.#transport.produce(options));
  }

  async consume(options: types.ConsumerOptions): Promise<types.Consumer> {
    this.#assertOpen();
    return mapMediasoupErrors(this.#transport.consume(options), 'cannot_consume');
  }

  async #connect(dtlsParameters: DtlsParameters): Promise<void> {
    try {
      await mapMediasoupErrors(this.#transport.connect({ dtlsParameters }));
    } catch (error) {
      this.#connecting = undefined;
      throw error;
    }
  }

  #handleState(): void {
    this.#wasConnected ||= this.connected;
    this.emit('state-changed');
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
