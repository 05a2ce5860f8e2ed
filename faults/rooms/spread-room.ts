import { waitFor } from '@parley/common/testing';
import type { RegionTimes } from '@parley/proto/regions';
import { mustBe } from '../../attack/frame/attack.ts';
import { callRoute } from '../../tests/harness/peer/rest-client.ts';
import type { Talker } from '../../tests/harness/peer/talker.ts';
import { TalkingRoom } from '../../tests/harness/peer/talking-room.ts';
import { censusOf } from '../../tests/harness/records/room-census.ts';
import { FaultyStack, MEDIA_NODES, type MediaNodeName } from '../frame/faulty-stack.ts';
import type { Fault, Ground } from '../frame/fault.ts';
import { secondsUntil } from '../frame/waiting.ts';

/** A room over two media nodes with two workers each, of which each worker of the first one and the whole second one has a third of the people. */
export class SpreadRoom {
  readonly system: FaultyStack;
  #room: TalkingRoom;

  static async start(): Promise<SpreadRoom> {
    const system = await FaultyStack.start(ENV, ['--media', '2', '--region', REGIONS.join(',')]);
    try {
      return new SpreadRoom(system, await gather(system));
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  private constructor(system: FaultyStack, room: TalkingRoom) {
    this.system = system;
    this.#room = room;
  }

  get room(): TalkingRoom {
    return this.#room;
  }

  /** People who lost their worker stay where they went. So all of them leave, and others come and are spread as the first ones were. */
  async gatherAnew(): Promise<void> {
    this.#room.close();
    const ports = MEDIA_NODES.map((name) => this.system.adminPort(name));
    await waitFor(async () => (await censusOf(ports)).peers === 0, {
      timeoutMs: EMPTY_WITHIN_MS,
      what: 'the room to be empty',
    });
    this.#room = await gather(this.system);
  }

  async stop(): Promise<void> {
    this.#room.close();
    await this.system.stop();
  }
}

/** As many voices are open as a room forwards at most, so that none is held back. */
export const PEOPLE = 12;
const THIRDS = 3;
/** One on the second node, and one on each worker of the first if its people come to its workers in turns. */
const MUTED = [1, 3, 8];
const REGIONS = ['east', 'west'] as const;
const NEAR_MS = 10;
const FAR_MS = 110;
const ENV = {
  // A worker is past its share with the streams that its first person will have, so the next one goes to another worker.
  MEDIA_ROOM_SPREAD_PERCENT: '1',
  MEDIA_MAX_CONSUMERS_PER_WORKER: '400',
  RATE_LIMIT_FACTOR: '0',
  ROOM_PEERS_PER_ADDRESS: '100',
};
const BACK_WITHIN_MS = 30_000;
const EMPTY_WITHIN_MS = 60_000;

export const SPREAD: Ground<SpreadRoom> = {
  start: () => SpreadRoom.start(),
  stop: (spread) => spread.stop(),
  afterwards: async ({ room }) => {
    await secondsUntil(() => room.whole, BACK_WITHIN_MS);
    return [
      mustBe('who does not receive whom', room.unheard.join(', ') || 'nobody', 'nobody'),
      mustBe('packets of muted people that came through', room.leaked, 0),
    ];
  },
};

export type SpreadFault = Fault<SpreadRoom>;

export function peopleOfNode({ system, room }: SpreadRoom, node: MediaNodeName): Talker[] {
  return room.talkers.filter(({ mediaPort }) => system.nodeOfPort(mediaPort) === node);
}

async function gather(system: FaultyStack): Promise<TalkingRoom> {
  const { code } = await callRoute(system.edge, 'createRoom', { body: {} });
  return TalkingRoom.gather(
    Array.from({ length: PEOPLE }, (_, index) => ({
      origin: system.edge,
      code,
      name: `Guest ${index + 1}`,
      muted: MUTED.includes(index),
      regionTimes: regionTimesOf(index),
    })),
  );
}

/** Every third person is near the second node, all others near the first. */
function regionTimesOf(index: number): RegionTimes {
  const near = index % THIRDS === THIRDS - 1 ? 'west' : 'east';
  return REGIONS.map((region) => ({ region, rttMs: region === near ? NEAR_MS : FAR_MS }));
}
