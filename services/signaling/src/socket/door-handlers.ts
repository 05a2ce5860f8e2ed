import type { Doorkeeper } from '../room/leading/doorkeeper.ts';
import type { LobbyPeople } from '../room/people/lobby-people.ts';
import type { WaitingPeople } from '../room/waiting-people.ts';
import type { Handlers } from './handler-types.ts';

type DoorVerbs = 'room:knock' | 'door:admit' | 'door:admit-all' | 'door:deny';

/** Waiting before the room, and being let in. */
export function createDoorHandlers(
  waiting: WaitingPeople,
  doorkeeper: Doorkeeper,
  lobbyPeople: LobbyPeople,
): Pick<Handlers, DoorVerbs> {
  return {
    'room:knock': async (_payload, connection) => {
      const { identity, logger } = connection;
      lobbyPeople.end({ identity, link: connection });
      return { status: await waiting.knock({ identity, link: connection, logger }) };
    },

    'door:admit': async ({ peerIds }, session) => ({ admitted: await doorkeeper.admit(session, peerIds) }),

    'door:admit-all': async (_payload, session) => ({ admitted: await doorkeeper.admit(session, null) }),

    'door:deny': async ({ peerId, block = false }, session) => {
      if (block) await doorkeeper.block(session, peerId);
      else await doorkeeper.deny(session, peerId);
      return {};
    },
  };
}
