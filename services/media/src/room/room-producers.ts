import { EventEmitter } from 'node:events';
import type { PeerId, ProducerId } from '@parley/proto';
import type { LayersWanted } from './dynacast.ts';
import { LayerDemand } from './layer-demand.ts';
import type { ConsumableProducer, PeerConsumer } from '../router/peer-consumer.ts';
import type { PeerProducer } from '../router/peer-producer.ts';

type RoomProducersEvents = { 'layers-wanted': [of: ConsumableProducer, wanted: LayersWanted] };

/** What can be consumed in a room, whose it is, and which layers of it are wanted. */
export class RoomProducers extends EventEmitter<RoomProducersEvents> {
  readonly #lowerLayersAfterMs: number;
  readonly #producers = new Map<ProducerId, ConsumableProducer>();
  /** Of video only: audio has no layers, and is sent on even when nobody hears it, so that speakers are noticed. */
  readonly #demands = new Map<ProducerId, LayerDemand>();

  constructor(lowerLayersAfterMs: number) {
    super();
    this.#lowerLayersAfterMs = lowerLayersAfterMs;
  }

  /** What was last told of each. */
  get layersWanted(): { of: ConsumableProducer; wanted: LayersWanted }[] {
    return [...this.#demands].flatMap(([producerId, demand]) => {
      const of = this.#producers.get(producerId);
      return of ? { of, wanted: demand.told } : [];
    });
  }

  close(): void {
    for (const demand of this.#demands.values()) demand.close();
    this.#demands.clear();
    this.#producers.clear();
    this.removeAllListeners();
  }

  find(producerId: ProducerId): ConsumableProducer | undefined {
    return this.#producers.get(producerId);
  }

  add(peerId: PeerId, { id: producerId, source, kind, spatialLayerCount }: PeerProducer): void {
    const of = { peerId, producerId, source };
    this.#producers.set(producerId, of);
    if (kind !== 'video') return;
    const demand = new LayerDemand(spatialLayerCount, this.#lowerLayersAfterMs);
    this.#demands.set(producerId, demand);
    demand.on('changed', (wanted) => this.emit('layers-wanted', of, wanted));
  }

  remove(producerId: ProducerId): void {
    this.#producers.delete(producerId);
    this.#demands.get(producerId)?.close();
    this.#demands.delete(producerId);
  }

  /** The consumer is new, or asks for something else, or is closed and asks for nothing any more. */
  updateDemand(consumer: PeerConsumer): void {
    const demand = this.#demands.get(consumer.of.producerId);
    if (consumer.closed) demand?.delete(consumer.id);
    else demand?.set(consumer.id, consumer.demand);
  }
}
