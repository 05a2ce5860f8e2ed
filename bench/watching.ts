import { LISTENERS, LoadedNode, ROOMS, SCRAPE_INTERVAL_MS, type Usage } from './loaded-node.ts';
import { describeMachine } from './machine.ts';
import type { Report } from './report.ts';
import { percentile, round, summarize } from './summary.ts';

/** Rounds with newly started nodes: the memory layout of a process makes one worker faster than another. */
const ROUNDS = 3;
/** Pairs of windows in a round, one with and one without, directly after each other, so that drift affects both alike. */
const PAIRS = 6;
const WINDOW_MS = 10_000;
const AIM_PERCENT = 2;

type Pair = { watched: Usage; unwatched: Usage };

/** Measures the CPU of a busy media node with scraped metrics and a written log, and without both. */
export async function measureWatching(): Promise<Report> {
  const pairs: Pair[] = [];
  for (let round = 0; round < ROUNDS; round += 1) pairs.push(...(await measureRound(round % 2 === 0)));
  return describe(pairs);
}

async function measureRound(watchedFirst: boolean): Promise<Pair[]> {
  const one = await LoadedNode.start(watchedFirst);
  const other = await LoadedNode.start(!watchedFirst).catch(async (error: unknown) => {
    await one.stop();
    throw error;
  });
  try {
    const [watched, unwatched] = watchedFirst ? [one, other] : [other, one];
    // A node is slower in its first window than in all later ones.
    for (const node of [watched, unwatched]) await node.use(WINDOW_MS);
    const pairs: Pair[] = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      if (pair % 2 === 0)
        pairs.push({ watched: await watched.use(WINDOW_MS), unwatched: await unwatched.use(WINDOW_MS) });
      else {
        const without = await unwatched.use(WINDOW_MS);
        pairs.push({ watched: await watched.use(WINDOW_MS), unwatched: without });
      }
    }
    return pairs;
  } finally {
    await one.stop();
    await other.stop();
  }
}

const microsecondsPerPacket = ({ serviceCpu, workerCpu, packets }: Usage) =>
  ((serviceCpu + workerCpu) * WINDOW_MS * 1000) / packets;

function describe(pairs: readonly Pair[]): Report {
  const moreEach = pairs.map(
    ({ watched, unwatched }) => (microsecondsPerPacket(watched) / microsecondsPerPacket(unwatched) - 1) * 100,
  );
  const more = {
    quarter: round(percentile(moreEach, 0.25), 1),
    median: round(summarize(moreEach).median, 1),
    threeQuarters: round(percentile(moreEach, 0.75), 1),
  };
  const line = (name: string, kind: keyof Pair) => {
    const median = (of: (usage: Usage) => number) => summarize(pairs.map((pair) => of(pair[kind]))).median;
    return [
      name,
      round(
        median(({ serviceCpu }) => serviceCpu * 100),
        2,
      ),
      round(
        median(({ workerCpu }) => workerCpu * 100),
        2,
      ),
      round(median(microsecondsPerPacket), 2),
    ];
  };
  return {
    name: 'watching',
    machine: describeMachine(),
    figures: { aimPercent: AIM_PERCENT, morePercent: more, pairs },
    tables: [
      {
        title: 'What watching costs a busy media node',
        columns: ['median', 'service, % of a core', 'worker, % of a core', 'µs a packet'],
        rows: [
          line('without', 'unwatched'),
          line(`metrics scraped every ${SCRAPE_INTERVAL_MS / 1000} s, log at info into files`, 'watched'),
        ],
        notes: [
          `With both, a packet costs ${more.median} % more than without: the median of ${pairs.length} pairs of windows of ${WINDOW_MS / 1000} s straight after each other; half of them lie between ${more.quarter} and ${more.threeQuarters} %. Aim: at most ${AIM_PERCENT} %.`,
          `Two nodes, started anew ${ROUNDS} times. Each has one worker and ${ROOMS} rooms, each with one who speaks (50 packets a second) and ${LISTENERS} who listen over ICE, DTLS and SRTP, and two who come and leave each second. CPU of the service and its worker, on a core of their own.`,
          'Without: no metrics are scraped, no statistics of streams are read (`MEDIA_STATS_INTERVAL_MS=0`), nothing is logged. prom-client measures event loop lag in both.',
        ],
      },
    ],
  };
}
