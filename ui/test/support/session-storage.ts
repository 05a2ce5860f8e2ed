/** The storage of one tab. `copy` is that of a tab that was duplicated from it. */
export class MemoryStorage {
  readonly #items: Map<string, string>;

  constructor(items: Iterable<[string, string]> = []) {
    this.#items = new Map(items);
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }

  copy(): MemoryStorage {
    return new MemoryStorage(this.#items);
  }
}

/** The tab in which the code of a test runs; null for a browser that stores nothing. */
export function useTab(storage: MemoryStorage | null): void {
  Object.defineProperty(globalThis, 'sessionStorage', {
    configurable: true,
    get: () => {
      if (storage === null) throw new Error('SecurityError');
      return storage;
    },
  });
}
