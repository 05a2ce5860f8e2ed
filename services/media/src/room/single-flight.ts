/** Callers that ask for the same key at the same time share one call and its result. */
export class SingleFlight<K, T> {
  readonly #flights = new Map<K, Promise<T>>();

  has(key: K): boolean {
    return this.#flights.has(key);
  }

  run(key: K, make: () => Promise<T>): Promise<T> {
    const flying = this.#flights.get(key);
    if (flying) return flying;
    const flight = make().finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight;
  }
}
