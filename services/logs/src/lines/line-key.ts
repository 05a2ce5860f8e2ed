/** The place of a line among all lines of all files. `time` is in milliseconds since the Unix epoch. */
export type LineKey = { time: number; rank: number; file: string; offset: number };

/** Negative if `a` comes before `b`. Two different lines are never equal. */
export function compareKeys(a: LineKey, b: LineKey): number {
  return (
    a.time - b.time || a.rank - b.rank || (a.file === b.file ? a.offset - b.offset : a.file < b.file ? -1 : 1)
  );
}
