import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  LADDER,
  LADDER_EVENTS,
  nextStep,
  type LadderEvent,
  type Step,
} from '../../../src/call/media/ladder.ts';

const PAGE = readFileSync(path.join(import.meta.dirname, '../../../../docs/recovery.md'), 'utf8');
const STEPS = Object.keys(LADDER) as Step[];

/** The cells of the rows of the table that has this head. */
function rowsBelow(head: string): string[][] {
  const from = PAGE.indexOf(head);
  expect(from).toBeGreaterThan(0);
  const lines = PAGE.slice(from).split('\n').slice(2);
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

describe('the ladder', () => {
  test('is described in docs/recovery.md, transition by transition', () => {
    const made = STEPS.flatMap((step) =>
      LADDER_EVENTS.flatMap((event) => {
        const next = nextStep(step, event);
        return next === null ? [] : [[step, event, next]];
      }),
    );
    expect(rowsBelow('| in | event | next |')).toEqual(made);
  });

  test('has the limits that docs/recovery.md names', () => {
    const limits = STEPS.map((step) => {
      const { limitMs } = LADDER[step];
      return [step, limitMs === null ? '–' : `${limitMs / 1000} s`];
    });
    expect(
      rowsBelow('| step | what the page does | limit |').map(([step, , limit]) => [step, limit]),
    ).toEqual(limits);
  });

  test('leads back to steady from each step, and out of each step that has a limit', () => {
    for (const step of STEPS) {
      expect(reaches(step, 'steady')).toBe(true);
      if (LADDER[step].limitMs !== null) expect(nextStep(step, 'overdue')).not.toBeNull();
    }
  });

  test('never gives up a new peer or a lost socket for a doubt', () => {
    for (const step of ['resume', 'reopen', 'rejoin'] as const)
      expect(nextStep(step, 'suspected')).toBeNull();
  });
});

function reaches(from: Step, to: Step): boolean {
  const seen = new Set<Step>([from]);
  for (const step of seen)
    for (const event of LADDER_EVENTS as readonly LadderEvent[]) {
      const next = nextStep(step, event);
      if (next !== null) seen.add(next);
    }
  return seen.has(to);
}
