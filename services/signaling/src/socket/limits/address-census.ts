import { clientNetworks } from '@parley/common/limits';

/** The number of connections of each address, and with IPv6 of the networks around it. */
export class AddressCensus {
  readonly #perAddress: number;
  readonly #counts = new Map<string, number>();

  constructor(perAddress: number) {
    this.#perAddress = perAddress;
  }

  /** Networks with a connection. */
  get size(): number {
    return this.#counts.size;
  }

  /** Whether the address and the networks around it may have one more. */
  hasRoom(address: string): boolean {
    return clientNetworks(address).every(({ key, share }) => this.#count(key) < this.#perAddress * share);
  }

  /** Counts a connection. Returns the function that ends the count of it. */
  enter(address: string): () => void {
    const keys = clientNetworks(address).map(({ key }) => key);
    for (const key of keys) this.#counts.set(key, this.#count(key) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      for (const key of keys) this.#leave(key);
    };
  }

  #count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  #leave(key: string): void {
    const remaining = this.#count(key) - 1;
    if (remaining > 0) this.#counts.set(key, remaining);
    else this.#counts.delete(key);
  }
}
