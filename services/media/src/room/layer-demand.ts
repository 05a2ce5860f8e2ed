import { EventEmitter } from 'node:events';
import { layersWanted, wantedCount, type ConsumerDemand, type LayersWanted } from './dynacast.ts';

type LayerDemandEvents = { changed: [LayersWanted] };

/**
 * What the consumers of one video producer want of it. More is told at once, because somebody waits for it; less is
 * told only when it has stayed so for a while, because tiles come and go.
 */
export class LayerDemand extends EventEmitter<LayerDemandEvents> {
  readonly #layerCount: number;
  readonly #lowerAfterMs: number;
  readonly #demands = new Map<string, ConsumerDemand>();
  #told: LayersWanted;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** A sender starts with all its layers. */
  constructor(layerCount: number, lowerAfterMs: number) {
    super();
    this.#layerCount = layerCount;
    this.#lowerAfterMs = lowerAfterMs;
    this.#told = { wanted: true, maxSpatialLayer: layerCount - 1 };
    this.#compare();
  }

  /** What was told last. */
  get told(): LayersWanted {
    return this.#told;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#demands.clear();
    this.removeAllListeners();
  }

  set(consumerId: string, demand: ConsumerDemand): void {
    if (this.#closed) return;
    this.#demands.set(consumerId, demand);
    this.#compare();
  }

  delete(consumerId: string): void {
    if (this.#demands.delete(consumerId)) this.#compare();
  }

  #compare(): void {
    const now = layersWanted(this.#layerCount, this.#demands.values());
    const more = wantedCount(now) - wantedCount(this.#told);
    if (more >= 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    if (more > 0) this.#tell(now);
    if (more < 0) this.#timer ??= setTimeout(() => this.#lower(), this.#lowerAfterMs);
  }

  #lower(): void {
    this.#timer = undefined;
    this.#tell(layersWanted(this.#layerCount, this.#demands.values()));
  }

  #tell(wanted: LayersWanted): void {
    this.#told = wanted;
    this.emit('changed', wanted);
  }
}
