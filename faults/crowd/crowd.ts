import { waitFor } from '@parley/common/testing';
import { mustBe, type Finding } from '../../attack/frame/attack.ts';
import { RawPeer } from '../../tests/harness/peer/raw-peer.ts';
import { callRoute } from '../../tests/harness/peer/rest-client.ts';
import type { Fault, Ground } from '../frame/fault.ts';
import { FaultyStack } from '../frame/faulty-stack.ts';
import { LastingPeer } from '../../tests/harness/peer/lasting-peer.ts';
import { Quartet } from '../frame/quartet.ts';

/** All clients have the address of this machine, and most of them never send media. */
const ROOM_FOR_MANY = {
  RATE_LIMIT_FACTOR: '0',
  ROOM_PEERS_PER_ADDRESS: '1000',
  ROOMS_PER_ADDRESS: '1000',
  JOINS_PER_ADDRESS: '100000',
  CONNECTIONS_PER_ADDRESS: '4000',
  HALF_OPEN_PER_ADDRESS: '1000',
  HANDSHAKES_PER_ADDRESS: '1000',
  ROOM_EVENTS_PER_SECOND: '1000',
  ROOM_CHAT_BYTES_PER_MINUTE: '100000000',
  MEDIA_CONNECT_TIMEOUT_MS: '3600000',
  MEDIA_UNUSED_ROOM_TIMEOUT_MS: '3600000',
};

/** Many clients without a browser, over the whole stack. The quartet is in a room of its own, with sound. */
export class Crowd {
  readonly system: FaultyStack;
  readonly quartet: Quartet;

  static async start(): Promise<Crowd> {
    const system = await FaultyStack.start(ROOM_FOR_MANY);
    try {
      return new Crowd(system, await Quartet.join(system.edge));
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  private constructor(system: FaultyStack, quartet: Quartet) {
    this.system = system;
    this.quartet = quartet;
  }

  async stop(): Promise<void> {
    this.quartet.close();
    await this.system.stop();
  }

  async room(): Promise<string> {
    const { code } = await callRoute(this.system.edge, 'createRoom', { body: {} });
    return code;
  }

  /** People with a token and a socket, who are not in the room yet. */
  socketsFor(code: string, count: number): Promise<RawPeer[]> {
    const names = Array.from({ length: count }, (_, index) => `Guest ${index + 1}`);
    return Promise.all(names.map((name) => RawPeer.connect(this.system.edge, code, name)));
  }

  /** Resolves when each of the new people in a new room knows all others. */
  async fillRoom(count: number): Promise<LastingPeer[]> {
    const code = await this.room();
    const people: LastingPeer[] = [];
    while (people.length < count)
      people.push(await LastingPeer.join(this.system.edge, code, `Guest ${people.length + 1}`));
    await waitFor(() => knowEachOther(people), { what: `${count} people to know each other` });
    return people;
  }
}

/** All leave, in order. */
export async function dismiss(people: readonly LastingPeer[]): Promise<void> {
  await Promise.all(people.map((one) => one.leave().catch(() => one.close())));
}

/** Whether each of the people of one room knows all others, and nobody else. */
export function knowEachOther(people: readonly LastingPeer[]): boolean {
  const ids = people.map(({ peerId }) => peerId);
  return people.every(
    ({ peerId, roster }) =>
      roster.size === ids.length - 1 && ids.every((id) => id === peerId || roster.has(id)),
  );
}

/** Nobody lost their place, and nobody was shown that anybody left. */
export function nobodyEvicted(people: readonly LastingPeer[]): Finding[] {
  const ends = people.flatMap(({ end }) => end ?? []);
  return [
    mustBe('people that cannot come back', ends.join(', ') || 'nobody', 'nobody'),
    mustBe('departures that were shown', people.flatMap(({ departures }) => departures).length, 0),
  ];
}

export const CROWD: Ground<Crowd> = {
  start: () => Crowd.start(),
  stop: (crowd) => crowd.stop(),
  afterwards: async ({ quartet }) => quartet.afterwards(),
};

export type CrowdFault = Fault<Crowd>;
