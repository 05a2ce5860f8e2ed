import { setTimeout as delay } from 'node:timers/promises';
import { CrowdSystem } from '../crowd/crowd-system.ts';
import { progress } from '../progress.ts';
import type { Report } from '../report.ts';
import { describeRooms, type Measured } from './describe-room.ts';
import { Gathering } from './gathering.ts';
import { LoadProcess } from './load-process.ts';
import { SMALL, WHOLE } from './rates.ts';
import { ROOMS, TALKERS, TILES, VOICES, type RoomCase, type Way } from './room-cases.ts';

const WINDOW_MS = 5_000;
/** In the smallest room the node's own figures are read as well: it reads each stream once in a while, twenty streams a second. */
const READS_PER_SECOND = 20;
const READ_INTERVAL_MS = 6_000;

/** A room in which everybody consumes everything has far more streams than a worker takes by default. */
const OPEN = { MEDIA_MAX_CONSUMERS_PER_WORKER: '1000000', MEDIA_STATS_INTERVAL_MS: '5000' };
/** More voices than people: the node holds none back. */
const EVERY_VOICE = { ...OPEN, AUDIO_VOICES: '100' };

/** Measures what a room costs in which each person looks at nine tiles, beside the same people who all consume every camera. */
export async function measureRoom(cases: readonly RoomCase[] = ROOMS): Promise<Report> {
  const load = new LoadProcess();
  try {
    const chosen = await onSystem(OPEN, (system) =>
      inTurn(cases, (one) => measureCase(system, load, one, one === cases[0])),
    );
    const measured = await onSystem(EVERY_VOICE, (system) =>
      inTurn(chosen, (one) => withEverything(system, load, one)),
    );
    return describeRooms(measured, WINDOW_MS);
  } finally {
    await load.stop();
  }
}

async function onSystem<T>(
  env: Readonly<Record<string, string>>,
  task: (system: CrowdSystem) => Promise<T>,
): Promise<T> {
  const system = await CrowdSystem.start({ counted: false, media: [env] });
  try {
    return await task(system);
  } finally {
    await system.stop();
  }
}

async function inTurn<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await task(item));
  return results;
}

/** A room with its people. */
async function gather(
  system: CrowdSystem,
  load: LoadProcess,
  people: number,
  talkers: number,
): Promise<Gathering> {
  const gathering = await Gathering.begin(system, load);
  progress(`room: ${people} people come`);
  await gathering.invite(
    Array.from({ length: people }, (_, number) => ({
      role: 'participant',
      sends: ['microphone', 'camera'],
      talks: number < talkers,
    })),
  );
  return gathering;
}

async function measureCase(
  system: CrowdSystem,
  load: LoadProcess,
  one: RoomCase,
  isRead: boolean,
): Promise<Measured> {
  const { people, scale } = one;
  const gathering = await gather(system, load, people, TALKERS);
  const playing = { voices: scale, pictures: scale };
  const windows: Measured['windows'] = {};
  const measure = async (way: Way): Promise<void> => {
    progress(`room: ${people} people, ${way}, ${gathering.streams} streams`);
    windows[way] = await gathering.measure(playing, WINDOW_MS);
  };
  await look(gathering, { tiles: TILES, layer: SMALL, voices: VOICES });
  await measure('tiles');
  if (one.ways.includes('everySmall')) {
    await look(gathering, { layer: SMALL, voices: VOICES });
    await measure('everySmall');
  }
  if (one.ways.includes('everyWhole')) {
    await gathering.prefer(WHOLE);
    await measure('everyWhole');
  }
  const forwarded = isRead ? await readForwarded(system, gathering) : undefined;
  await gathering.leave();
  return { ...one, windows, ...(forwarded ? { forwarded } : {}) };
}

/** The same people once more, each of whom receives all that there is, at the rate of the other ways. */
async function withEverything(system: CrowdSystem, load: LoadProcess, one: Measured): Promise<Measured> {
  const { people, scale, ways, windows } = one;
  if (!ways.includes('everything')) return one;
  // Without DTX a microphone sends as much in silence as while somebody talks.
  const gathering = await gather(system, load, people, people);
  await look(gathering, { layer: SMALL, voices: people });
  progress(`room: ${people} people, everything, ${gathering.streams} streams`);
  const everything = await gathering.measure({ voices: scale, pictures: scale }, WINDOW_MS);
  await gathering.leave();
  return { ...one, windows: { ...windows, everything } };
}

async function look(gathering: Gathering, view: Parameters<Gathering['look']>[0]): Promise<void> {
  const refused = await gathering.look(view);
  if (refused.length > 0) throw new Error(`${refused.length} streams were refused: ${refused[0]}`);
}

/** Compares the node's own figures with what arrives. */
async function readForwarded(
  system: CrowdSystem,
  gathering: Gathering,
): Promise<NonNullable<Measured['forwarded']>> {
  progress('room: the figures of the node');
  const streams = gathering.streams + 2 * gathering.people;
  const read = async (): Promise<number> => {
    await delay((streams / READS_PER_SECOND) * 1_000 + READ_INTERVAL_MS);
    const totals = system.media.map((node) =>
      node.total('parley_media_rtp_packets_total', { direction: 'out' }),
    );
    return (await Promise.all(totals)).reduce((sum, total) => sum + total, 0);
  };
  const before = await read();
  const receivers = await gathering.receive({ voices: 1, pictures: 1 }, WINDOW_MS);
  return { node: (await read()) - before, receivers };
}
