import type { Readable } from 'node:stream';

/** Where the bytes of files are. Ids are UUIDs. Every method rejects with `unavailable` while the place cannot be reached. */
export interface FileStore {
  /**
   * Stores the bytes, of which there are `size`. If `source` fails, it rejects with that error and keeps nothing. Never holds the whole
   * file in memory.
   */
  put(fileId: string, source: AsyncIterable<Uint8Array>, size: number): Promise<void>;
  /** Rejects with `not_found`. */
  get(fileId: string): Promise<Readable>;
  /** Also what a process that died has left of it. Harmless if there is nothing. */
  delete(fileId: string): Promise<void>;
  close(): void;
}
