/** Where a line stands among all lines of all files. */
export type LineKey = { time: number; rank: number; file: string; offset: number };

/** Negative when the first is before the second. No two lines are equal. */
export function compareKeys(a: LineKey, b: LineKey): number {
  return (
    a.time - b.time || a.rank - b.rank || (a.file === b.file ? a.offset - b.offset : a.file < b.file ? -1 : 1)
  );
}
