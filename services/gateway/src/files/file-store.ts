import type { Readable } from 'node:stream';
import type { StoredFile } from '@parley/common/data';

/** Where the bytes of files are. Ids are UUIDs. Every method rejects with `unavailable` while the place cannot be reached, `put` also with `files_full`. */
export interface FileStore {
  /**
   * Stores the bytes, of which there are `size`. If `source` fails, it rejects with that error and keeps nothing. Never holds the whole
   * file in memory.
   */
  put(fileId: string, source: AsyncIterable<Uint8Array>, size: number): Promise<void>;
  /** Rejects with `not_found`. */
  get(fileId: string): Promise<Readable>;
  /** Every file that is there whole, in no order. A file may be deleted before the caller comes to it. */
  list(): AsyncIterable<StoredFile>;
  /** Deletes the file, or what a process that died has left of it. Harmless if there is nothing. */
  delete(fileId: string): Promise<void>;
  close(): void;
}
