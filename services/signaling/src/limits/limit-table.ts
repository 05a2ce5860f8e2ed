/** How many of the entries used longest ago are looked at when a new one is made. More than one, or the table only grows. */
const LOOKED_AT = 4;

/** What is limited under one key. While it is `full` it behaves as a new one. */
type Forgettable = { readonly full: boolean };

/**
 * The limits of each key. An entry is forgotten only when it is full again, so that whoever goes and comes back has used
 * what was used before. It holds the keys of the last minute or so, and each was let in by another limit.
 */
export class LimitTable<L extends Forgettable> {
  readonly #make: () => L;
  /** In the order in which they were made or looked at. */
  readonly #entries = new Map<string, L>();

  constructor(make: () => L) {
    this.#make = make;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Do not keep the result: the table may forget it. */
  of(key: string): L {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    this.#forgetSome();
    const made = this.#make();
    this.#entries.set(key, made);
    return made;
  }

  #forgetSome(): void {
    let looks = 0;
    for (const [key, entry] of this.#entries) {
      if (looks === LOOKED_AT) return;
      looks += 1;
      this.#entries.delete(key);
      // Look at others the next time.
      if (!entry.full) this.#entries.set(key, entry);
    }
  }
}
