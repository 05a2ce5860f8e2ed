import type { Fault, Ground } from './fault.ts';
import { FaultyStack, MEDIA_NODES, type MediaNodeName } from './faulty-stack.ts';
import { Quartet } from './quartet.ts';
import { SMALL_FILM } from '../../tests/harness/browser/film-camera.ts';
import { WatchedPeople } from './watched-people.ts';

/** Four people in real browsers in a call over the whole stack, and a quartet without browsers in another room. */
export type FaultyCall = {
  readonly system: FaultyStack;
  readonly people: WatchedPeople;
  readonly others: Quartet;
};

const PEOPLE = 4;
/** The limit is so low that F16 reaches it: two nodes with two workers take forty people. */
export const PEERS_PER_WORKER = 10;
const ENV = {
  MEDIA_MAX_PEERS_PER_WORKER: String(PEERS_PER_WORKER),
  RATE_LIMIT_FACTOR: '0',
  ROOMS_PER_ADDRESS: '1000',
  JOINS_PER_ADDRESS: '10000',
};

export const CALL: Ground<FaultyCall> = {
  start: async () => {
    const system = await FaultyStack.start(ENV);
    try {
      const people = await WatchedPeople.join(system.edge, PEOPLE, SMALL_FILM);
      return { system, people, others: await Quartet.join(system.edge) };
    } catch (error) {
      await system.stop();
      throw error;
    }
  },
  stop: async ({ system, people, others }) => {
    others.close();
    await people.close();
    await system.stop();
  },
  afterwards: ({ people }) => people.afterwards(),
};

export type CallFault = Fault<FaultyCall>;

/** How many people of the call the media nodes have. */
export async function peopleOnNodes({ system, others }: FaultyCall): Promise<number> {
  return (await system.sum(MEDIA_NODES, 'parley_media_peers')) - others.peers.length;
}

/** The media node that carries the call. */
export async function homeOf({ system, others }: FaultyCall): Promise<MediaNodeName> {
  for (const name of MEDIA_NODES) {
    const peers = await system.sum([name], 'parley_media_peers');
    const strangers = system.nodeOfPort(others.mediaPort) === name ? others.peers.length : 0;
    if (peers > strangers) return name;
  }
  throw new Error('no media node has the call');
}
