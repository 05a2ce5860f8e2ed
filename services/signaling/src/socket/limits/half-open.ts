import { clientNetworks } from '@parley/common/limits';

type Evictable = {
  readonly address: string;
  /** Whether a request is under way that may bring the peer into its room. */
  readonly busy: boolean;
  evict(): void;
};

/**
 * The transports whose peer is not in a room yet. If an address, or this instance, has too many, the oldest goes, so that
 * somebody who holds many of them keeps no neighbour out: who joins needs a moment only. In that moment another one goes, or the others of the
 * room would see the peer come and leave.
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
      if (inNetwork.size >= this.#perAddress * share) this.#evictOne(inNetwork);
      // The eviction may have removed the set together with its last transport.
      this.#byNetwork.set(key, inNetwork.add(transport));
    }
    if (this.#all.size >= this.#total) this.#evictOne(this.#all);
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

  /** The oldest that is not busy. If all are, the oldest of them, because the bound holds. */
  #evictOne(transports: ReadonlySet<T>): void {
    let [chosen] = transports;
    for (const transport of transports) {
      if (transport.busy) continue;
      chosen = transport;
      break;
    }
    if (chosen === undefined) return;
    this.remove(chosen);
    chosen.evict();
  }
}
