import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/lib/paths.mjs';
import type { Machine } from './machine.ts';

export type Cell = string | number;
export type Table = {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
  notes: readonly string[];
};

/** The result of one benchmark: figures for programs, and tables for people. */
export type Report = {
  name: string;
  machine: Machine;
  figures: Record<string, unknown>;
  tables: readonly Table[];
};

const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');

const INTRODUCTION = `# Benchmarks

Measured by \`npm run bench -- NAME --write\`, which puts the figures of its run here. They are of the machine that each
section names and of no other; run it on yours before you compare.
`;

export function toMarkdown({ machine, tables }: Report): string {
  return [describe(machine), ...tables.map(tableToMarkdown)].join('\n\n');
}

/** Replaces the section of this benchmark in the document. Other sections stay. */
export function writeSection(report: Report): void {
  const begin = `<!-- ${report.name}: begin -->`;
  const end = `<!-- ${report.name}: end -->`;
  const section = `${begin}\n\n${toMarkdown(report)}\n\n${end}`;
  const before = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : INTRODUCTION;
  const from = before.indexOf(begin);
  const to = before.indexOf(end);
  const after =
    from === -1
      ? `${before.trimEnd()}\n\n${section}\n`
      : before.slice(0, from) + section + before.slice(to + end.length);
  writeFileSync(DOCUMENT, after);
}

function describe(machine: Machine): string {
  const { cores, processor, memoryGib, kernel, node, mediasoup, chromium, date, othersPercent } = machine;
  const parts = [`Node ${node}`, `mediasoup ${mediasoup}`, ...(chromium ? [`Chromium ${chromium}`] : [])];
  return `${date}: ${cores} cores of ${processor}, ${memoryGib} GiB, Linux ${kernel}; ${parts.join(', ')}.${describeOthers(othersPercent)}`;
}

function describeOthers(percent: number | undefined): string {
  if (percent === undefined) return '';
  return ` **The machine was not idle: other programs used ${percent} % of all cores just before the measurement.**`;
}

function tableToMarkdown({ title, columns, rows, notes }: Table): string {
  const line = (cells: readonly Cell[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, index) => (index === 0 ? '---' : '---:'));
  return [
    `### ${title}`,
    '',
    line(columns),
    line(rule),
    ...rows.map(line),
    ...notes.map((note) => `\n${note}`),
  ].join('\n');
}
