import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { BLOCK_BUFFER_BYTES, BLOCK_BYTES, LINE_BYTES_MAX, type BlockBytes } from './block-lines.ts';
import { TimeIndex } from './time-index.ts';

/** A line may come this much later into its file than it says: what a browser sends waits until it is online again. */
const LATE_MS = 15 * 60 * 1000;
/** A file that was not written for this long has no line that is being written. */
const SETTLED_MS = 2_000;
/** The latest time of a file that is not indexed is its last change, give or take. */
const CLOCK_SLACK_MS = 60_000;

export type FileFacts = {
  id: string;
  path: string;
  service: string;
  instance: string;
  /** What a process printed, while it writes its lines into files too: the JSON lines in it are there as well. */
  repeatsLines: boolean;
  /** When the writer began it, milliseconds since the Unix epoch; undefined when its name does not say. */
  begunAt: number | undefined;
  createdAt: number;
  size: number;
  modifiedAt: number;
};

/** One file of log lines, which grows, moves and goes as its writer wants. */
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

  /** Its JSON lines are in other files as well. */
  get repeatsLines(): boolean {
    return this.#repeatsLines;
  }

  get modifiedAt(): number {
    return this.#modifiedAt;
  }

  /** No line is earlier. */
  get earliest(): number {
    return this.#floor;
  }

  /** No line is later. */
  get latest(): number {
    return this.#modifiedAt + CLOCK_SLACK_MS;
  }

  /** Takes over what the folder says now: it grew, was renamed, or was cut off and begun anew. */
  update(facts: FileFacts): void {
    if (facts.size < this.#size) this.index.reset();
    this.#path = facts.path;
    this.#size = facts.size;
    this.#modifiedAt = facts.modifiedAt;
    this.#repeatsLines = facts.repeatsLines;
  }

  /** Undefined when it is gone. The caller closes it. */
  async open(): Promise<FileHandle | undefined> {
    try {
      return await open(this.#path, constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch (error) {
      // ELOOP: a link has taken its place.
      if (['ENOENT', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw error;
    }
  }

  /** Brings the index up to the file's size. Whoever asks at the same time waits for the same work. */
  async indexAll(handle: FileHandle, buffer: Buffer, signal: AbortSignal): Promise<void> {
    const before = this.#indexing;
    const work = before.then(() => this.#extendIndex(handle, buffer, signal));
    this.#indexing = work.catch(() => undefined);
    await work;
  }

  /** @param buffer BLOCK_BUFFER_BYTES at least; what is returned is a part of it. */
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

  /** The end of the last line that is complete. What its writer is just writing is left for later. */
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
