import { CrowdSystem } from '../crowd/crowd-system.ts';
import { progress } from '../progress.ts';
import type { Report } from '../report.ts';
import { describeBigRoom, type BigRoom, type Refused } from './describe-big-room.ts';
import { Gathering } from './gathering.ts';
import { LoadProcess } from './load-process.ts';
import { SMALL } from './rates.ts';
import { regionTimesOf, TWO_NODES } from './regions.ts';
import { TALKERS, TILES, VOICES } from './room-cases.ts';

const BIG_ROOM: BigRoom = { people: 200, cameras: 60, scale: 1 / 4, streamsOfWorker: 4_000 };
const WINDOW_MS = 10_000;
const VIEW = { tiles: TILES, layer: SMALL, voices: VOICES };
/** People who are neighbours in the order of coming are near different nodes. Pairs of them have a camera, or have none. */
const PAIR = 2;

/** Measures a room of 200 people over two media nodes with two workers each, and shows that one worker refuses it. */
export async function measureBigRoom(room: BigRoom = BIG_ROOM): Promise<Report> {
  const refused = await inSystem([{ MEDIA_WORKERS: '1', ...limitOf(room) }], (system, load) =>
    fillOneWorker(system, load, room),
  );
  return inSystem(
    TWO_NODES.map((node) => ({ ...node, ...limitOf(room) })),
    async (system, load) => {
      const gathering = await gather(system, load, room);
      const refusals = await gathering.look(VIEW);
      progress(`big-room: ${gathering.streams} streams over two nodes`);
      const playing = { voices: room.scale, pictures: room.scale };
      const window = await gathering.measure(playing, WINDOW_MS);
      const peers = await Promise.all(system.media.map((node) => node.total('parley_media_peers')));
      const streams = gathering.streams;
      return describeBigRoom(room, { window, refusals: refusals.length, peers, streams, refused }, WINDOW_MS);
    },
  );
}

async function inSystem<T>(
  media: readonly Readonly<Record<string, string>>[],
  measure: (system: CrowdSystem, load: LoadProcess) => Promise<T>,
): Promise<T> {
  const load = new LoadProcess();
  let system: CrowdSystem | undefined;
  try {
    system = await CrowdSystem.start({ counted: false, media });
    return await measure(system, load);
  } finally {
    await load.stop();
    await system?.stop();
  }
}

function limitOf({ streamsOfWorker }: BigRoom): Record<string, string> {
  return { MEDIA_MAX_CONSUMERS_PER_WORKER: String(streamsOfWorker) };
}

async function gather(
  system: CrowdSystem,
  load: LoadProcess,
  { people, cameras }: BigRoom,
): Promise<Gathering> {
  progress(`big-room: ${people} people come`);
  const gathering = await Gathering.begin(system, load);
  const pairs = people / PAIR;
  const isSender = (number: number): boolean => {
    const pair = Math.floor(number / PAIR);
    // Evenly among all who come, so that each worker gets its share.
    return Math.floor(((pair + 1) * cameras) / people) > Math.floor((pair * cameras) / people);
  };
  let talkers = 0;
  await gathering.invite(
    Array.from({ length: pairs * PAIR }, (_, number) => {
      const sends = isSender(number);
      return {
        role: 'participant',
        sends: sends ? (['microphone', 'camera'] as const) : [],
        talks: sends && (talkers += 1) <= TALKERS,
        regionTimes: regionTimesOf(number),
      };
    }),
  );
  return gathering;
}

/** Nothing is sent: whether a stream is refused does not depend on it. */
async function fillOneWorker(system: CrowdSystem, load: LoadProcess, room: BigRoom): Promise<Refused> {
  progress('big-room: the same room on one worker');
  const gathering = await gather(system, load, room);
  const refusals = await gathering.look(VIEW);
  const [node] = system.media;
  if (node === undefined) throw new Error('there is no media node');
  return {
    streams: gathering.streams,
    pictures: refusals.filter((code) => code === 'at_capacity').length,
    others: refusals.filter((code) => code !== 'at_capacity'),
    givenUp: await node.total('parley_media_pictures_given_up_total'),
  };
}
