// Started by scripts/bench.mjs under a current Node.
import process from 'node:process';
import { measureJoin } from './join.ts';
import { measureMemory } from './memory.ts';
import { toMarkdown, writeSection, type Report } from './report.ts';
import { measureRpc } from './rpc.ts';
import { measureWatching } from './watching.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<Report>>> = {
  join: measureJoin,
  rpc: measureRpc,
  memory: measureMemory,
  watching: measureWatching,
};

const USAGE = `npm run bench -- ${Object.keys(BENCHMARKS).join('|')} [--json] [--write]

  --json   figures as JSON on standard output
  --write  puts the figures into docs/benchmarks.md
`;

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith('--'));
  const flags = args.filter((arg) => arg.startsWith('--'));
  const known =
    names.every((name) => name in BENCHMARKS) && flags.every((flag) => ['--json', '--write'].includes(flag));
  if (names.length === 0 || !known) {
    process.stderr.write(USAGE);
    return 2;
  }
  const reports: Report[] = [];
  for (const name of names) {
    process.stderr.write(`Measuring ${name} …\n`);
    const report = await BENCHMARKS[name]?.();
    if (report) reports.push(report);
  }
  if (flags.includes('--write')) for (const report of reports) writeSection(report);
  const text = flags.includes('--json') ? toJson(reports) : reports.map(toMarkdown).join('\n\n');
  process.stdout.write(`${text}\n`);
  return 0;
}

function toJson(reports: readonly Report[]): string {
  const bodies = reports.map(({ name, machine, figures }) => ({ name, machine, ...figures }));
  return JSON.stringify(bodies.length === 1 ? bodies[0] : bodies, null, 2);
}

process.exitCode = await main(process.argv.slice(2));
