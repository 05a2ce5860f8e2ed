import type { BlockBytes } from '../files/block-lines.ts';
import { readTerms, type Filter } from './filter.ts';
import { exactly, Haystack, inAnyCase, oneOf, type AnyOf } from './haystack.ts';
import type { LogFile } from '../files/log-file.ts';
import { LEVELS, type LogLine } from '../lines/log-line.ts';
import type { RoomAliases } from './room-aliases.ts';

const LEVEL_BEGIN = '"level":';

/**
 * Decides which lines pass a filter. Parsing is the slow part, so the bytes of a block and then those of a line must
 * first contain what a match must contain. Only lines that do are parsed and compared with the filter.
 */
export class LineMatcher {
  readonly #filter: Filter;
  /** A line must contain at least one text of each group. */
  readonly #terms: readonly (readonly string[])[];
  readonly #rooms: readonly string[];
  /** Each line that matches contains at least one text of each group. */
  readonly #bytes: readonly (readonly Buffer[])[];
  readonly #needles: readonly AnyOf[];

  /** @param aliases Find a room also by its code, which the lines do not contain. */
  constructor(filter: Filter, aliases: RoomAliases) {
    this.#filter = filter;
    this.#terms = readTerms(filter.q ?? '').map((term) =>
      aliases.namesOf(term).map((name) => name.toLowerCase()),
    );
    this.#rooms = filter.room === undefined ? [] : aliases.namesOf(filter.room);
    const values = [filter.peer, filter.trace].filter((value) => value !== undefined);
    const groups = [...(this.#rooms.length > 0 ? [this.#rooms] : []), ...values.map((value) => [value])];
    const exact = groups.filter((any) => any.every(isAscii)).map((any) => any.flatMap(writings));
    const anyCase = this.#terms.filter((any) => any.every(isAscii)).map((any) => any.flatMap(writings));
    const levels = levelWritings(filter.level);
    const inBytes = [...exact, ...(levels.length > 0 ? [levels.map((end) => LEVEL_BEGIN + end)] : [])];
    this.#bytes = inBytes.map((any) => any.map((text) => Buffer.from(text)));
    this.#needles = [
      ...exact.map((any) => any.map(exactly)),
      ...anyCase.map((any) => any.map(inAnyCase)),
      ...(levels.length > 0 ? [[oneOf(LEVEL_BEGIN, levels)]] : []),
    ];
  }

  /** Whether a file can contain lines that match. */
  admitsFile(file: LogFile): boolean {
    const { from = 0, to = Number.POSITIVE_INFINITY } = this.#filter;
    return this.admitsInstance(file.instance) && file.latest >= from && file.earliest <= to;
  }

  admitsInstance(instance: string): boolean {
    return this.#filter.instance === undefined || this.#filter.instance === instance;
  }

  admitsTimes(earliest: number, latest: number): boolean {
    return latest >= (this.#filter.from ?? 0) && earliest <= (this.#filter.to ?? Number.POSITIVE_INFINITY);
  }

  /** The block's text, to check lines before they are parsed; undefined if no line of the block can match. */
  haystack({ bytes }: BlockBytes): Haystack | undefined {
    // Searching bytes is much cheaper than making a string of them.
    if (!this.#bytes.every((any) => any.some((wanted) => bytes.includes(wanted)))) return undefined;
    const haystack = new Haystack(this.#needles.length === 0 ? '' : bytes.toString('latin1'), this.#needles);
    return haystack.isPromising ? haystack : undefined;
  }

  matches(line: LogLine): boolean {
    const { service, level, peer, trace } = this.#filter;
    if (line.isRepeated) return false;
    if (service !== undefined && line.service !== service) return false;
    if (
      level !== undefined &&
      (line.level === undefined || LEVELS.indexOf(line.level) < LEVELS.indexOf(level))
    )
      return false;
    if (this.#rooms.length > 0 && !this.#rooms.includes(line.room ?? '')) return false;
    if (peer !== undefined && line.peer !== peer) return false;
    if (trace !== undefined && line.trace !== trace) return false;
    return this.admitsTimes(line.time, line.time) && this.#matchesText(line.raw);
  }

  #matchesText(raw: string): boolean {
    if (this.#terms.length === 0) return true;
    const lower = raw.toLowerCase();
    return this.#terms.every((any) => any.flatMap(writings).some((writing) => lower.includes(writing)));
  }
}

/** The ways in which a line may contain a text: as it is, or escaped in a JSON string. */
function writings(text: string): string[] {
  const escaped = JSON.stringify(text).slice(1, -1);
  return escaped === text ? [text] : [text, escaped];
}

/** How the level may follow the field's name: as pino's word, or as the first digit of its number, from 10 (trace) to 60 (fatal). */
function levelWritings(least: Filter['level']): string[] {
  if (least === undefined) return [];
  const from = LEVELS.indexOf(least);
  return LEVELS.slice(from).flatMap((level, n) => [`"${level}"`, String(from + n + 1)]);
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
