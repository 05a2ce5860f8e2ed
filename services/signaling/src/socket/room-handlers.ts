import type { Admission } from '../room/admission.ts';
import type { PeerExit } from '../room/peer-exit.ts';
import type { LocalRooms } from '../room/local-rooms.ts';
import type { MediaOpener } from '../room/media-opener.ts';
import type { Handlers } from './handler-types.ts';

type RoomHandlersOptions = {
  admission: Admission;
  departures: PeerExit;
  opener: MediaOpener;
  localRooms: LocalRooms;
};

type RoomVerbs = 'room:join' | 'room:resume' | 'room:leave' | 'media:reopen';

/** Coming, going, and coming back. */
export function createRoomHandlers(options: RoomHandlersOptions): Pick<Handlers, RoomVerbs> {
  const { admission, departures, opener, localRooms } = options;
  return {
    'room:join': async ({ rtpCapabilities }, connection) => {
      const { identity, logger } = connection;
      const { session, reply } = await admission.join(
        { identity, outlet: connection, logger },
        rtpCapabilities,
      );
      connection.attach(session);
      logger.info({ mediaNode: session.mediaNodeId }, 'peer joined');
      return reply;
    },

    'room:resume': async (_payload, connection) => {
      const { identity, logger } = connection;
      const { session, reply } = await admission.resume({ identity, outlet: connection, logger });
      connection.attach(session);
      logger.info({ mediaKept: reply.mediaKept }, 'peer resumed');
      return reply;
    },

    'room:leave': async (_payload, session) => {
      session.leaving();
      await departures.leave(session.ref, 'left');
      return {};
    },

    'media:reopen': async ({ rtpCapabilities }, session) => {
      const transports = await opener.reopen(localRooms.open(session.code), session, rtpCapabilities);
      session.logger.info({ mediaNode: session.mediaNodeId }, 'media reopened');
      return { transports, iceServers: admission.iceServers(session.peerId) };
    },
  };
}
