/** One of these texts must be in a line, or it does not match. */
export type AnyOf = readonly string[];

type Needle = { text: string; wanted: string; next: number };

/**
 * The text of a block, asked line by line whether it holds what a match must hold. It looks for each wanted text only
 * from where it was found last, so that a block is gone through once, however many lines it has.
 */
export class Haystack {
  readonly #groups: readonly (readonly Needle[])[];

  /**
   * @param text One character for each byte.
   * @param exact What must be there as it is.
   * @param lower What must be there in any case, given in lower case.
   */
  constructor(text: string, exact: readonly AnyOf[], lower: readonly AnyOf[]) {
    const lowered = lower.length === 0 ? '' : text.toLowerCase();
    this.#groups = [...exact.map((any) => needles(text, any)), ...lower.map((any) => needles(lowered, any))];
  }

  /** Whether any line can be a match. */
  get isPromising(): boolean {
    return this.#groups.every((group) => group.some(({ next }) => next !== Number.POSITIVE_INFINITY));
  }

  /** Whether the text from start to end can be a match. To be asked in the order of the lines. */
  admits(start: number, end: number): boolean {
    return this.#groups.every((group) => group.some((needle) => isWithin(needle, start, end)));
  }
}

function needles(text: string, any: AnyOf): Needle[] {
  return any.map((wanted) => ({ text, wanted, next: indexFrom(text, wanted, 0) }));
}

function isWithin(needle: Needle, start: number, end: number): boolean {
  if (needle.next < start) needle.next = indexFrom(needle.text, needle.wanted, start);
  return needle.next + needle.wanted.length <= end;
}

function indexFrom(text: string, wanted: string, start: number): number {
  const at = text.indexOf(wanted, start);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}
