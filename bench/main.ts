// Started by scripts/bench.mjs under a current Node.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { DEFAULT_PAIRS, measureBeside } from './beside/beside.ts';
import { measureCrowd } from './crowd/crowd.ts';
import { measureFarStore } from './far-store/far-store.ts';
import { measureFanout } from './fanout/fanout.ts';
import { measureForward } from './forward/forward.ts';
import { BusyError, refuseIfBusy } from './idle.ts';
import { measureJoin, measureNinthJoin } from './join/join.ts';
import { measureMemory } from './memory.ts';
import { progress } from './progress.ts';
import { toMarkdown, writeSection, type Report } from './report.ts';
import { measureBigRoom } from './room/big-room.ts';
import { measureRoom } from './room/room.ts';
import { measureTalk } from './room/talk.ts';
import { measureRpc } from './rpc.ts';
import { measureStart } from './start/start.ts';
import { measureStorm } from './storm/storm.ts';
import { measureWatching } from './watching.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<Report>>> = {
  join: measureJoin,
  'join-nine': measureNinthJoin,
  rpc: measureRpc,
  memory: measureMemory,
  watching: measureWatching,
  crowd: measureCrowd,
  'far-store': measureFarStore,
  forward: measureForward,
  storm: measureStorm,
  fanout: measureFanout,
  start: measureStart,
  room: () => measureRoom(),
  'big-room': () => measureBigRoom(),
  talk: () => measureTalk(),
};

const USAGE = `npm run bench -- ${Object.keys(BENCHMARKS).join('|')} [--json] [--write] [--beside COMMIT [--pairs N]] [--even-if-busy]

  --json            figures as JSON on standard output
  --write           puts the figures into docs/benchmarks.md; not with --beside
  --beside COMMIT   measures that commit and this checkout in turns and compares them; needs git
  --pairs N         how many times each is measured (${DEFAULT_PAIRS})
  --even-if-busy    measures although other programs use the machine, and says so in the report
`;

type Wanted = {
  names: string[];
  json: boolean;
  write: boolean;
  beside?: string;
  pairs: number;
  evenIfBusy: boolean;
};

/** Undefined when the arguments make no sense. */
function parse(args: readonly string[]): Wanted | undefined {
  try {
    const { positionals: names, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        beside: { type: 'string' },
        pairs: { type: 'string', default: String(DEFAULT_PAIRS) },
        'even-if-busy': { type: 'boolean', default: false },
      },
    });
    const pairs = Number(values.pairs);
    const isKnown = names.length > 0 && names.every((name) => name in BENCHMARKS);
    const isPossible = Number.isInteger(pairs) && pairs > 0 && !(values.write && values.beside);
    const evenIfBusy = values['even-if-busy'];
    return isKnown && isPossible ? { ...values, names, pairs, evenIfBusy } : undefined;
  } catch {
    return undefined;
  }
}

async function main(args: readonly string[]): Promise<number> {
  const wanted = parse(args);
  if (wanted === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    await measureAll(wanted);
    return 0;
  } catch (error) {
    if (!(error instanceof BusyError)) throw error;
    progress(error.message);
    return 1;
  }
}

async function measureAll(wanted: Wanted): Promise<void> {
  const { names, beside, pairs, json, write, evenIfBusy } = wanted;
  const measured =
    beside === undefined
      ? measure(names, evenIfBusy)
      : measureBeside({ commit: beside, names, pairs, evenIfBusy });
  const reports: Report[] = [];
  for await (const report of measured) {
    reports.push(report);
    if (write) writeSection(report);
    // A benchmark takes minutes: what is measured is shown even if a later one fails.
    if (!json) process.stdout.write(`${toMarkdown(report)}\n\n`);
  }
  if (json) process.stdout.write(`${toJson(reports)}\n`);
}

async function* measure(names: readonly string[], evenIfBusy: boolean): AsyncGenerator<Report> {
  for (const name of names) {
    const others = await refuseIfBusy(evenIfBusy);
    progress(`Measuring ${name} …`);
    const report = await BENCHMARKS[name]?.();
    if (report) yield { ...report, machine: { ...report.machine, ...others } };
  }
}

function toJson(reports: readonly Report[]): string {
  const bodies = reports.map(({ name, machine, figures }) => ({ name, machine, ...figures }));
  return JSON.stringify(bodies.length === 1 ? bodies[0] : bodies, null, 2);
}

process.exitCode = await main(process.argv.slice(2));
