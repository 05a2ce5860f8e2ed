import { EventEmitter } from 'node:events';
import type { ProducerId } from '@parley/proto/ids';
import type { ConsumableProducer, ConsumerDemand, PeerConsumer } from '../router/peer-consumer.ts';
import type { PeerProducer } from '../router/peer-producer.ts';
import { LayerDemand } from '../layers/layer-demand.ts';
import type { Peer } from './peer.ts';
import type { RoomRouter } from './room-router.ts';
import type { WantedLayers } from '../layers/wanted-layers.ts';

type RoomProducersEvents = { 'layers-wanted': [producer: ConsumableProducer, wanted: WantedLayers] };

/** The producers of a room, with the peer and the router that each belongs to and the layers of it that are wanted on any router. */
export class RoomProducers extends EventEmitter<RoomProducersEvents> {
  readonly #lowerLayersAfterMs: number;
  readonly #producers = new Map<ProducerId, ConsumableProducer>();
  readonly #routers = new Map<ProducerId, RoomRouter>();
  /** For video only. Audio has no layers and is always sent, so that active speakers are noticed. */
  readonly #demands = new Map<ProducerId, LayerDemand>();

  constructor(lowerLayersAfterMs: number) {
    super();
    this.#lowerLayersAfterMs = lowerLayersAfterMs;
  }

  get size(): number {
    return this.#producers.size;
  }

  /** The last report of each video producer. */
  get wantedLayers(): { producer: ConsumableProducer; wanted: WantedLayers }[] {
    return [...this.#demands].flatMap(([producerId, demand]) => {
      const producer = this.#producers.get(producerId);
      return producer ? { producer, wanted: demand.reported } : [];
    });
  }

  close(): void {
    for (const demand of this.#demands.values()) demand.close();
    this.#demands.clear();
    this.#producers.clear();
    this.#routers.clear();
    this.removeAllListeners();
  }

  find(producerId: ProducerId): ConsumableProducer | undefined {
    return this.#producers.get(producerId);
  }

  /** The router that the packets of the producer arrive at. */
  routerOf(producerId: ProducerId): RoomRouter | undefined {
    return this.#routers.get(producerId);
  }

  add(
    { id: peerId, router }: Pick<Peer, 'id' | 'router'>,
    { id: producerId, source, kind, spatialLayerCount }: PeerProducer,
  ): void {
    const producer = { peerId, producerId, source };
    this.#producers.set(producerId, producer);
    this.#routers.set(producerId, router);
    if (kind !== 'video') return;
    const demand = new LayerDemand(spatialLayerCount, this.#lowerLayersAfterMs);
    this.#demands.set(producerId, demand);
    demand.on('changed', (wanted) => this.emit('layers-wanted', producer, wanted));
  }

  remove(producerId: ProducerId): void {
    this.#producers.delete(producerId);
    this.#routers.delete(producerId);
    this.#demands.get(producerId)?.close();
    this.#demands.delete(producerId);
  }

  /** Call it when a consumer is new, when its demand has changed, and when it is closed. */
  updateDemand(consumer: PeerConsumer): void {
    const demand = this.#demands.get(consumer.producer.producerId);
    if (consumer.closed) demand?.delete(consumer.id);
    else demand?.set(consumer.id, consumer.demand);
  }

  /** What other nodes need of a producer over one link; undefined: nothing any more. */
  setLinkDemand(producerId: ProducerId, link: string, demand: ConsumerDemand | undefined): void {
    if (demand === undefined) this.#demands.get(producerId)?.delete(link);
    else this.#demands.get(producerId)?.set(link, demand);
  }
}
