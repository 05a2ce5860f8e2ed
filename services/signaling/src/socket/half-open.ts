import { clientNetworks } from '@parley/common/limits';

type Evictable = { readonly address: string; evict(): void };

/**
 * The transports whose peer is not in a room yet. If an address, or this instance, has too many, the oldest goes, so that
 * somebody who holds many of them keeps no neighbour out: who joins needs a moment only.
 */
export class HalfOpen<T extends Evictable> {
  readonly #perAddress: number;
  readonly #total: number;
  /** Oldest first. */
  readonly #all = new Set<T>();
  readonly #byNetwork = new Map<string, Set<T>>();

  constructor({ perAddress, total }: { perAddress: number; total: number }) {
    this.#perAddress = perAddress;
    this.#total = total;
  }

  get size(): number {
    return this.#all.size;
  }

  add(transport: T): void {
    for (const { key, share } of clientNetworks(transport.address)) {
      const inNetwork = this.#byNetwork.get(key) ?? new Set();
      if (inNetwork.size >= this.#perAddress * share) this.#evictFirst(inNetwork);
      // The eviction may have removed the set together with its last transport.
      this.#byNetwork.set(key, inNetwork.add(transport));
    }
    if (this.#all.size >= this.#total) this.#evictFirst(this.#all);
    this.#all.add(transport);
  }

  /** Called when the peer is in the room, or the transport is closed. Harmless if repeated. */
  remove(transport: T): void {
    if (!this.#all.delete(transport)) return;
    for (const { key } of clientNetworks(transport.address)) {
      const inNetwork = this.#byNetwork.get(key);
      inNetwork?.delete(transport);
      if (inNetwork?.size === 0) this.#byNetwork.delete(key);
    }
  }

  #evictFirst(transports: ReadonlySet<T>): void {
    const [oldest] = transports;
    if (oldest === undefined) return;
    this.remove(oldest);
    oldest.evict();
  }
}
