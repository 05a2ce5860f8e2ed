import type { IceOffer } from '../peer/ice-offer.ts';
import type { LobbyMedia } from '../room/media/lobby-media.ts';
import type { LobbyPeople } from '../room/people/lobby-people.ts';
import type { Handlers } from './handler-types.ts';

type LobbyVerbs = 'lobby:open' | 'lobby:connect' | 'lobby:watch';

/** What a client does before its join, while nobody in the room can notice. */
export function createLobbyHandlers(
  lobby: LobbyMedia,
  people: LobbyPeople,
  ice: IceOffer,
): Pick<Handlers, LobbyVerbs> {
  return {
    'lobby:open': async (wish, connection) => {
      const { identity, logger } = connection;
      const transports = await lobby.open({ identity, link: connection, logger }, wish);
      return { media: transports && { transports, iceServers: ice.serversFor(identity) } };
    },

    'lobby:connect': async ({ transportId, dtlsParameters }, connection) => {
      await lobby.connect({ identity: connection.identity, link: connection }, transportId, dtlsParameters);
      return {};
    },

    'lobby:watch': (_payload, connection) =>
      people.watch({ identity: connection.identity, link: connection }),
  };
}
