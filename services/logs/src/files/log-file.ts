import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { BLOCK_BUFFER_BYTES, BLOCK_BYTES, LINE_BYTES_MAX, type BlockBytes } from './block-lines.ts';
import { TimeIndex } from './time-index.ts';

/** How much later than its own time a line may be written: a browser that was offline sends its lines afterwards. */
const LATE_MS = 15 * 60 * 1000;
/** The last line of a file that did not change for this long is complete. */
const SETTLED_MS = 2_000;
/** How much later than the last change of its file the time of a line may be. */
const CLOCK_SLACK_MS = 60_000;

export type FileFacts = {
  id: string;
  path: string;
  service: string;
  instance: string;
  /** The file holds what a process printed, and that process also writes log files: its JSON lines are in those too. */
  repeatsLines: boolean;
  /** When the writer began the file, in milliseconds since the Unix epoch; undefined if the file's name has no time. */
  begunAt: number | undefined;
  createdAt: number;
  size: number;
  modifiedAt: number;
};

/** One file of log lines. Its writer may append to it, rename it, truncate it or delete it at any time. */
export class LogFile {
  readonly id: string;
  readonly service: string;
  readonly instance: string;
  readonly index: TimeIndex;
  readonly #floor: number;
  #path: string;
  #size: number;
  #modifiedAt: number;
  #repeatsLines: boolean;
  #indexing: Promise<unknown> = Promise.resolve();

  constructor(facts: FileFacts) {
    this.id = facts.id;
    this.service = facts.service;
    this.instance = facts.instance;
    this.#path = facts.path;
    this.#size = facts.size;
    this.#modifiedAt = facts.modifiedAt;
    this.#repeatsLines = facts.repeatsLines;
    this.#floor = facts.begunAt === undefined ? Number.NEGATIVE_INFINITY : facts.begunAt - LATE_MS;
    this.index = new TimeIndex(facts.begunAt ?? facts.createdAt, this.#floor);
  }

  get path(): string {
    return this.#path;
  }

  get size(): number {
    return this.#size;
  }

  /** The JSON lines of this file are in other files too. */
  get repeatsLines(): boolean {
    return this.#repeatsLines;
  }

  get modifiedAt(): number {
    return this.#modifiedAt;
  }

  /** No line of the file is earlier. */
  get earliest(): number {
    return this.#floor;
  }

  /** No line of the file is later. */
  get latest(): number {
    return this.#modifiedAt + CLOCK_SLACK_MS;
  }

  /** Applies what the folder lists now: the file may have grown, been renamed, or been truncated and begun anew. */
  update(facts: FileFacts): void {
    if (facts.size < this.#size) this.index.reset();
    this.#path = facts.path;
    this.#size = facts.size;
    this.#modifiedAt = facts.modifiedAt;
    this.#repeatsLines = facts.repeatsLines;
  }

  /** Undefined if the file is gone. The caller closes the handle. */
  async open(): Promise<FileHandle | undefined> {
    try {
      return await open(this.#path, constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch (error) {
      // ELOOP: a link has the name now.
      if (['ENOENT', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw error;
    }
  }

  /** Extends the index up to the file's size. Concurrent calls for one file run one after the other. */
  async indexAll(handle: FileHandle, buffer: Buffer, signal: AbortSignal): Promise<void> {
    const before = this.#indexing;
    const work = before.then(() => this.#extendIndex(handle, buffer, signal));
    this.#indexing = work.catch(() => undefined);
    await work;
  }

  /** @param buffer At least BLOCK_BUFFER_BYTES long. The returned bytes are a part of this buffer. */
  async readBlock(handle: FileHandle, offset: number, end: number, buffer: Buffer): Promise<BlockBytes> {
    const from = Math.max(0, offset - 1);
    const length = Math.max(0, Math.min(BLOCK_BUFFER_BYTES, end - from));
    const bytesRead = await readFully(handle, buffer, length, from);
    return { bytes: buffer.subarray(0, bytesRead), offset };
  }

  async #extendIndex(handle: FileHandle, buffer: Buffer, signal: AbortSignal): Promise<void> {
    const end = await this.#completeEnd(handle, buffer);
    if (end <= this.index.bytes) return;
    for (let offset = this.index.nextOffset; offset < end; offset += BLOCK_BYTES) {
      signal.throwIfAborted();
      this.index.add(await this.readBlock(handle, offset, end, buffer), end);
    }
  }

  /** The end of the last complete line. A line that is still being written is indexed by a later call. */
  async #completeEnd(handle: FileHandle, buffer: Buffer): Promise<number> {
    if (Date.now() - this.#modifiedAt > SETTLED_MS) return this.#size;
    const from = Math.max(0, this.#size - LINE_BYTES_MAX);
    const bytesRead = await readFully(handle, buffer, this.#size - from, from);
    const feed = buffer.subarray(0, bytesRead).lastIndexOf(0x0a);
    return feed < 0 ? this.#size : from + feed + 1;
  }
}

async function readFully(
  handle: FileHandle,
  buffer: Buffer,
  length: number,
  position: number,
): Promise<number> {
  let total = 0;
  while (total < length) {
    const { bytesRead } = await handle.read(buffer, total, length - total, position + total);
    if (bytesRead === 0) break;
    total += bytesRead;
  }
  return total;
}
