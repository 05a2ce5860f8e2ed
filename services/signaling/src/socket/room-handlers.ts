import { ParleyError } from '@parley/proto';
import type { SignalingMetrics } from '../metrics.ts';
import type { PeerExit } from '../peer/peer-exit.ts';
import type { Lifecycle } from '../room/lifecycle.ts';
import type { Handlers } from './handler-types.ts';

type RoomVerbs = 'room:join' | 'room:resume' | 'room:leave' | 'room:ping' | 'media:reopen';

/** How a peer comes, goes, and opens its media again. */
export function createRoomHandlers(
  { admission, ice, opener, rooms }: Lifecycle,
  exit: PeerExit,
  metrics: SignalingMetrics,
): Pick<Handlers, RoomVerbs> {
  return {
    'room:join': async ({ rtpCapabilities }, connection) => {
      const { identity, logger } = connection;
      const newcomer = { identity, link: connection, logger };
      const { session, reply } = await admission.join(newcomer, rtpCapabilities);
      connection.attach(session);
      logger.info({ mediaNode: session.mediaNodeId }, 'peer joined');
      return reply;
    },

    'room:resume': async (_payload, connection) => {
      const { identity, logger } = connection;
      const { session, reply } = await admission.resume({ identity, link: connection, logger });
      connection.attach(session);
      metrics.resumedFrom(identity.address);
      logger.info({ mediaKept: reply.mediaKept }, 'peer resumed');
      return reply;
    },

    'room:leave': async (_payload, session) => {
      session.startLeaving();
      await exit.leave(session.ref, 'left');
      return {};
    },

    'room:ping': () => Promise.resolve({}),

    'media:reopen': async ({ rtpCapabilities }, session) => {
      const room = rooms.find(session.code);
      if (room === undefined) throw new ParleyError('closed');
      const transports = await opener.reopen(room, session, rtpCapabilities);
      session.logger.info({ mediaNode: session.mediaNodeId }, 'media reopened');
      return { transports, iceServers: ice.serversFor(session) };
    },
  };
}
