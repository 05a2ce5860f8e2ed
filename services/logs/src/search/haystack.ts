/** A text that a line may hold, and how to find it. */
export type Needle = { find: (text: string, from: number) => number; length: number };
/** A line must hold one of them, or it does not match. */
export type AnyOf = readonly Needle[];

type Place = { needle: Needle; next: number };

/**
 * The text of a block, asked line by line whether it holds what a match must hold. It looks for each needle only from
 * where it was found last, so that a block is gone through once, however many lines it has.
 */
export class Haystack {
  readonly #text: string;
  readonly #groups: readonly (readonly Place[])[];

  /** @param text One character for each byte. */
  constructor(text: string, groups: readonly AnyOf[]) {
    this.#text = text;
    this.#groups = groups.map((any) => any.map((needle) => ({ needle, next: find(text, needle, 0) })));
  }

  /** Whether any line can be a match. */
  get isPromising(): boolean {
    return this.#groups.every((places) => places.some(({ next }) => next !== Number.POSITIVE_INFINITY));
  }

  /** Whether the text from start to end can be a match. To be asked in the order of the lines. */
  admits(start: number, end: number): boolean {
    return this.#groups.every((places) => places.some((place) => this.#isWithin(place, start, end)));
  }

  #isWithin(place: Place, start: number, end: number): boolean {
    if (place.next < start) place.next = find(this.#text, place.needle, start);
    return place.next + place.needle.length <= end;
  }
}

/** A text as it stands. */
export function exactly(wanted: string): Needle {
  return { find: (text, from) => text.indexOf(wanted, from), length: wanted.length };
}

/** An ASCII text in any case. */
export function inAnyCase(wanted: string): Needle {
  return matching(new RegExp(escapePattern(wanted), 'gi'), wanted.length);
}

/** One of several texts with a common begin: they are looked for together. */
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
