import { ParleyError } from '@parley/proto';

/** Runs the tasks of one key one after the other, and those of different keys beside each other. */
export class KeyedQueue<K = string> {
  readonly #tails = new Map<K, Promise<void>>();
  #closed = false;

  /** Keys with a task that runs or waits. */
  get size(): number {
    return this.#tails.size;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** What runs goes on; what waits is refused with `closed`. */
  close(): void {
    this.#closed = true;
  }

  /** Resolves when nothing runs or waits. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }

  /** The task's own result or error. A task that fails does not stop those behind it. */
  run<T>(key: K, task: () => T | Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new ParleyError('closed'));
    const before = this.#tails.get(key) ?? Promise.resolve();
    const result = before.then(() => {
      if (this.#closed) throw new ParleyError('closed');
      return task();
    });
    const tail = result.then(noop, noop).then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    this.#tails.set(key, tail);
    return result;
  }
}

function noop(): void {}
