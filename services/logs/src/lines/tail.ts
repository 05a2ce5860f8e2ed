import type { Logger } from '@parley/common/logging';
import { LINE_BYTES_MAX } from '../files/block-lines.ts';
import type { LogFile } from '../files/log-file.ts';
import type { LogFolder } from '../files/log-folder.ts';
import { compareKeys } from './line-key.ts';
import { parseLine, type LogLine } from './log-line.ts';
import { readTime } from '../files/line-time.ts';

const EVERY_MS = 300;
/** The most that is read of a file at once. If a file grew by more, only the end is shown. */
const READ_BYTES_MAX = 1024 * 1024;
const LINE_FEED = 0x0a;

export type TailBatch = { lines: readonly LogLine[]; skippedBytes: number };
export type TailListener = (batch: TailBatch) => void;

/** How far a file was read. `time` is that of the last line. */
type Position = { offset: number; time: number; isInLongLine: boolean };

/** Reports the lines that are appended to the files, while there are listeners. */
export class Tail {
  readonly #folder: LogFolder;
  readonly #logger: Logger;
  readonly #listeners = new Set<TailListener>();
  readonly #buffer = Buffer.allocUnsafeSlow(READ_BYTES_MAX);
  #positions: Map<LogFile, Position> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(folder: LogFolder, logger: Logger) {
    this.#folder = folder;
    this.#logger = logger;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  close(): void {
    this.#closed = true;
    this.#listeners.clear();
    clearTimeout(this.#timer);
  }

  /** Calls the listener for lines that are written from now on. Returns the function that ends this. */
  async listen(listener: TailListener): Promise<() => void> {
    if (this.#closed) throw new Error('the tail is closed');
    if (this.#positions === undefined) {
      const ends = await this.#ends();
      this.#positions ??= ends;
    }
    this.#listeners.add(listener);
    this.#timer ??= setTimeout(() => void this.#tick(), EVERY_MS);
    return () => this.#listeners.delete(listener);
  }

  async #ends(): Promise<Map<LogFile, Position>> {
    const files = await this.#folder.files();
    return new Map(files.map((file) => [file, { offset: file.size, time: Date.now(), isInLongLine: false }]));
  }

  async #tick(): Promise<void> {
    try {
      const batch = await this.#read();
      if (batch.lines.length > 0 || batch.skippedBytes > 0) {
        for (const listener of this.#listeners) listener(batch);
      }
    } catch (error) {
      this.#logger.warn({ err: error }, 'log files cannot be followed');
    }
    this.#timer = undefined;
    if (this.#listeners.size === 0) this.#positions = undefined;
    else if (!this.#closed) this.#timer = setTimeout(() => void this.#tick(), EVERY_MS);
  }

  async #read(): Promise<TailBatch> {
    const before = this.#positions ?? new Map<LogFile, Position>();
    const now = new Map<LogFile, Position>();
    const lines: LogLine[] = [];
    let skippedBytes = 0;
    for (const file of await this.#folder.files()) {
      // A new file is read from its start: a writer begins one when it rotates.
      const position = before.get(file) ?? { offset: 0, time: Date.now(), isInLongLine: false };
      now.set(file, position);
      if (file.size !== position.offset) skippedBytes += await this.#readFile(file, position, lines);
    }
    this.#positions = now;
    return { lines: lines.sort(compareKeys), skippedBytes };
  }

  /** Adds the file's new lines to `lines`. Returns how many bytes were left out. */
  async #readFile(file: LogFile, position: Position, lines: LogLine[]): Promise<number> {
    if (file.size < position.offset) position.offset = 0;
    const skipped = Math.max(0, file.size - position.offset - READ_BYTES_MAX);
    position.offset += skipped;
    position.isInLongLine ||= skipped > 0;
    const handle = await file.open();
    if (handle === undefined) return skipped;
    try {
      const length = Math.min(READ_BYTES_MAX, file.size - position.offset);
      const { bytesRead } = await handle.read(this.#buffer, 0, length, position.offset);
      this.#takeLines(file, position, this.#buffer.subarray(0, bytesRead), lines);
    } finally {
      await handle.close();
    }
    return skipped;
  }

  /** Leaves an unfinished line for the next read, unless it is already too long: then it is cut here. */
  #takeLines(file: LogFile, position: Position, bytes: Buffer, lines: LogLine[]): void {
    let start = 0;
    for (let feed = bytes.indexOf(LINE_FEED); feed >= 0; feed = bytes.indexOf(LINE_FEED, start)) {
      if (!position.isInLongLine && feed > start)
        this.#takeLine(file, position, { bytes, start, end: feed }, lines);
      position.isInLongLine = false;
      start = feed + 1;
    }
    if (bytes.length - start > LINE_BYTES_MAX) {
      if (!position.isInLongLine) this.#takeLine(file, position, { bytes, start, end: bytes.length }, lines);
      position.isInLongLine = true;
      start = bytes.length;
    }
    position.offset += start;
  }

  #takeLine(
    file: LogFile,
    position: Position,
    { bytes, start, end }: { bytes: Buffer; start: number; end: number },
    lines: LogLine[],
  ): void {
    const own = readTime(bytes, start, end);
    if (!Number.isNaN(own)) position.time = own;
    const isCut = end - start > LINE_BYTES_MAX;
    const place = { time: position.time, offset: position.offset + start, isCut };
    lines.push(parseLine(file, place, bytes.toString('utf8', start, isCut ? start + LINE_BYTES_MAX : end)));
  }
}
