/**
 * Passes on a value that changes often: the first one at once, then at most one per interval, always the newest. A
 * value that equals the last one passed on is left out.
 */
export class LatestThrottle<T> {
  readonly #intervalMs: number;
  readonly #emit: (value: T) => void;
  #timer: NodeJS.Timeout | undefined;
  #emitted: string | undefined;
  #latest: { value: T } | undefined;
  #closed = false;

  constructor(intervalMs: number, emit: (value: T) => void) {
    this.#intervalMs = intervalMs;
    this.#emit = emit;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#latest = undefined;
  }

  push(value: T): void {
    if (this.#closed) return;
    this.#latest = { value };
    if (this.#timer === undefined) this.#flush();
  }

  #flush(): void {
    this.#timer = undefined;
    const latest = this.#latest;
    this.#latest = undefined;
    if (!latest) return;
    const written = JSON.stringify(latest.value);
    if (written === this.#emitted) return;
    this.#emitted = written;
    this.#timer = setTimeout(() => this.#flush(), this.#intervalMs);
    this.#emit(latest.value);
  }
}
