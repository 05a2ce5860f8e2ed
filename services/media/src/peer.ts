import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import {
  ParleyError,
  type ConsumerId,
  type PeerId,
  type PreferredLayers,
  type ProducerId,
  type RtpCapabilities,
  type Source,
  type TransportId,
} from '@parley/proto';
import type { types } from 'mediasoup';
import { PeerConsumer, type ConsumableProducer, type ConsumerScore } from './peer-consumer.ts';
import { PeerProducer, type ProduceOptions } from './peer-producer.ts';
import { PeerTransport, type TransportSettings } from './peer-transport.ts';
import { checkRtpParameters, ssrcsOf } from './rtp-validation.ts';
import { SingleFlight } from './single-flight.ts';

export type PeerSettings = TransportSettings & {
  /** How long all its transports may be without ICE before the peer is given up. */
  iceTimeoutMs: number;
};

type PeerOptions = {
  id: PeerId;
  rtpCapabilities: RtpCapabilities;
  router: types.Router;
  webRtcServer: types.WebRtcServer;
  settings: PeerSettings;
};

type PeerEvents = {
  'transport-state-changed': [PeerTransport];
  /** Whoever owns the peer should close it. */
  'ice-timed-out': [];
  'producer-opened': [PeerProducer, types.Producer];
  'producer-closed': [PeerProducer];
  'producer-scored': [PeerProducer, number[]];
  'consumer-demand-changed': [PeerConsumer];
  /** By its producer; not told when the peer itself closes it. */
  'consumer-closed': [PeerConsumer];
  'consumer-scored': [PeerConsumer, ConsumerScore];
  'consumer-layers-changed': [PeerConsumer, types.ConsumerLayers | undefined];
};

/** One participant's media: two transports, at most one producer per source and one consumer per producer. */
export class Peer extends EventEmitter<PeerEvents> {
  readonly id: PeerId;
  readonly sendTransport: PeerTransport;
  readonly receiveTransport: PeerTransport;
  readonly #rtpCapabilities: RtpCapabilities;
  readonly #iceTimeoutMs: number;
  readonly #producers = new Map<Source, PeerProducer>();
  readonly #consumers = new Map<ProducerId, PeerConsumer>();
  readonly #producing = new Map<Source, { request: ProduceOptions; made: Promise<PeerProducer> }>();
  readonly #consuming = new SingleFlight<ProducerId, PeerConsumer>();
  #iceTimer: NodeJS.Timeout | undefined;
  #closed = false;

  static async create(options: PeerOptions): Promise<Peer> {
    const create = () => PeerTransport.create(options.router, options.webRtcServer, options.settings);
    const [send, receive] = await Promise.allSettled([create(), create()]);
    if (send.status === 'fulfilled' && receive.status === 'fulfilled') {
      return new Peer(options, send.value, receive.value);
    }
    for (const made of [send, receive]) if (made.status === 'fulfilled') made.value.close();
    throw send.status === 'rejected' ? send.reason : (receive as PromiseRejectedResult).reason;
  }

