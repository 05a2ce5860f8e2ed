import { compareKeys, type LineKey } from '../lines/line-key.ts';
import type { LogLine } from '../lines/log-line.ts';

/**
 * The first lines of a result in its order, as far as they are known: a bounded number of them, of bounded size.
 * What does not fit is forgotten, and it is known from where on something is missing.
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

  /** Whether lines that did not fit come before a time: beyond them nothing may be taken. */
  hasForgottenBefore(bound: number): boolean {
    return this.#forgotten !== undefined && (this.#forgotten.time - bound) * this.#sign < 0;
  }

  /** Whether a line of this time could still be kept. */
  hasRoomFor(time: number): boolean {
    const limit = this.#lines.length >= this.#countMax ? this.#lines.at(-1) : this.#forgotten;
    return limit === undefined || (time - limit.time) * this.#sign <= 0;
  }

  /** Adds what a block has. */
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

  /** Takes the lines before a time, when nothing that is still unknown comes before it. */
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

  /** Notes that a line of this time was left out because there was no room for it. */
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
