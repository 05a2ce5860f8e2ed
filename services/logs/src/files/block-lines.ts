const LINE_FEED = 0x0a;

/** A file is read in blocks of this size, aligned to it. */
export const BLOCK_BYTES = 256 * 1024;
/** The part of a line that is read; the rest is cut off. */
export const LINE_BYTES_MAX = 64 * 1024;
/** Space for the byte before a block, the block, and the rest of its last line. */
export const BLOCK_BUFFER_BYTES = 1 + BLOCK_BYTES + LINE_BYTES_MAX;

/**
 * The bytes of a block: from the byte before it, unless the block is the first, to beyond the end of its last line.
 * `offset` is where the block begins in the file.
 */
export type BlockBytes = { bytes: Buffer; offset: number };

/** Takes a line as a range of indexes into the bytes, without its line feed. */
export type LineVisitor = (start: number, end: number, isCut: boolean) => void;

/** Visits the lines of a block. A line belongs to the block in which it begins, wherever it ends. */
export function visitLines({ bytes, offset }: BlockBytes, visit: LineVisitor): void {
  const isFirst = offset === 0;
  const blockEnd = BLOCK_BYTES + (isFirst ? 0 : 1);
  let start = isFirst ? 0 : lineEnd(bytes, 0) + 1;
  while (start < blockEnd && start < bytes.length) {
    const end = lineEnd(bytes, start);
    const isCut = end - start > LINE_BYTES_MAX;
    if (end > start) visit(start, isCut ? start + LINE_BYTES_MAX : end, isCut);
    start = end + 1;
  }
}

/** The offset in the file that belongs to an index into the bytes. */
export function offsetAt(block: BlockBytes, index: number): number {
  return block.offset + index - (block.offset === 0 ? 0 : 1);
}

function lineEnd(bytes: Buffer, from: number): number {
  const feed = bytes.indexOf(LINE_FEED, from);
  return feed < 0 ? bytes.length : feed;
}