  private constructor(options: PeerOptions, sendTransport: PeerTransport, receiveTransport: PeerTransport) {
    super();
    this.id = options.id;
    this.sendTransport = sendTransport;
    this.receiveTransport = receiveTransport;
    this.#rtpCapabilities = options.rtpCapabilities;
    this.#iceTimeoutMs = options.settings.iceTimeoutMs;
    for (const transport of this.#transports) {
      transport.on('state-changed', () => {
        this.emit('transport-state-changed', transport);
        this.#checkIce();
      });
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  get producers(): readonly PeerProducer[] {
    return [...this.#producers.values()];
  }

  get consumers(): readonly PeerConsumer[] {
    return [...this.#consumers.values()];
  }

  /** Whether a repeated request to open the peer means this one. */
  hasCapabilities(rtpCapabilities: RtpCapabilities): boolean {
    return isDeepStrictEqual(rtpCapabilities, this.#rtpCapabilities);
  }

  transport(id: TransportId): PeerTransport {
    this.#assertOpen();
    const transport = this.#transports.find((candidate) => candidate.id === id);
    if (!transport) throw new ParleyError('transport_not_found');
    return transport;
  }

  producer(id: ProducerId): PeerProducer {
    this.#assertOpen();
    const producer = this.producers.find((candidate) => candidate.id === id);
    if (!producer) throw new ParleyError('producer_not_found');
    return producer;
  }

  consumer(id: ConsumerId): PeerConsumer {
    this.#assertOpen();
    const consumer = this.consumers.find((candidate) => candidate.id === id);
    if (!consumer) throw new ParleyError('consumer_not_found');
    return consumer;
  }

  consumes(producerId: ProducerId): boolean {
    return this.#consumers.has(producerId);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#iceTimer);
    for (const transport of this.#transports) transport.close();
    for (const producer of this.#producers.values()) producer.transportClosed();
    for (const consumer of this.#consumers.values()) consumer.transportClosed();
    this.removeAllListeners();
  }

  /** The same source with the same parameters again is the same producer, since a reply may have been lost. */
  async produce(request: ProduceOptions): Promise<PeerProducer> {
    this.#assertOpen();
    const existing = this.#producers.get(request.source);
    if (existing) {
      if (existing.isFrom(request)) return existing;
      throw new ParleyError('conflict', 'That source is produced with other parameters.');
    }
    const producing = this.#producing.get(request.source);
    if (producing) {
      await producing.made;
      return this.produce(request);
    }
    const made = this.#produce(request).finally(() => this.#producing.delete(request.source));
    this.#producing.set(request.source, { request, made });
    return made;
  }

  /** Closing a producer that is not there is no error. */
  closeProducer(id: ProducerId): void {
    this.#assertOpen();
    const producer = this.producers.find((candidate) => candidate.id === id);
    if (!producer) return;
    this.#producers.delete(producer.source);
    producer.close();
    this.emit('producer-closed', producer);
  }

  /** Creates a paused consumer. A producer that is consumed already returns its consumer. */
  async consume(of: ConsumableProducer, preferredLayers?: PreferredLayers): Promise<PeerConsumer> {
    this.#assertOpen();
    if (of.peerId === this.id) throw new ParleyError('invalid_request', 'A peer does not consume itself.');
    const existing = this.#consumers.get(of.producerId);
    return existing ?? this.#consuming.run(of.producerId, () => this.#consume(of, preferredLayers));
  }

  /** Closing a consumer that is not there is no error. */
  closeConsumer(id: ConsumerId): void {
    this.#assertOpen();
    const consumer = this.consumers.find((candidate) => candidate.id === id);
    if (!consumer) return;
    this.#consumers.delete(consumer.of.producerId);
    consumer.close();
    this.emit('consumer-demand-changed', consumer);
  }

  async #produce(request: ProduceOptions): Promise<PeerProducer> {
    checkRtpParameters(request.source, request.kind, request.rtpParameters);
    this.#checkFree(request);
    const { kind, rtpParameters, paused } = request;
    const raw = await this.sendTransport.produce({ kind, rtpParameters, paused });
    if (this.#closed || raw.closed) {
      raw.close();
      throw new ParleyError('closed');
    }
    const producer = new PeerProducer(raw, request);
    this.#producers.set(producer.source, producer);
    producer.on('scored', (scores) => this.emit('producer-scored', producer, scores));
    this.emit('producer-opened', producer, raw);
    return producer;
  }

  /** The worker tells packets apart by MID and SSRC, so they are unique on a transport, also of those being made. */
  #checkFree({ source, rtpParameters }: ProduceOptions): void {
    const pending = [...this.#producing.values()]
      .map((entry) => entry.request)
      .filter((other) => other.source !== source);
    const ssrcs = new Set([
      ...this.producers.flatMap((producer) => producer.ssrcs),
      ...pending.flatMap((other) => ssrcsOf(other.rtpParameters)),
    ]);
    const mids = new Set([
      ...this.producers.map((producer) => producer.mid),
      ...pending.map((other) => other.rtpParameters.mid),
    ]);
    const taken = ssrcsOf(rtpParameters).some((ssrc) => ssrcs.has(ssrc));
    if (taken || (rtpParameters.mid !== undefined && mids.has(rtpParameters.mid))) {
      throw new ParleyError('conflict', 'An SSRC or MID belongs to another producer of this peer.');
    }
  }

  async #consume(
    of: ConsumableProducer,
    preferredLayers: PreferredLayers | undefined,
  ): Promise<PeerConsumer> {
    const raw = await this.receiveTransport.consume({
      producerId: of.producerId,
      rtpCapabilities: this.#rtpCapabilities,
      paused: true,
      // NACK for audio too: a lost word is worth a retransmission.
      enableRtx: true,
      preferredLayers,
    });
    if (this.#closed || raw.closed) {
      raw.close();
      throw new ParleyError('closed');
    }
    const consumer = new PeerConsumer(raw, of);
    this.#consumers.set(of.producerId, consumer);
    this.#handleConsumer(consumer);
    return consumer;
  }

  #handleConsumer(consumer: PeerConsumer): void {
    consumer.on('demand-changed', () => this.emit('consumer-demand-changed', consumer));
    consumer.on('scored', (score) => this.emit('consumer-scored', consumer, score));
    consumer.on('layers-changed', (layers) => this.emit('consumer-layers-changed', consumer, layers));
    consumer.once('producer-closed', () => {
      this.#consumers.delete(consumer.of.producerId);
      this.emit('consumer-closed', consumer);
    });
  }

  /** A peer that has had no media yet is not lost; one whose every transport has gone is, after a while. */
  #checkIce(): void {
    const lost = this.#transports.some((t) => t.wasConnected) && !this.#transports.some((t) => t.connected);
    if (!lost) {
      clearTimeout(this.#iceTimer);
      this.#iceTimer = undefined;
    } else {
      this.#iceTimer ??= setTimeout(() => this.emit('ice-timed-out'), this.#iceTimeoutMs);
    }
  }

  get #transports(): readonly PeerTransport[] {
    return [this.sendTransport, this.receiveTransport];
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
