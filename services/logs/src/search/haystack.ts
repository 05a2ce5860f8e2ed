/** A text that a line may contain, and how to find it. `length` is the least number of characters that it takes. */
export type Needle = { find: (text: string, from: number) => number; length: number };
/** A line that contains none of these needles does not match. */
export type AnyOf = readonly Needle[];

/** The next occurrence of a needle; infinity if there is none. */
type Place = { needle: Needle; next: number };

/**
 * The text of a block, which says for each line whether it contains what a match must contain. Each needle is looked for
 * from where it was found last, so the text is read once, however many lines it has.
 */
export class Haystack {
  readonly #text: string;
  readonly #groups: readonly (readonly Place[])[];

  /** @param text One character for each byte. */
  constructor(text: string, groups: readonly AnyOf[]) {
    this.#text = text;
    this.#groups = groups.map((any) => any.map((needle) => ({ needle, next: find(text, needle, 0) })));
  }

  /** Whether any line of the block can match. */
  get isPromising(): boolean {
    return this.#groups.every((places) => places.some(({ next }) => next !== Number.POSITIVE_INFINITY));
  }

  /** Whether the line from start to end can match. Call this in the order of the lines. */
  admits(start: number, end: number): boolean {
    return this.#groups.every((places) => places.some((place) => this.#isWithin(place, start, end)));
  }

  #isWithin(place: Place, start: number, end: number): boolean {
    if (place.next < start) place.next = find(this.#text, place.needle, start);
    return place.next + place.needle.length <= end;
  }
}

/** Finds a text as it is written. */
export function exactly(wanted: string): Needle {
  return { find: (text, from) => text.indexOf(wanted, from), length: wanted.length };
}

/** Finds an ASCII text in upper or lower case. */
export function inAnyCase(wanted: string): Needle {
  return matching(new RegExp(escapePattern(wanted), 'gi'), wanted.length);
}

/** Finds any of several texts that begin alike, in one pass. */
export function oneOf(begin: string, ends: readonly string[]): Needle {
  const pattern = new RegExp(`${escapePattern(begin)}(?:${ends.map(escapePattern).join('|')})`, 'g');
  return matching(pattern, begin.length + Math.min(...ends.map((end) => end.length)));
}

function matching(pattern: RegExp, length: number): Needle {
  const find = (text: string, from: number) => {
    pattern.lastIndex = from;
    return pattern.exec(text)?.index ?? -1;
  };
  return { find, length };
}

function escapePattern(text: string): string {
  return text.replace(/[^A-Za-z0-9 ]/g, String.raw`\$&`);
}

function find(text: string, needle: Needle, from: number): number {
  const at = needle.find(text, from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}
