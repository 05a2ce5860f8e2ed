import { BLOCK_BYTES, visitLines, type BlockBytes } from './block-lines.ts';
import { readTime } from './line-time.ts';

/** The index's entry for a block. */
export type BlockSummary = {
  offset: number;
  /** The earliest and latest time of the block's lines. If `earliest` is later, no line begins in this block. */
  earliest: number;
  latest: number;
  /** The time of the line before the block. Lines at the start of the block have it, up to the first with a time of its own. */
  carried: number;
  /** The time of the block's last line. */
  last: number;
};

/** The times of a file's blocks, in the order of the file: about 40 bytes for each 256 KiB. */
export class TimeIndex {
  readonly #bornAt: number;
  readonly #floor: number;
  readonly #blocks: BlockSummary[] = [];
  #bytes = 0;

  /**
   * @param bornAt The time of all lines, if no line of the file has a time of its own.
   * @param floor The earliest time that is believed. A line with an earlier one gets the time of the line before it.
   */
  constructor(bornAt: number, floor: number) {
    this.#bornAt = bornAt;
    this.#floor = floor;
  }

  get blocks(): readonly BlockSummary[] {
    return this.#blocks;
  }

  /** How much of the file is indexed. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Where indexing goes on: at the last block if it was not complete, otherwise at the next one. */
  get nextOffset(): number {
    return Math.floor(this.#bytes / BLOCK_BYTES) * BLOCK_BYTES;
  }

  /** Adds a block, or replaces the last one, which has grown. */
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
   * Visits the lines of a block with their times. A line without a time of its own has that of the line before it, so
   * that text between JSON lines stays in its place. Returns the time of the last line.
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

  /** The first time in the block. Lines before it, at the start of a file, get this time too. */
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
