/** So many items pass one by one before the first has to wait. */
export const AT_ONCE_MAX = 10;
/** While many come, they pass together once in this time. */
export const TOGETHER_MS = 100;

/**
 * Passes items on in their order: each at once while few come, those of a tenth of a second together while many come. In any
 * time it passes something on `AT_ONCE_MAX` times, and once more for each `TOGETHER_MS` of that time, however much comes.
 */
export class Batch<T> {
  readonly #pass: (items: readonly T[]) => void;
  #waiting: T[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** How often it may pass something on without a wait; it grows by one in each `TOGETHER_MS`. */
  #allowed = AT_ONCE_MAX;
  #countedAt = performance.now();
  #closed = false;

  constructor(pass: (items: readonly T[]) => void) {
    this.#pass = pass;
  }

  add(item: T): void {
    if (this.#closed) return;
    this.#waiting.push(item);
    if (this.#timer !== null) return;
    const waitMs = this.#waitMs();
    if (waitMs <= 0) this.flush();
    else this.#timer = setTimeout(() => this.flush(), waitMs);
  }

  /** Passes on what waits, now. */
  flush(): void {
    this.#disarm();
    if (this.#waiting.length === 0) return;
    this.#waitMs();
    this.#allowed -= 1;
    const items = this.#waiting;
    this.#waiting = [];
    this.#pass(items);
  }

  /** Drops what waits. */
  close(): void {
    this.#closed = true;
    this.#disarm();
    this.#waiting = [];
  }

  /** How long until something may be passed on. */
  #waitMs(): number {
    const now = performance.now();
    this.#allowed = Math.min(AT_ONCE_MAX, this.#allowed + (now - this.#countedAt) / TOGETHER_MS);
    this.#countedAt = now;
    return (1 - this.#allowed) * TOGETHER_MS;
  }

  #disarm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
