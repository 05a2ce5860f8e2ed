import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MODERN_NODE, ROOT } from '../../scripts/lib/paths.mjs';
import { refuseIfBusy } from '../idle.ts';
import { describeMachine } from '../machine.ts';
import { progress } from '../progress.ts';
import type { Report } from '../report.ts';
import { compare, type ComparedFigure, type PrintedReport } from './comparison.ts';
import { OldCheckout } from './old-checkout.ts';

const run = promisify(execFile);
const OUTPUT_BYTES = 64 * 2 ** 20;

export const DEFAULT_PAIRS = 5;

const EVEN_IF_BUSY = '--even-if-busy';

export type BesideOptions = {
  commit: string;
  names: readonly string[];
  pairs: number;
  evenIfBusy: boolean;
};

/**
 * Measures a commit and this checkout in turns (old, new, old, new, …), so that whatever else the machine does meets
 * both alike. The first old run also builds the UI of the commit. Yields the report of a benchmark when its last pair
 * is measured.
 */
export async function* measureBeside({
  commit,
  names,
  pairs,
  evenIfBusy,
}: BesideOptions): AsyncGenerator<Report> {
  const old = OldCheckout.create(commit);
  try {
    for (const name of names) {
      const [olds, news]: [PrintedReport[], PrintedReport[]] = [[], []];
      const others = await refuseIfBusy(evenIfBusy);
      for (let pair = 1; pair <= pairs; pair += 1) {
        progress(`${name}: pair ${pair} of ${pairs}, ${commit}`);
        olds.push(await measureTwiceAtMost(old.folder, name, evenIfBusy));
        progress(`${name}: pair ${pair} of ${pairs}, this checkout`);
        news.push(await measureTwiceAtMost(ROOT, name, evenIfBusy));
      }
      const report = describe(name, commit, pairs, compare(olds, news), old.differingPackages);
      yield { ...report, machine: { ...report.machine, ...others } };
    }
  } finally {
    old.remove();
  }
}

/** A run that fails is repeated once: one bad minute must not cost the pairs before it. */
async function measureTwiceAtMost(folder: string, name: string, evenIfBusy: boolean): Promise<PrintedReport> {
  try {
    return await measureIn(folder, name, evenIfBusy);
  } catch (error) {
    progress(`${name}: a run failed and is repeated: ${String(error).split('\n', 1)[0]}`);
    return measureIn(folder, name, evenIfBusy);
  }
}

/** Runs the benchmark of that checkout by its own script, as a person would. An old one may not know that a machine can be busy. */
async function measureIn(folder: string, name: string, evenIfBusy: boolean): Promise<PrintedReport> {
  const script = join(folder, 'scripts', 'bench.mjs');
  const knows = readFileSync(join(folder, 'bench', 'main.ts'), 'utf8').includes(EVEN_IF_BUSY);
  const args = [script, name, '--json', ...(evenIfBusy && knows ? [EVEN_IF_BUSY] : [])];
  const { stdout } = await run(MODERN_NODE, args, {
    cwd: folder,
    maxBuffer: OUTPUT_BYTES,
  });
  return JSON.parse(stdout) as PrintedReport;
}

function describe(
  name: string,
  commit: string,
  pairs: number,
  figures: readonly ComparedFigure[],
  differingPackages: readonly string[],
): Report {
  const versions =
    differingPackages.length === 0
      ? `${commit} names the same packages as this checkout.`
      : `${commit} ran with the packages of this checkout. It names others: ${differingPackages.join('; ')}.`;
  return {
    name: `${name}-beside`,
    machine: describeMachine(),
    figures: { commit, pairs, compared: figures, differingPackages },
    tables: [
      {
        title: `${name}: ${commit} and this checkout`,
        columns: ['figure', 'old median', 'old min', 'new median', 'new min', 'new / old'],
        rows: figures.map(({ figure, oldMedian, oldMin, newMedian, newMin, ratio }) => [
          figure,
          oldMedian,
          oldMin,
          newMedian,
          newMin,
          ratio,
        ]),
        notes: [`${pairs} pairs of runs, old and new in turns. The ratio is that of the medians.`, versions],
      },
    ],
  };
}
