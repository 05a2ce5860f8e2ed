import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { ParleyError } from '@parley/proto/errors';
import type { TransportId } from '@parley/proto/ids';
import type {
  DtlsParameters,
  IceParameters,
  PreferredLayers,
  RtpCapabilities,
  TransportParameters,
} from '@parley/proto/rtp';
import type { types } from 'mediasoup';
import { offerCandidates } from '../network/ice-candidates.ts';
import type { Reading } from '../statistics/reading.ts';
import { mapMediasoupErrors } from './mediasoup-errors.ts';
import { PeerConsumer, type ConsumableProducer, type ConsumerSupply } from './peer-consumer.ts';
import { PeerProducer, type ProduceOptions } from './peer-producer.ts';

/**
 * After a request of a key frame, the next one reaches the sender so much later. Each receiver may ask, and a sender that
 * makes nothing but key frames has a bad picture for everybody.
 */
const KEY_FRAME_REQUEST_DELAY_MS = 500;

/** What SRTP adds to each packet with the ciphers that browsers prefer (AES-GCM). With older ones it is 10. */
const SRTP_TAG_BYTES = 16;

export type TransportSettings = {
  /** The first estimate of the downlink's bandwidth, in bits per second. */
  initialOutgoingBitrate: number;
  /** The bandwidth that a sender may use, in bits per second. */
  maxIncomingBitrate: number;
  /**
   * ICE becomes `disconnected` when no packet of the browser has arrived for this long. The worker accepts 10 to 60
   * s.
   */
  iceConsentTimeoutS: number;
};

type PeerTransportEvents = {
  'state-changed': [];
  /** The handshake failed. The transport never connects again. */
  'dtls-failed': [];
  /** The client has given its parameters, and is about to connect. */
  connecting: [];
};

/** One direction of a peer's media: ICE and DTLS. It makes the producers or the consumers of the peer. */
export class PeerTransport extends EventEmitter<PeerTransportEvents> {
  readonly #transport: types.WebRtcTransport;
  readonly #addresses: readonly string[];
  #connecting: { parameters: DtlsParameters; done: Promise<void> } | undefined;
  #wasConnected = false;
  #closed = false;

  /** @param addresses Where the browser may send to, the preferred first. */
  static async create(
    router: types.Router,
    webRtcServer: types.WebRtcServer,
    addresses: readonly string[],
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
      return new PeerTransport(transport, addresses);
    } catch (error) {
      transport.close();
      throw error;
    }
  }

  private constructor(transport: types.WebRtcTransport, addresses: readonly string[]) {
    super();
    this.#transport = transport;
    this.#addresses = addresses;
    transport.on('icestatechange', () => this.#handleState());
    transport.on('dtlsstatechange', (state) => {
      this.#handleState();
      if (state === 'failed') this.emit('dtls-failed');
    });
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

  /** Media can flow, or can as soon as DTLS is done. A transport whose DTLS has ended never connects again. */
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
      iceCandidates: offerCandidates(
        iceCandidates.map(({ ip: _ip, ...candidate }) => candidate),
        this.#addresses,
      ),
      dtlsParameters,
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#transport.close();
    this.removeAllListeners();
  }

  /**
   * Repeating the call with the same parameters is no error, because a reply may have been lost. Others are a
   * `conflict`.
   */
  async connect(parameters: DtlsParameters): Promise<void> {
    this.#assertOpen();
    if (this.#connecting && !isDeepStrictEqual(this.#connecting.parameters, parameters)) {
      throw new ParleyError('conflict', 'The transport is connected with other DTLS parameters.');
    }
    if (!this.#connecting) this.emit('connecting');
    this.#connecting ??= { parameters, done: this.#connect(parameters) };
    await this.#connecting.done;
  }

  async restartIce(): Promise<IceParameters> {
    this.#assertOpen();
    return mapMediasoupErrors(this.#transport.restartIce());
  }

  /**
   * If the transport is closed meanwhile, the worker closes the new producer with it, but mediasoup does not know of
   * that. To close the producer here as well would be an error in the worker. The same holds for `consume`.
   */
  async produce(request: ProduceOptions): Promise<PeerProducer> {
    this.#assertOpen();
    const { kind, rtpParameters, paused } = request;
    const producer = await mapMediasoupErrors(
      this.#transport.produce({
        kind,
        rtpParameters,
        paused,
        keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS,
      }),
    );
    if (this.#closed) {
      producer.transportClosed();
      // The router forgets the producer.
      producer.emit('@close');
      throw new ParleyError('closed');
    }
    return new PeerProducer(producer, request);
  }

  /** Makes a paused consumer. `supply` belongs to it from then on, and to the caller if this rejects. */
  async consume(
    producer: ConsumableProducer,
    rtpCapabilities: RtpCapabilities,
    preferredLayers: PreferredLayers | undefined,
    supply?: ConsumerSupply,
  ): Promise<PeerConsumer> {
    this.#assertOpen();
    const consuming = this.#transport.consume({
      producerId: producer.producerId,
      rtpCapabilities,
      paused: true,
      // NACK for audio too: a lost word is worth a retransmission.
      enableRtx: true,
      preferredLayers,
    });
    const consumer = await mapMediasoupErrors(consuming, 'cannot_consume');
    if (this.#closed) {
      consumer.transportClosed();
      throw new ParleyError('closed');
    }
    return new PeerConsumer(consumer, producer, supply);
  }

  /**
   * Counts everything that has arrived: media, retransmissions, ICE and DTLS. The worker does not count packets. Each one of a producer
   * brings its tag besides what the worker counts as RTP, and of any other one all bytes come on top: many packets have many such bytes.
   */
  async readReceived(): Promise<Reading> {
    this.#assertOpen();
    const [stats] = await mapMediasoupErrors(this.#transport.getStats());
    if (stats === undefined) return { bytes: 0, packets: 0, atMs: 0 };
    const { bytesReceived: bytes, rtpBytesReceived, rtxBytesReceived, timestamp: atMs } = stats;
    return { bytes, packets: (bytes - rtpBytesReceived - rtxBytesReceived) / SRTP_TAG_BYTES, atMs };
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
