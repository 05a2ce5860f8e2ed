import type { CheckLine, CheckState } from '../call/check/connection-check.ts';
import type { Words } from '../languages/words.ts';
import { CHECK_TITLES, checkWords } from './check-words.ts';

const MARKS = { well: 'ok  ', wrong: 'FAIL', skipped: '-   ' } as const;

export type CheckCount = { wrong: number; known: number };

export function countLines(lines: readonly CheckLine[]): CheckCount {
  const known = lines.filter(({ result }) => result !== null);
  return { known: known.length, wrong: known.filter(({ result }) => result?.state === 'wrong').length };
}

/** The report for the person who runs the server: plain text without devices, tokens or names. */
export function checkReport(
  words: Words,
  state: CheckState,
  page: { origin: string; userAgent: string },
): string {
  const when = state.finishedAt === null ? 'not finished' : new Date(state.finishedAt).toISOString();
  const head = [`Parley connection check of ${page.origin}`, when, page.userAgent];
  if (state.traceId !== null) head.push(`Reference ${state.traceId}`);
  return [...head, '', ...state.lines.flatMap((line) => reportLine(words, line))].join('\n');
}

function reportLine(words: Words, { name, result }: CheckLine): string[] {
  if (result === null) return [`?    ${CHECK_TITLES[name]}: not checked`];
  const { finding: what, fix } = checkWords(words, name, result);
  const line = `${MARKS[result.state]} ${CHECK_TITLES[name]}: ${what}`;
  return fix === null ? [line] : [line, `     → ${fix}`];
}
