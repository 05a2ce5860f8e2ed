/** The number of connections of each address. */
export class AddressCensus {
  readonly #counts = new Map<string, number>();

  /** Addresses with a connection. */
  get size(): number {
    return this.#counts.size;
  }

  count(address: string): number {
    return this.#counts.get(address) ?? 0;
  }

  /** Counts a connection. Returns the function that ends the count of it. */
  enter(address: string): () => void {
    this.#counts.set(address, this.count(address) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const remaining = this.count(address) - 1;
      if (remaining > 0) this.#counts.set(address, remaining);
      else this.#counts.delete(address);
    };
  }
}
