/** A batch is written when it has this many bytes. A larger item is a batch of its own. */
const BATCH_BYTES = 64 * 1024;

type GrpcBatchOptions<T> = {
  /** Writes one message. Returns whether the stream takes more before `drained`. */
  write: (items: readonly T[]) => boolean;
  /** How many items may be written now. Unbounded where absent. */
  room?: () => number;
};

/**
 * What one side of an exchange has to send. All that is added within one turn of the event loop becomes one message, because a message costs
 * more than what is in it. While the stream takes no more, items wait here, where they can still be taken back.
 */
export class GrpcBatch<T extends object> {
  readonly #write: (items: readonly T[]) => boolean;
  readonly #room: () => number;
  /** The items that wait, in order, with their sizes in bytes. */
  readonly #waiting = new Map<T, number>();
  #scheduled = false;
  #full = false;
  #closed = false;
  #onEmpty: (() => void) | undefined;

  constructor({ write, room = () => Number.POSITIVE_INFINITY }: GrpcBatchOptions<T>) {
    this.#write = write;
    this.#room = room;
  }

  close(): void {
    this.#closed = true;
    this.#waiting.clear();
  }

  add(item: T, bytes: number): void {
    if (this.#closed) return;
    this.#waiting.set(item, bytes);
    this.#schedule();
  }

  /** Takes an item back. Returns false if it is written already. */
  remove(item: T): boolean {
    return this.#waiting.delete(item);
  }

  /** The stream takes more again, or there is room again. */
  resume({ drained }: { drained: boolean }): void {
    if (drained) this.#full = false;
    if (this.#waiting.size > 0 || this.#onEmpty !== undefined) this.#schedule();
  }

  /** Calls back once, when everything is written. */
  whenEmpty(callback: () => void): void {
    this.#onEmpty = callback;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#full) return;
    this.#scheduled = true;
    process.nextTick(this.#flush);
  }

  readonly #flush = (): void => {
    this.#scheduled = false;
    while (!this.#closed && !this.#full && this.#waiting.size > 0) {
      const items = this.#take();
      if (items.length === 0) return;
      this.#full = !this.#write(items);
    }
    if (this.#closed || this.#waiting.size > 0) return;
    const onEmpty = this.#onEmpty;
    this.#onEmpty = undefined;
    onEmpty?.();
  };

  #take(): T[] {
    const items: T[] = [];
    const room = this.#room();
    let total = 0;
    for (const [item, bytes] of this.#waiting) {
      if (items.length >= room || (items.length > 0 && total + bytes > BATCH_BYTES)) break;
      total += bytes;
      items.push(item);
      this.#waiting.delete(item);
    }
    return items;
  }
}
