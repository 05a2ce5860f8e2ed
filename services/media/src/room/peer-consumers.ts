import { EventEmitter } from 'node:events';
import {
  ParleyError,
  type ConsumerId,
  type PeerId,
  type PreferredLayers,
  type ProducerId,
  type RtpCapabilities,
} from '@parley/proto';
import type {
  ConsumableProducer,
  ConsumedLayers,
  ConsumerScore,
  PeerConsumer,
} from '../router/peer-consumer.ts';
import type { PeerTransport } from '../router/peer-transport.ts';
import { SingleFlight } from './single-flight.ts';

type PeerConsumersEvents = {
  'demand-changed': [PeerConsumer];
  /** The consumer was closed with its producer. A consumer that the peer itself closes raises no event of this name. */
  'producer-closed': [PeerConsumer];
  scored: [PeerConsumer, ConsumerScore];
  'layers-changed': [PeerConsumer, ConsumedLayers];
};

/** The consumers of a peer: at most one of each producer. */
export class PeerConsumers extends EventEmitter<PeerConsumersEvents> {
  readonly #peerId: PeerId;
  readonly #transport: PeerTransport;
  readonly #rtpCapabilities: RtpCapabilities;
  readonly #consumers = new Map<ProducerId, PeerConsumer>();
  readonly #making = new SingleFlight<ProducerId, PeerConsumer>();
  /** Producers that were closed while their consumer was being made. */
  readonly #closedMeanwhile = new Set<ProducerId>();
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

  /** Whether the producer is consumed, or its consumer is being made. */
  has(producerId: ProducerId): boolean {
    return this.#consumers.has(producerId) || this.#making.has(producerId);
  }

  /** Call it when the transport was closed, and with it every consumer. */
  transportClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const consumer of this.#consumers.values()) consumer.transportClosed();
    this.removeAllListeners();
  }

  /** Call it when a producer of the room was closed, and with it its consumers. */
  producerClosed(id: ProducerId): void {
    if (this.#making.has(id)) this.#closedMeanwhile.add(id);
    this.#consumers.get(id)?.producerClosed();
  }

  /** Creates a paused consumer. For a producer that is consumed already, returns its consumer. */
  async consume(producer: ConsumableProducer, preferredLayers?: PreferredLayers): Promise<PeerConsumer> {
    this.#assertOpen();
    if (producer.peerId === this.#peerId)
      throw new ParleyError('invalid_request', 'A peer does not consume itself.');
    const existing = this.#consumers.get(producer.producerId);
    return existing ?? this.#making.run(producer.producerId, () => this.#make(producer, preferredLayers));
  }

  /** Closing an unknown consumer is no error. */
  close(id: ConsumerId): void {
    this.#assertOpen();
    const consumer = this.#find(id);
    if (!consumer) return;
    this.#consumers.delete(consumer.producer.producerId);
    consumer.close();
    this.emit('demand-changed', consumer);
  }

  async #make(
    producer: ConsumableProducer,
    preferredLayers: PreferredLayers | undefined,
  ): Promise<PeerConsumer> {
    const { producerId } = producer;
    try {
      const consumer = await this.#transport.consume(producer, this.#rtpCapabilities, preferredLayers);
      if (this.#closed) {
        consumer.transportClosed();
        throw new ParleyError('closed');
      }
      if (this.#closedMeanwhile.has(producerId)) {
        consumer.producerClosed();
        throw new ParleyError('producer_not_found');
      }
      this.#consumers.set(producerId, consumer);
      this.#handle(consumer);
      return consumer;
    } finally {
      this.#closedMeanwhile.delete(producerId);
    }
  }

  #handle(consumer: PeerConsumer): void {
    consumer.on('demand-changed', () => this.emit('demand-changed', consumer));
    consumer.on('scored', (score) => this.emit('scored', consumer, score));
    consumer.on('layers-changed', (layers) => this.emit('layers-changed', consumer, layers));
    consumer.once('producer-closed', () => {
      this.#consumers.delete(consumer.producer.producerId);
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
