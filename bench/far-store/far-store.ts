import { setTimeout as delay } from 'node:timers/promises';
import { ask, type Client } from '../crowd/ask.ts';
import { CrowdSystem, JOIN_REQUEST } from '../crowd/crowd-system.ts';
import { describeMachine } from '../machine.ts';
import type { Report } from '../report.ts';
import { percentile, round } from '../summary.ts';

/** Between places of one country, of one continent, across an ocean. */
const ROUND_TRIPS_MS = [0, 20, 80, 160];
const TIMES = 20;
/** Signaling takes two acts of a kind in a second. */
const PACE_MS = 600;
const [NEAR, FAR] = [0, 1];

type Row = {
  roundTripMs: number;
  join: number[];
  answer: number[];
  seenNear: number[];
  seenFar: number[];
};

/**
 * Measures what it costs that an instance of signaling is far from Redis: a join there, and an act of somebody there or near Redis until the
 * others see it. Two instances, one of them near; no packets.
 */
export async function measureFarStore(): Promise<Report> {
  const rows: Row[] = [];
  for (const roundTripMs of ROUND_TRIPS_MS) rows.push(await measureAt(roundTripMs));
  return describe(rows);
}

async function measureAt(roundTripMs: number): Promise<Row> {
  const system = await CrowdSystem.start({ instances: 2, storeRoundTripsMs: [0, roundTripMs] });
  const clients: Client[] = [];
  const enter = async (code: string, instance: number): Promise<Client> => {
    const client = await system.connect(code, 'participant', instance);
    clients.push(client);
    await ask(client, 'room:join', ONE_BY_ONE);
    return client;
  };
  try {
    const code = await system.createRoom();
    const near = await enter(code, NEAR);
    const far = await enter(code, FAR);
    const acts = { answer: [] as number[], seenNear: [] as number[], seenFar: [] as number[] };
    for (let turn = 0; turn < TIMES; turn += 1) {
      const seenNear = timeUntilUpdated(near);
      acts.answer.push(await timeOf(() => ask(far, 'peer:set-hand', { raised: turn % 2 === 0 })));
      acts.seenNear.push(await seenNear);
      const seenFar = timeUntilUpdated(far);
      await ask(near, 'peer:set-hand', { raised: turn % 2 === 0 });
      acts.seenFar.push(await seenFar);
      await delay(PACE_MS);
    }
    const join: number[] = [];
    for (let turn = 0; turn < TIMES; turn += 1) {
      const client = await system.connect(code, 'participant', FAR);
      clients.push(client);
      join.push(await timeOf(() => ask(client, 'room:join', ONE_BY_ONE)));
    }
    return { roundTripMs, join, ...acts };
  } finally {
    for (const client of clients) client.close();
    await system.stop();
  }
}

/** Each change is notified by itself and at once, so that its way can be timed. */
const { batches: _batches, pages: _pages, ...ONE_BY_ONE } = JOIN_REQUEST;

async function timeOf(task: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await task();
  return performance.now() - startedAt;
}

/** From now until the client is notified of a changed person, in milliseconds. */
async function timeUntilUpdated(client: Client): Promise<number> {
  const startedAt = performance.now();
  await new Promise<void>((resolve) => void client.once('peer:updated', () => resolve()));
  return performance.now() - startedAt;
}

function describe(rows: readonly Row[]): Report {
  const middle = (values: readonly number[]): number => round(percentile(values, 0.5), 1);
  const [none] = rows;
  const trips = ({ roundTripMs, join }: Row): string | number =>
    roundTripMs === 0 ? '' : round((middle(join) - middle(none?.join ?? [])) / roundTripMs, 1);
  return {
    name: 'far-store',
    machine: describeMachine(),
    figures: { times: TIMES, rows },
    tables: [
      {
        title: 'An instance of signaling that is far from Redis',
        columns: [
          'round trip to Redis, ms',
          'join there, median, ms',
          '95th percentile, ms',
          'round trips in a join',
          'a raised hand there: answer, ms',
          'seen near Redis, ms',
          'a raised hand near Redis: seen there, ms',
        ],
        rows: rows.map((row) => [
          row.roundTripMs,
          middle(row.join),
          round(percentile(row.join, 0.95), 1),
          trips(row),
          middle(row.answer),
          middle(row.seenNear),
          middle(row.seenFar),
        ]),
        notes: [
          `${TIMES} of each, one after the other; medians. Two instances of signaling, one of them beside Redis and the other at this distance, by a relay that holds everything back for half a round trip each way. PostgreSQL and the media node are near both, and so are the clients.`,
        ],
      },
    ],
  };
}
