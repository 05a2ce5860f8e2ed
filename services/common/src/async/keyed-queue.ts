import { ParleyError } from '@parley/proto/errors';

/** Runs the tasks of one key one after the other; tasks of different keys run at the same time. */
export class KeyedQueue<K = string> {
  readonly #queues = new Map<K, { done: Promise<void>; tasks: number }>();
  #closed = false;

  /** Keys with a task that runs or waits. */
  get size(): number {
    return this.#queues.size;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** How many tasks of the key run or wait. */
  tasks(key: K): number {
    return this.#queues.get(key)?.tasks ?? 0;
  }

  /** Running tasks go on; waiting tasks and later ones are rejected with `closed`. */
  close(): void {
    this.#closed = true;
  }

  /** Resolves when no task runs or waits. */
  async idle(): Promise<void> {
    while (this.#queues.size > 0) await Promise.all(Array.from(this.#queues.values(), ({ done }) => done));
  }

  /** Settles with the task's result or error. A task that fails does not stop the tasks behind it. */
  run<T>(key: K, task: () => T | Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new ParleyError('closed'));
    const queue = this.#queues.get(key) ?? { done: Promise.resolve(), tasks: 0 };
    const result = queue.done.then(() => {
      if (this.#closed) throw new ParleyError('closed');
      return task();
    });
    queue.tasks += 1;
    queue.done = result.then(noop, noop).then(() => {
      queue.tasks -= 1;
      if (queue.tasks === 0) this.#queues.delete(key);
    });
    this.#queues.set(key, queue);
    return result;
  }
}

function noop(): void {}
