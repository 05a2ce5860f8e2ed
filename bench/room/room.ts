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

/** Measures what a room costs in which each person looks at nine tiles, beside the same people who all consume every camera. */
export async function measureRoom(cases: readonly RoomCase[] = ROOMS): Promise<Report> {
  const load = new LoadProcess();
  let system: CrowdSystem | undefined;
  try {
    system = await CrowdSystem.start({ counted: false, media: [OPEN] });
    const measured: Measured[] = [];
    for (const one of cases) measured.push(await measureCase(system, load, one, one === cases[0]));
    return describeRooms(measured, WINDOW_MS);
  } finally {
    await load.stop();
    await system?.stop();
  }
}

async function measureCase(
  system: CrowdSystem,
  load: LoadProcess,
  one: RoomCase,
  isRead: boolean,
): Promise<Measured> {
  const { people, scale } = one;
  const gathering = await Gathering.begin(system, load);
  const playing = { voices: scale, pictures: scale };
  const windows: Measured['windows'] = {};
  const measure = async (way: Way): Promise<void> => {
    progress(`room: ${people} people, ${way}, ${gathering.streams} streams`);
    windows[way] = await gathering.measure(playing, WINDOW_MS);
  };
  progress(`room: ${people} people come`);
  await gathering.invite(
    Array.from({ length: people }, (_, number) => ({
      role: 'participant',
      sends: ['microphone', 'camera'],
      talks: number < TALKERS,
    })),
  );
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
