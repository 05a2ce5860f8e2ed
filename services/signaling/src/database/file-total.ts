import type { Queryable } from '@parley/common/postgres';

const KEPT_MS = 5_000;
/** Every file has a record, and a place in a folder: a million empty ones would fill a disk too. */
const COUNTED_BYTES_MIN = 64 * 1024;

/** The bytes of all files of all rooms. Read at most every five seconds, because that reads the record of each file. */
export class FileTotal {
  readonly #pool: Queryable;
  #reading: Promise<number> | undefined;
  #readAt = 0;
  #added = 0;

  constructor(pool: Queryable) {
    this.#pool = pool;
  }

  /** At most five seconds old, with what was added since. */
  async bytes(): Promise<number> {
    const now = performance.now();
    if (this.#reading === undefined || now - this.#readAt > KEPT_MS) {
      this.#readAt = now;
      this.#added = 0;
      this.#reading = this.#read();
      // The next caller tries again.
      this.#reading.catch(() => (this.#reading = undefined));
    }
    return (await this.#reading) + this.#added;
  }

  /** A file was offered. */
  add(size: number): void {
    this.#added += Math.max(size, COUNTED_BYTES_MIN);
  }

  async #read(): Promise<number> {
    const { rows } = await this.#pool.query<{ bytes: number }>(
      'SELECT coalesce(sum(greatest(size, $1)), 0)::float8 AS bytes FROM rooms.chat_files',
      [COUNTED_BYTES_MIN],
    );
    return rows[0]?.bytes ?? 0;
  }
}
