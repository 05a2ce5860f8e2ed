import { EventEmitter } from 'node:events';
import {
  ParleyError,
  type ConsumerId,
  type PeerId,
  type PreferredLayers,
  type ProducerId,
  type RtpCapabilities,
} from '@parley/proto';
import type { types } from 'mediasoup';
import { PeerConsumer, type ConsumableProducer, type ConsumerScore } from '../router/peer-consumer.ts';
import type { PeerTransport } from '../router/peer-transport.ts';
import { SingleFlight } from './single-flight.ts';

type PeerConsumersEvents = {
  'demand-changed': [PeerConsumer];
  /** By its producer; not told when the peer itself closes it. */
  'producer-closed': [PeerConsumer];
  scored: [PeerConsumer, ConsumerScore];
  'layers-changed': [PeerConsumer, types.ConsumerLayers | undefined];
};

/** What a peer receives: at most one consumer per producer. */
export class PeerConsumers extends EventEmitter<PeerConsumersEvents> {
  readonly #peerId: PeerId;
  readonly #transport: PeerTransport;
  readonly #rtpCapabilities: RtpCapabilities;
  readonly #consumers = new Map<ProducerId, PeerConsumer>();
  readonly #making = new SingleFlight<ProducerId, PeerConsumer>();
  #closed = false;

  constructor(peerId: PeerId, transport: PeerTransport, rtpCapabilities: RtpCapabilities) {
    super();
    this.#peerId = peerId;
    this.#transport = transport;
    this.#rtpCapabilities = rtpCapabilities;
  }

  get all(): readonly PeerConsumer[] {
    return [...this.#consumers.values()];
  }

  get(id: ConsumerId): PeerConsumer {
    this.#assertOpen();
    const consumer = this.#find(id);
    if (!consumer) throw new ParleyError('consumer_not_found');
    return consumer;
  }

  /** Also while it is being made. */
  has(producerId: ProducerId): boolean {
    return this.#consumers.has(producerId) || this.#making.has(producerId);
  }

  /** The transport is closed, and with it every consumer. */
  transportClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const consumer of this.#consumers.values()) consumer.transportClosed();
    this.removeAllListeners();
  }

  /** Creates a paused consumer. A producer that is consumed already returns its consumer. */
  async consume(of: ConsumableProducer, preferredLayers?: PreferredLayers): Promise<PeerConsumer> {
    this.#assertOpen();
    if (of.peerId === this.#peerId)
      throw new ParleyError('invalid_request', 'A peer does not consume itself.');
    const existing = this.#consumers.get(of.producerId);
    return existing ?? this.#making.run(of.producerId, () => this.#make(of, preferredLayers));
  }

  /** Closing a consumer that is not there is no error. */
  close(id: ConsumerId): void {
    this.#assertOpen();
    const consumer = this.#find(id);
    if (!consumer) return;
    this.#consumers.delete(consumer.of.producerId);
    consumer.close();
    this.emit('demand-changed', consumer);
  }

  async #make(of: ConsumableProducer, preferredLayers: PreferredLayers | undefined): Promise<PeerConsumer> {
    const raw = await this.#transport.consume({
      producerId: of.producerId,
      rtpCapabilities: this.#rtpCapabilities,
      paused: true,
      // NACK for audio too: a lost word is worth a retransmission.
      enableRtx: true,
      preferredLayers,
    });
    if (this.#closed) {
      raw.close();
      throw new ParleyError('closed');
    }
    const consumer = new PeerConsumer(raw, of);
    this.#consumers.set(of.producerId, consumer);
    this.#handle(consumer);
    return consumer;
  }

  #handle(consumer: PeerConsumer): void {
    consumer.on('demand-changed', () => this.emit('demand-changed', consumer));
    consumer.on('scored', (score) => this.emit('scored', consumer, score));
    consumer.on('layers-changed', (layers) => this.emit('layers-changed', consumer, layers));
    consumer.once('producer-closed', () => {
      this.#consumers.delete(consumer.of.producerId);
      this.emit('producer-closed', consumer);
    });
  }

  #find(id: ConsumerId): PeerConsumer | undefined {
    return this.all.find((consumer) => consumer.id === id);
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
