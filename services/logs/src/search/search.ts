import { BestLines } from './best-lines.ts';
import { BLOCK_BUFFER_BYTES, BLOCK_BYTES, offsetAt, type BlockBytes } from '../files/block-lines.ts';
import { Heap } from './heap.ts';
import type { LogFile } from '../files/log-file.ts';
import { compareKeys, type LineKey } from '../lines/line-key.ts';
import { parseLine, type LogLine } from '../lines/log-line.ts';
import type { Haystack } from './haystack.ts';
import type { LineMatcher } from './line-matcher.ts';
import { OpenFiles } from '../files/open-files.ts';
import type { BlockSummary } from '../files/time-index.ts';

const PROGRESS_EVERY_MS = 150;

export type SearchOptions = {
  files: readonly LogFile[];
  matcher: LineMatcher;
  /** Which lines come first. */
  order: 'newest' | 'oldest';
  /** The search begins behind this line. */
  after: LineKey | undefined;
  /** How many lines, and how many characters, may wait while an earlier line may still be found. */
  linesMax: number;
  charactersMax: number;
  signal: AbortSignal;
};

/** A file that was not opened yet, or one of its blocks. `bound` is its first time in the order of the search. */
type Unit = { file: LogFile; block: BlockSummary | undefined; bound: number };

/**
 * Finds lines of all files in the order of their time, in bounded memory. Blocks are read in the order of their first
 * time. A line that was found waits until no block that is left can contain an earlier line, and is then passed on. If
 * too many lines wait, the last ones are forgotten and found again in another pass.
 */
export class Search {
  readonly #options: SearchOptions;
  readonly #sign: 1 | -1;
  readonly #buffer = Buffer.allocUnsafeSlow(BLOCK_BUFFER_BYTES);
  readonly #open = new OpenFiles();
  readonly #totalBytes: number;
  #searchedBytes = 0;
  #after: LineKey | undefined;

  constructor(options: SearchOptions) {
    const files = options.files.filter((file) => options.matcher.admitsFile(file));
    this.#options = { ...options, files };
    this.#sign = options.order === 'oldest' ? 1 : -1;
    this.#after = options.after;
    this.#totalBytes = files.reduce((sum, file) => sum + file.size, 0);
  }

  /** How many bytes were read or could be left out, and how many there are. */
  get progress(): { searchedBytes: number; totalBytes: number } {
    return { searchedBytes: Math.min(this.#searchedBytes, this.#totalBytes), totalBytes: this.#totalBytes };
  }

  /**
   * The lines that match, in order, in batches. A batch without lines comes when none was found for a moment, so that
   * the caller can report the progress. Throws the signal's reason when the search is cancelled.
   */
  async *run(): AsyncGenerator<LogLine[], void, undefined> {
    try {
      while (yield* this.#pass());
    } finally {
      await this.#open.close();
    }
  }

  /** Returns whether lines were forgotten, so that another pass is needed. */
  async *#pass(): AsyncGenerator<LogLine[], boolean, undefined> {
    const { linesMax, charactersMax, signal } = this.#options;
    const best = new BestLines(this.#sign, linesMax, charactersMax);
    const units = new Heap<Unit>((a, b) => (a.bound - b.bound) * this.#sign);
    for (const file of this.#options.files) {
      if (this.#reachesCursor(file)) units.push({ file, block: undefined, bound: this.#firstOf(file) });
    }
    let yieldedAt = performance.now();
    for (;;) {
      const bound = units.peek()?.bound ?? this.#sign * Number.POSITIVE_INFINITY;
      const lines = best.takeBefore(bound);
      this.#after = lines.at(-1) ?? this.#after;
      if (lines.length > 0 || performance.now() - yieldedAt >= PROGRESS_EVERY_MS) {
        yield lines;
        yieldedAt = performance.now();
      }
      if (best.hasForgottenBefore(bound)) return true;
      const unit = units.pop();
      if (unit === undefined) return false;
      signal.throwIfAborted();
      if (unit.block === undefined) await this.#expand(unit.file, units);
      else await this.#scan(unit.file, unit.block, best);
    }
  }

  #firstOf(times: { earliest: number; latest: number }): number {
    return this.#sign > 0 ? times.earliest : times.latest;
  }

  /** Replaces a file by those of its blocks that can contain lines of the result. */
  async #expand(file: LogFile, units: Heap<Unit>): Promise<void> {
    const handle = await this.#open.get(file);
    if (handle === undefined) {
      this.#searchedBytes += file.size;
      return;
    }
    await file.indexAll(handle, this.#buffer, this.#options.signal);
    for (const block of file.index.blocks) {
      if (this.#admits(block)) units.push({ file, block, bound: this.#firstOf(block) });
      else this.#searchedBytes += bytesOf(file, block);
    }
  }

  #admits(block: BlockSummary): boolean {
    if (block.earliest > block.latest || !this.#options.matcher.admitsTimes(block.earliest, block.latest))
      return false;
    return this.#reachesCursor(block);
  }

  #reachesCursor(times: { earliest: number; latest: number }): boolean {
    return !this.#isBehindCursor(this.#sign > 0 ? times.latest : times.earliest);
  }

  #isBehindCursor(time: number): boolean {
    return this.#after !== undefined && (time - this.#after.time) * this.#sign < 0;
  }

  async #scan(file: LogFile, block: BlockSummary, best: BestLines): Promise<void> {
    this.#searchedBytes += bytesOf(file, block);
    const handle = await this.#open.get(file);
    if (handle === undefined) return;
    const bytes = await file.readBlock(handle, block.offset, file.index.bytes, this.#buffer);
    const haystack = this.#options.matcher.haystack(bytes);
    if (haystack !== undefined) best.add(this.#find(file, block, bytes, haystack, best));
  }

  #find(
    file: LogFile,
    block: BlockSummary,
    bytes: BlockBytes,
    haystack: Haystack,
    best: BestLines,
  ): LogLine[] {
    const { matcher } = this.#options;
    const found: LogLine[] = [];
    file.index.visitTimes(bytes, block.carried, (time, start, end, isCut) => {
      if (!matcher.admitsTimes(time, time) || this.#isBehindCursor(time)) return;
      if (!haystack.admits(start, end)) return;
      if (!best.hasRoomFor(time)) return best.skip(time);
      const place = { time, offset: offsetAt(bytes, start), isCut };
      const line = parseLine(file, place, bytes.bytes.toString('utf8', start, end));
      if (matcher.matches(line) && this.#isAhead(line)) found.push(line);
    });
    return found;
  }

  #isAhead(line: LineKey): boolean {
    return this.#after === undefined || compareKeys(line, this.#after) * this.#sign > 0;
  }
}

function bytesOf(file: LogFile, block: BlockSummary): number {
  return Math.min(BLOCK_BYTES, file.index.bytes - block.offset);
}
