import { EventEmitter } from 'node:events';
import type { ConsumerDemand } from '../router/peer-consumer.ts';
import { wantedCount, wantedLayers, type WantedLayers } from './wanted-layers.ts';

type LayerDemandEvents = { changed: [WantedLayers] };

/**
 * The demand of all consumers of one video producer. A rise is reported at once, because a consumer waits for the
 * layer. A fall is reported only after it has lasted for a while, because people turn pages and tiles come back. A
 * producer that nobody wants may send nothing at all.
 */
export class LayerDemand extends EventEmitter<LayerDemandEvents> {
  readonly #layerCount: number;
  readonly #lowerAfterMs: number;
  readonly #demands = new Map<string, ConsumerDemand>();
  #reported: WantedLayers;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param reported What was reported before. A sender starts with all its layers. */
  constructor(
    layerCount: number,
    lowerAfterMs: number,
    reported: WantedLayers = { wanted: true, maxSpatialLayer: layerCount - 1 },
  ) {
    super();
    this.#layerCount = layerCount;
    this.#lowerAfterMs = lowerAfterMs;
    this.#reported = reported;
    this.#compare();
  }

  /** The last report. */
  get reported(): WantedLayers {
    return this.#reported;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#demands.clear();
    this.removeAllListeners();
  }

  set(consumerId: string, demand: ConsumerDemand): void {
    if (this.#closed) return;
    // A new consumer is paused until its peer is connected. A sender that rests starts meanwhile, and not after that.
    if (!this.#demands.has(consumerId)) this.#put(consumerId, { ...demand, paused: false });
    this.#put(consumerId, demand);
  }

  delete(consumerId: string): void {
    if (this.#demands.delete(consumerId)) this.#compare();
  }

  #put(consumerId: string, demand: ConsumerDemand): void {
    this.#demands.set(consumerId, demand);
    this.#compare();
  }

  #compare(): void {
    const now = this.#now();
    const rise = wantedCount(now) - wantedCount(this.#reported);
    if (rise >= 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    if (rise > 0) this.#report(now);
    if (rise < 0) this.#timer ??= setTimeout(() => this.#lower(), this.#lowerAfterMs);
  }

  #lower(): void {
    this.#timer = undefined;
    this.#report(this.#now());
  }

  #now(): WantedLayers {
    return wantedLayers(this.#layerCount, this.#demands.values());
  }

  #report(wanted: WantedLayers): void {
    this.#reported = wanted;
    this.emit('changed', wanted);
  }
}
