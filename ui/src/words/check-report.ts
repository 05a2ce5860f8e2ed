import type { CheckLine, CheckState } from '../call/check/connection-check.ts';
import type { Words } from '../languages/words.ts';
import { checkWords } from './check-words.ts';

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
  const when =
    state.finishedAt === null ? words.t('check.report.unfinished') : new Date(state.finishedAt).toISOString();
  const head = [words.t('check.report.title', { address: page.origin }), when, page.userAgent];
  if (state.traceId !== null) head.push(words.t('check.report.reference', { reference: state.traceId }));
  return [...head, '', ...state.lines.flatMap((line) => reportLine(words, line))].join('\n');
}

function reportLine(words: Words, { name, result }: CheckLine): string[] {
  const title = words.t(`check.titles.${name}`);
  if (result === null) return [`?    ${title}: ${words.t('check.report.notChecked')}`];
  const { finding: what, fix } = checkWords(words, name, result);
  const line = `${MARKS[result.state]} ${title}: ${what}`;
  return fix === null ? [line] : [line, `     → ${fix}`];
}
