import type { ProducerId } from '@parley/proto/ids';
import type { MediaKind } from '@parley/proto/rtp';
import { LayerDemand } from '../layers/layer-demand.ts';
import type { WantedLayers } from '../layers/wanted-layers.ts';
import type { ConsumableProducer, PeerConsumer } from '../router/peer-consumer.ts';
import type { ForeignRouter, LinkTarget } from './foreign-router.ts';
import type { FoundProducer } from './link-messages.ts';

/** The home waits before it asks its sender for less; this only gathers changes of one moment. */
const LOWER_AFTER_MS = 250;
const NOTHING_WANTED: WantedLayers = { wanted: false, maxSpatialLayer: 0 };
const ALL_OF_SOUND: WantedLayers = { wanted: true, maxSpatialLayer: 0 };

/** A producer of a peer on another node, that somebody on this one consumes. */
export class ForeignProducer<T extends LinkTarget> {
  readonly id: ProducerId;
  readonly kind: MediaKind;
  /** Where its packets arrive first. */
  readonly router: ForeignRouter<T>;
  readonly consumable: ConsumableProducer;
  /** Of video only. */
  readonly #demand: LayerDemand | undefined;

  constructor(producerId: ProducerId, found: FoundProducer, router: ForeignRouter<T>) {
    const { peerId, source, kind, spatialLayerCount } = found;
    this.id = producerId;
    this.kind = kind;
    this.router = router;
    this.consumable = { peerId, producerId, source };
    if (kind !== 'video') return;
    this.#demand = new LayerDemand(Math.max(1, spatialLayerCount), LOWER_AFTER_MS, NOTHING_WANTED);
    this.#demand.on('changed', () => router.wantedChanged(producerId));
  }

  get wanted(): WantedLayers {
    return this.#demand?.reported ?? ALL_OF_SOUND;
  }

  close(): void {
    this.#demand?.close();
  }

  /** Call it when a consumer is new, when its demand has changed, and when it is closed. */
  updateDemand(consumer: PeerConsumer): void {
    if (consumer.closed) this.#demand?.delete(consumer.id);
    else this.#demand?.set(consumer.id, consumer.demand);
  }
}
