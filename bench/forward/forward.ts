import { CASES, SERVERS, type Case, type ServerName } from './cases.ts';
import { describeForwarding, type Measured } from './describe.ts';
import { ForwardingRun } from './run.ts';
import { whyNoJanus } from './servers/janus.ts';
import { progress } from '../progress.ts';
import type { Report } from '../report.ts';
import { summarize } from '../summary.ts';
import { figuresOf, type Window } from './windows.ts';

/** Rounds with newly started servers: the memory layout of a process makes one faster than another. */
const ROUNDS = 3;
/** Windows of each server in a round, in turns. */
const TURNS = 2;
const WINDOW_MS = 5_000;

/** Measures what forwarding a packet costs and how long it takes, in Parley's media node, in bare mediasoup and in Janus. */
export async function measureForward(): Promise<Report> {
  const noJanus = await whyNoJanus();
  const servers = SERVERS.filter((name) => name !== 'janus' || noJanus === undefined);
  const measured: Measured[] = [];
  for (const one of CASES) {
    const { windows, directs } = await measureCase(one, servers);
    const figures = [...windows].map(([name, of]) => [name, figuresOf(of)] as const);
    const directMs = summarize(directs).median;
    measured.push({ case: one, figures: Object.fromEntries(figures), directMs });
  }
  return describeForwarding(measured, { noJanus, windows: ROUNDS * TURNS, windowMs: WINDOW_MS });
}

type Samples = { windows: Map<ServerName, Window[]>; directs: number[] };

async function measureCase(one: Case, servers: readonly ServerName[]): Promise<Samples> {
  const directs: number[] = [];
  const windows = new Map<ServerName, Window[]>(servers.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const runs: ForwardingRun[] = [];
    progress(`forward: ${one.name}, round ${round + 1} of ${ROUNDS}`);
    try {
      // Another one is the first in each round.
      for (const name of rotate(servers, round)) runs.push(await ForwardingRun.start(name, one));
      for (const run of runs) directs.push(await run.direct());
      for (let turn = 0; turn < TURNS; turn += 1) {
        for (const run of runs) windows.get(run.name)?.push(await run.measure(WINDOW_MS));
      }
    } finally {
      for (const run of runs) await run.stop();
    }
  }
  return { windows, directs };
}

function rotate<T>(list: readonly T[], by: number): T[] {
  const first = by % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}
