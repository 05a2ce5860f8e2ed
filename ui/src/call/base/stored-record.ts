/**
 * A small record that this browser stores under one key. Browsers throw if the storage is full or blocked, or in
 * private windows. In these cases `load` returns the default values and `save` stores nothing.
 */
export class StoredRecord<T extends object> {
  readonly #key: string;
  readonly #parse: (stored: Readonly<Record<string, unknown>>) => T;
  readonly #storage: () => Storage;

  /** @param parse Receives any stored object, also one that another version of this page wrote. Must not throw. */
  constructor(
    key: string,
    parse: (stored: Readonly<Record<string, unknown>>) => T,
    storage: () => Storage = () => localStorage,
  ) {
    this.#key = key;
    this.#parse = parse;
    this.#storage = storage;
  }

  load(): T {
    return this.#parse(this.#read());
  }

  /** Changes the values in `patch` and keeps the others. Never throws. */
  save(patch: Partial<T>): void {
    try {
      this.#storage().setItem(this.#key, JSON.stringify({ ...this.load(), ...patch }));
    } catch {
      // The values are not stored. The page works without them.
    }
  }

  #read(): Record<string, unknown> {
    try {
      const stored: unknown = JSON.parse(this.#storage().getItem(this.#key) ?? '{}');
      return typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
    } catch {
      return {};
    }
  }
}
