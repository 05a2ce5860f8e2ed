import { BLOCK_BYTES, visitLines, type BlockBytes } from './block-lines.ts';
import { readTime } from './line-time.ts';

/** What is known of a block without reading it. */
export type BlockSummary = {
  offset: number;
  /** Of its lines. No line begins in it if the earliest is later than the latest. */
  earliest: number;
  latest: number;
  /** The time that its lines have until one of them says its own: that of the line before the block. */
  carried: number;
  /** The time of its last line. */
  last: number;
};

/** The times of a file's blocks, in the order of the file: some 40 bytes for each 256 KiB. */
export class TimeIndex {
  readonly #bornAt: number;
  readonly #floor: number;
  readonly #blocks: BlockSummary[] = [];
  #bytes = 0;

  /**
   * @param bornAt The time of lines when none says its own.
   * @param floor No line is older: one that says so has a wrong clock and takes the time of the line before it.
   */
  constructor(bornAt: number, floor: number) {
    this.#bornAt = bornAt;
    this.#floor = floor;
  }

  get blocks(): readonly BlockSummary[] {
    return this.#blocks;
  }

  /** How much of the file it covers. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Where it goes on: the block that was not complete, or the next one. */
  get nextOffset(): number {
    return Math.floor(this.#bytes / BLOCK_BYTES) * BLOCK_BYTES;
  }

  /** Adds a block, or replaces the last one by what it is now. */
  add(block: BlockBytes, fileBytes: number): void {
    const at = block.offset / BLOCK_BYTES;
    const carried = this.#blocks[at - 1]?.last ?? this.#firstTime(block) ?? this.#bornAt;
    let earliest = Number.POSITIVE_INFINITY;
    let latest = Number.NEGATIVE_INFINITY;
    const last = this.visitTimes(block, carried, (time) => {
      if (time < earliest) earliest = time;
      if (time > latest) latest = time;
    });
    this.#blocks[at] = { offset: block.offset, earliest, latest, carried, last };
    this.#bytes = Math.min(fileBytes, block.offset + BLOCK_BYTES);
  }

  /**
   * Visits the lines of a block with the time that each has: its own, or that of the line before it, so that a line
   * that is no JSON stays where it is. Returns the time of the last one.
   */
  visitTimes(
    block: BlockBytes,
    carried: number,
    visit: (time: number, start: number, end: number, isCut: boolean) => void,
  ): number {
    let time = carried;
    visitLines(block, (start, end, isCut) => {
      const own = readTime(block.bytes, start, end);
      if (own >= this.#floor) time = own;
      visit(time, start, end, isCut);
    });
    return time;
  }

  /** Lines at the begin of a file have the time of the first one that says its own. */
  #firstTime(block: BlockBytes): number | undefined {
    let first: number | undefined;
    visitLines(block, (start, end) => {
      if (first !== undefined) return;
      const own = readTime(block.bytes, start, end);
      if (own >= this.#floor) first = own;
    });
    return first;
  }

  reset(): void {
    this.#blocks.length = 0;
    this.#bytes = 0;
  }
}
