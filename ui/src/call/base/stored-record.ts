/**
 * A small record that this browser keeps under one key of its storage. Storage throws in private windows, when it is
 * full and when it is blocked; then the record has its default values and nothing is kept.
 */
export class StoredRecord<T extends object> {
  readonly #key: string;
  readonly #parse: (stored: Readonly<Record<string, unknown>>) => T;
  readonly #storage: () => Storage;

  /** @param parse Takes whatever was stored, also what another version of this page wrote. */
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

  /** Keeps the other values as they are. */
  save(patch: Partial<T>): void {
    try {
      this.#storage().setItem(this.#key, JSON.stringify({ ...this.load(), ...patch }));
    } catch {
      // The values are not kept, and nothing else depends on them.
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
