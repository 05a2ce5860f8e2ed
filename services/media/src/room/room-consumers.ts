import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import { SOURCE_KINDS, type PreferredLayers } from '@parley/proto/rtp';
import type { ForeignProducers } from '../link/foreign-producers.ts';
import type { ConsumableProducer, ConsumerSupply, PeerConsumer } from '../router/peer-consumer.ts';
import type { RoomVoices } from '../speakers/room-voices.ts';
import { pictureToGiveUp } from './giving-way.ts';
import type { Peer } from './peer.ts';
import type { RoomProducers } from './room-producers.ts';
import type { RoomRouter } from './room-router.ts';
import type { RoomRouters } from './room-routers.ts';

type RoomConsumersOptions = {
  peers: ReadonlyMap<PeerId, Peer>;
  producers: RoomProducers;
  /** The producers of other nodes. */
  foreign: ForeignProducers<RoomRouter>;
  routers: RoomRouters;
  voices: RoomVoices;
};

type RoomConsumersEvents = {
  /** A picture has ended, because a sound has taken a worker past its limit. */
  'given-up': [Peer, PeerConsumer];
};

/** The consumers of a room: makes them wherever the producer is, and ends them with it or for a sound that needs their place. Each peer owns its own. */
export class RoomConsumers extends EventEmitter<RoomConsumersEvents> {
  readonly #options: RoomConsumersOptions;
  #closed = false;

  constructor(options: RoomConsumersOptions) {
    super();
    this.#options = options;
  }

  close(): void {
    this.#closed = true;
    this.removeAllListeners();
  }

  /** The consumers of a producer, of all peers. */
  of(producerId: ProducerId): readonly PeerConsumer[] {
    return [...this.#options.peers.values()].flatMap((peer) => peer.consumers.of(producerId) ?? []);
  }

  /**
   * Creates a paused consumer of another peer's producer for this peer.
   *
   * @param home The address of the node that the other peer is on; empty: this node.
   */
  async consume(
    peer: Peer,
    producerId: ProducerId,
    preferredLayers?: PreferredLayers,
    home = '',
  ): Promise<PeerConsumer> {
    if (this.#closed) throw new ParleyError('closed');
    const { producers, foreign } = this.#options;
    const producer = producers.find(producerId);
    if (producer) return this.#consume(peer, producer, preferredLayers);
    if (home === '') throw new ParleyError('producer_not_found');
    return foreign.use(producerId, home, ({ consumable }) => {
      peer.expectConnection();
      return this.#consume(peer, consumable, preferredLayers);
    });
  }

  /** Brings a producer to the router `target`; undefined for one that is there, or that nobody knows. */
  reach(producerId: ProducerId, target: RoomRouter): Promise<ConsumerSupply> | undefined {
    const { producers, foreign, routers } = this.#options;
    const known = foreign.find(producerId);
    const producer = producers.find(producerId) ?? known?.consumable;
    const home = producers.routerOf(producerId) ?? known?.router;
    if (producer === undefined || home === undefined) return undefined;
    const reaching = routers.reach({ producerId, kind: SOURCE_KINDS[producer.source] }, home, target);
    return reaching && home === known?.router ? foreign.inTime(reaching) : reaching;
  }

  /** Call it when a consumer is new, when its demand has changed, and when it is closed. */
  updateDemand(consumer: PeerConsumer): void {
    this.#options.producers.updateDemand(consumer);
    this.#options.foreign.updateDemand(consumer);
  }

  /** A sound may take a worker past its limit. A picture ends for it, and is not made again while the worker is full. */
  giveWay(producerId: ProducerId, router: RoomRouter): void {
    const { peers, producers } = this.#options;
    for (const full of new Set([router, producers.routerOf(producerId) ?? router])) {
      if (!full.overfull) continue;
      const found = pictureToGiveUp([...peers.values()].filter((peer) => peer.router === full));
      if (found === undefined) continue;
      found.peer.consumers.close(found.consumer.id);
      this.emit('given-up', found.peer, found.consumer);
    }
  }

  /**
   * Ends the consumers of the producer at once. The worker closes them with the producer and reports that later; a
   * client that closes its consumer in between would make the worker fail with "Consumer not found".
   */
  producerClosed(producerId: ProducerId): void {
    for (const peer of this.#options.peers.values()) peer.consumers.producerClosed(producerId);
  }

  /** A producer of another node does not arrive at a router any more. Its clients may ask again. */
  producerLost(producerId: ProducerId, router: RoomRouter): void {
    if (router.worker.closed) return;
    for (const peer of this.#options.peers.values())
      if (peer.router === router) peer.consumers.producerClosed(producerId);
  }

  async #consume(
    peer: Peer,
    producer: ConsumableProducer,
    preferredLayers: PreferredLayers | undefined,
  ): Promise<PeerConsumer> {
    const { producerId } = producer;
    const consume = () => peer.consumers.consume(producer, preferredLayers);
    const isCounted = peer.consumers.has(producerId);
    const kind = SOURCE_KINDS[producer.source];
    const consumer = await (isCounted ? consume() : peer.router.makeConsumer(kind, consume));
    this.updateDemand(consumer);
    this.#options.voices.consumerMade(consumer);
    if (kind === 'audio' && !isCounted) this.giveWay(producerId, peer.router);
    return consumer;
  }
}
