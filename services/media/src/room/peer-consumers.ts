import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { ConsumerId, PeerId, ProducerId } from '@parley/proto/ids';
import type { PreferredLayers, RtpCapabilities } from '@parley/proto/rtp';
import type {
  ConsumableProducer,
  ConsumedLayers,
  ConsumerScore,
  ConsumerSupply,
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

/** Brings a producer of another router to that of the peer; undefined for one of the same router. */
export type Reach = (producerId: ProducerId) => Promise<ConsumerSupply> | undefined;

/** The voices and pictures that a person of a large room receives, about. */
const STREAMS_MAX = 24;
/** What a peer receives is made within this time after it was placed, or after its first consumer. */
const ARRIVAL_MS = 10_000;

/** The consumers of a peer: at most one of each producer. */
export class PeerConsumers extends EventEmitter<PeerConsumersEvents> {
  readonly #peerId: PeerId;
  readonly #transport: PeerTransport;
  readonly #rtpCapabilities: RtpCapabilities;
  readonly #reach: Reach;
  readonly #consumers = new Map<ProducerId, PeerConsumer>();
  readonly #making = new SingleFlight<ProducerId, PeerConsumer>();
  /** Producers that were closed while their consumer was being made. */
  readonly #closedMeanwhile = new Set<ProducerId>();
  #firstAtMs: number | undefined;
  #closed = false;

  constructor(peerId: PeerId, transport: PeerTransport, rtpCapabilities: RtpCapabilities, reach: Reach) {
    super();
    this.#peerId = peerId;
    this.#transport = transport;
    this.#rtpCapabilities = rtpCapabilities;
    this.#reach = reach;
  }

  get all(): readonly PeerConsumer[] {
    return [...this.#consumers.values()];
  }

  /** When the first one was made, on the clock of `performance.now()`; undefined: none was. */
  get firstAtMs(): number | undefined {
    return this.#firstAtMs;
  }

  get(id: ConsumerId): PeerConsumer {
    this.#assertOpen();
    const consumer = this.#find(id);
    if (!consumer) throw new ParleyError('consumer_not_found');
    return consumer;
  }

  /** The consumer of this producer, if there is one. */
  of(producerId: ProducerId): PeerConsumer | undefined {
    return this.#consumers.get(producerId);
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
      const reaching = this.#reach(producerId);
      const supply = reaching && (await reaching);
      const consumer = await this.#consume(producer, preferredLayers, supply);
      if (this.#closed) {
        consumer.transportClosed();
        throw new ParleyError('closed');
      }
      if (this.#closedMeanwhile.has(producerId)) {
        consumer.producerClosed();
        throw new ParleyError('producer_not_found');
      }
      this.#consumers.set(producerId, consumer);
      this.#firstAtMs ??= performance.now();
      this.#handle(consumer);
      return consumer;
    } finally {
      this.#closedMeanwhile.delete(producerId);
    }
  }

  async #consume(
    producer: ConsumableProducer,
    preferredLayers: PreferredLayers | undefined,
    supply: ConsumerSupply | undefined,
  ): Promise<PeerConsumer> {
    try {
      if (this.#closedMeanwhile.has(producer.producerId)) throw new ParleyError('producer_not_found');
      return await this.#transport.consume(producer, this.#rtpCapabilities, preferredLayers, supply);
    } catch (error) {
      supply?.release();
      throw error;
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

/** A peer that may still be about to receive. Times on the clock of `performance.now()`. */
export type ArrivingPeer = {
  /** The other peers of its room. */
  readonly others: number;
  /** The streams that it has. */
  readonly has: number;
  readonly placedAtMs: number;
  /** Undefined: it never had a consumer. */
  readonly firstConsumerAtMs: number | undefined;
  /** Whether the peer sends nothing, and another one of its room does. */
  readonly mayBeInLobby: boolean;
};

/**
 * How many streams a peer will still have that was placed: a voice and a picture of each other one, up to what is usual. A peer that was
 * placed long ago, sends nothing and consumes nothing of what is sent is in a lobby: it counts until its person has joined, whenever that is, because it
 * stays where it is.
 */
export function comingStreams(peer: ArrivingPeer, nowMs: number): number {
  const { others, has, placedAtMs, firstConsumerAtMs, mayBeInLobby } = peer;
  const sinceMs = firstConsumerAtMs ?? (mayBeInLobby ? nowMs : placedAtMs);
  if (nowMs - sinceMs > ARRIVAL_MS) return 0;
  return Math.max(0, Math.min(STREAMS_MAX, 2 * others) - has);
}

/** Whether the peer has received for so long that nothing more is to come that its streams do not show. */
export function hasArrived(
  { firstConsumerAtMs }: Pick<ArrivingPeer, 'firstConsumerAtMs'>,
  nowMs: number,
): boolean {
  return firstConsumerAtMs !== undefined && nowMs - firstConsumerAtMs > ARRIVAL_MS;
}
