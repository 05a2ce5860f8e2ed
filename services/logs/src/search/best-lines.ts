import { compareKeys, type LineKey } from '../lines/line-key.ts';
import type { LogLine } from '../lines/log-line.ts';

/**
 * The first lines of a result that were found so far, in the order of the search, bounded in number and size. Lines
 * that do not fit are forgotten; the first forgotten one is remembered, because from there on the lines are incomplete.
 */
export class BestLines {
  readonly #sign: 1 | -1;
  readonly #countMax: number;
  readonly #charactersMax: number;
  #lines: LogLine[] = [];
  #characters = 0;
  #forgotten: LineKey | undefined;

  constructor(sign: 1 | -1, countMax: number, charactersMax: number) {
    this.#sign = sign;
    this.#countMax = countMax;
    this.#charactersMax = charactersMax;
  }

  /** Whether a forgotten line comes before this time. If so, nothing behind that line may be taken. */
  hasForgottenBefore(bound: number): boolean {
    return this.#forgotten !== undefined && (this.#forgotten.time - bound) * this.#sign < 0;
  }

  /** Whether a line of this time could be kept. */
  hasRoomFor(time: number): boolean {
    const limit = this.#lines.length >= this.#countMax ? this.#lines.at(-1) : this.#forgotten;
    return limit === undefined || (time - limit.time) * this.#sign <= 0;
  }

  /** Adds the lines that were found in a block. */
  add(found: readonly LogLine[]): void {
    if (found.length === 0) return;
    const kept = found.filter((line) => !this.#isBehindForgotten(line));
    for (const line of kept) this.#characters += line.raw.length;
    this.#lines = [...this.#lines, ...kept].sort((a, b) => this.#compare(a, b));
    while (
      this.#lines.length > this.#countMax ||
      (this.#characters > this.#charactersMax && this.#lines.length > 1)
    ) {
      this.#forgetLast();
    }
  }

  /** Takes the lines before this time out. The caller knows that no line before it is still to be found. */
  takeBefore(bound: number): LogLine[] {
    const end = this.#lines.findIndex((line) => (line.time - bound) * this.#sign >= 0);
    const taken = this.#lines.splice(0, end < 0 ? this.#lines.length : end);
    for (const line of taken) this.#characters -= line.raw.length;
    return taken;
  }

  #forgetLast(): void {
    const last = this.#lines.pop();
    if (last === undefined) return;
    this.#characters -= last.raw.length;
    this.#forget(last);
  }

  /** Notes that a line of this time was left out, because `hasRoomFor` said no. */
  skip(time: number): void {
    this.#forget({ time, rank: this.#sign > 0 ? 0 : Number.MAX_SAFE_INTEGER, file: '', offset: 0 });
  }

  #forget(line: LineKey): void {
    if (this.#forgotten === undefined || this.#compare(line, this.#forgotten) < 0) this.#forgotten = line;
  }

  #isBehindForgotten(line: LogLine): boolean {
    return this.#forgotten !== undefined && this.#compare(line, this.#forgotten) > 0;
  }

  #compare(a: LineKey, b: LineKey): number {
    return compareKeys(a, b) * this.#sign;
  }
}
