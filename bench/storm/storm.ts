import { setTimeout as delay } from 'node:timers/promises';
import { CrowdSystem, type LoopDelay } from '../crowd/crowd-system.ts';
import { describeMachine } from '../machine.ts';
import type { Report } from '../report.ts';
import { percentile, summarize, threeOf } from '../summary.ts';
import { arrive, type Arrival } from './arrival.ts';

const PEOPLE = 50;
const WITHIN_MS = 1_000;
const PAIRS = 5;
/** In which those who have left are forgotten. */
const SETTLE_MS = 2_000;
const AIM = { lastMs: 3_000, failures: 0 };

type Run = {
  /** The time from the first begin of a join to the end of the last join that was complete. */
  lastMs: number;
  p50Ms: number;
  p95Ms: number;
  slowestMs: number;
  failures: string[];
  loop: LoopDelay;
};
type Way = 'storm' | 'queue';

const WAYS: Readonly<Record<Way, (system: CrowdSystem, code: string) => Promise<Arrival[]>>> = {
  storm: allWithinASecond,
  queue: oneAfterTheOther,
};

/** Measures fifty joins into one room within a second and, in turns with them, the same joins one after the other. */
export async function measureStorm(): Promise<Report> {
  const system = await CrowdSystem.start();
  try {
    // The first joins of a process are slower than all later ones.
    await measure(system, 'storm');
    const runs: Record<Way, Run[]> = { storm: [], queue: [] };
    for (let pair = 0; pair < PAIRS; pair += 1) {
      for (const way of ['storm', 'queue'] as const) runs[way].push(await measure(system, way));
    }
    return describe(runs);
  } finally {
    await system.stop();
  }
}

async function measure(system: CrowdSystem, way: Way): Promise<Run> {
  const code = await system.createRoom();
  await system.loopDelay();
  const startedAt = performance.now();
  const arrivals = await WAYS[way](system, code);
  const loop = await system.loopDelay();
  for (const { leave } of arrivals) await leave();
  await delay(SETTLE_MS);
  const failures = arrivals.flatMap(({ failure }) => failure ?? []);
  if (failures.length === arrivals.length) throw new Error(`no join succeeded: ${failures[0]}`);
  const took = arrivals.filter(({ failure }) => failure === undefined).map(({ tookMs }) => tookMs);
  return {
    lastMs: Math.max(...arrivals.map(({ atMs }) => atMs)) - startedAt,
    p50Ms: percentile(took, 0.5),
    p95Ms: percentile(took, 0.95),
    slowestMs: percentile(took, 1),
    failures,
    loop,
  };
}

function allWithinASecond(system: CrowdSystem, code: string): Promise<Arrival[]> {
  const people = Array.from({ length: PEOPLE }, async (_, number) => {
    await delay((number * WITHIN_MS) / PEOPLE);
    return arrive(system, code);
  });
  return Promise.all(people);
}

async function oneAfterTheOther(system: CrowdSystem, code: string): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  for (let number = 0; number < PEOPLE; number += 1) arrivals.push(await arrive(system, code));
  return arrivals;
}

function describe(runs: Record<Way, readonly Run[]>): Report {
  const summary = (way: Way, read: (run: Run) => number) => summarize(runs[way].map(read));
  const line = (what: string, read: (run: Run) => number) => [
    what,
    threeOf(summary('storm', read)),
    threeOf(summary('queue', read)),
  ];
  const failures = [...runs.storm, ...runs.queue].flatMap((run) => run.failures);
  const failed = (way: Way) => runs[way].reduce((sum, run) => sum + run.failures.length, 0);
  return {
    name: 'storm',
    machine: describeMachine(),
    figures: {
      aim: AIM,
      lastMs: { storm: summary('storm', lastOf), queue: summary('queue', lastOf) },
      joinP50Ms: { storm: summary('storm', p50Of), queue: summary('queue', p50Of) },
      loopMaxMs: { storm: summary('storm', loopOf), queue: summary('queue', loopOf) },
      failed: { storm: failed('storm'), queue: failed('queue') },
      failures,
    },
    tables: [
      {
        title: `${PEOPLE} joins into one room`,
        columns: ['min / median / max, ms', 'begun within one second', 'one after the other'],
        rows: [
          line('last one complete, after the first began', lastOf),
          line('one join, median', p50Of),
          line('one join, 95th percentile', (run) => run.p95Ms),
          line('slowest join', (run) => run.slowestMs),
          line("delay of signaling's event loop, 99th percentile", (run) => run.loop.p99Ms),
          line('its longest', loopOf),
          ['joins that failed, of all', ...(['storm', 'queue'] as const).map(failed)],
        ],
        notes: [
          `${PAIRS} runs of each, in turns, after one to warm up; each in a new room. A join is a new socket, \`room:join\` and \`transport:connect\` of both transports, all real; packets are not sent. One instance of signaling, one media node with two workers, Redis, PostgreSQL and all clients on the same machine. The event loop is looked at every 10 ms, which are in its delay.`,
          `Aim: the last one is complete ${AIM.lastMs / 1_000} s after the first began, and none fails.${failures.length > 0 ? ` Failures: ${[...new Set(failures)].join('; ')}.` : ''}`,
        ],
      },
    ],
  };
}

const lastOf = ({ lastMs }: Run): number => lastMs;
const p50Of = ({ p50Ms }: Run): number => p50Ms;
const loopOf = ({ loop }: Run): number => loop.maxMs;
