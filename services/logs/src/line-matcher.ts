import type { BlockBytes } from './block-lines.ts';
import { readTerms, type Filter } from './filter.ts';
import { Haystack, type AnyOf } from './haystack.ts';
import type { LogFile } from './log-file.ts';
import { LEVELS, type LogLine } from './log-line.ts';

/**
 * Says which lines a filter lets through. It looks first whether the bytes of a block, then those of a line, hold what
 * a match must hold; only what is left is parsed.
 */
export class LineMatcher {
  readonly #filter: Filter;
  readonly #terms: readonly string[];
  readonly #exact: readonly AnyOf[];
  readonly #lower: readonly AnyOf[];

  constructor(filter: Filter) {
    this.#filter = filter;
    this.#terms = readTerms(filter.q ?? '').map((term) => term.toLowerCase());
    this.#lower = this.#terms.filter(isAscii).map(writings);
    const values = [filter.room, filter.peer, filter.trace].filter((value) => value !== undefined);
    this.#exact = [...values.filter(isAscii).map(writings), ...levelWritings(filter.level)];
  }

  /** Whether a file can hold lines that match. */
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

  /** For asking whether the bytes of a line may be a match; undefined when no line of the block can. */
  haystack(block: BlockBytes): Haystack | undefined {
    const haystack = new Haystack(block.bytes.toString('latin1'), this.#exact, this.#lower);
    return haystack.isPromising ? haystack : undefined;
  }

  matches(line: LogLine): boolean {
    const { service, level, room, peer, trace } = this.#filter;
    if (line.isRepeated) return false;
    if (service !== undefined && line.service !== service) return false;
    if (
      level !== undefined &&
      (line.level === undefined || LEVELS.indexOf(line.level) < LEVELS.indexOf(level))
    )
      return false;
    if (room !== undefined && line.room !== room) return false;
    if (peer !== undefined && line.peer !== peer) return false;
    if (trace !== undefined && line.trace !== trace) return false;
    return this.admitsTimes(line.time, line.time) && this.#matchesText(line.raw);
  }

  #matchesText(raw: string): boolean {
    if (this.#terms.length === 0) return true;
    const lower = raw.toLowerCase();
    return this.#terms.every((term) => writings(term).some((writing) => lower.includes(writing)));
  }
}

/** How a text may stand in a line: as it is, or escaped in a JSON string. */
function writings(text: string): string[] {
  const escaped = JSON.stringify(text).slice(1, -1);
  return escaped === text ? [text] : [text, escaped];
}

function levelWritings(least: Filter['level']): AnyOf[] {
  if (least === undefined) return [];
  const from = LEVELS.indexOf(least);
  // pino's numbers are tens: 10 is trace, 60 is fatal.
  return [LEVELS.slice(from).flatMap((level, n) => [`"level":"${level}"`, `"level":${from + n + 1}`])];
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
