import { ParleyError } from '@parley/proto/errors';
import type { SignalingMetrics } from '../metrics.ts';
import type { PeerExit } from '../peer/peer-exit.ts';
import type { Lifecycle } from '../room/lifecycle.ts';
import type { Handlers } from './handler-types.ts';

type RoomVerbs =
  | 'room:join'
  | 'room:resume'
  | 'room:leave'
  | 'room:suspend'
  | 'room:move-here'
  | 'room:ping'
  | 'media:reopen';

/** How a peer comes, goes, and opens its media again. */
export function createRoomHandlers(
  lifecycle: Lifecycle,
  exit: PeerExit,
  metrics: SignalingMetrics,
): Pick<Handlers, RoomVerbs> {
  const { admission, resumption, ice, lobby, lobbyPeople, opener, rooms, otherDevices, returns } = lifecycle;
  /** Throws `unavailable` with a time of its own for each client, if too many come back at once. */
  const takeTurn = (verb: keyof typeof returns): void => {
    const retryAfterMs = returns[verb].take();
    if (retryAfterMs > 0) throw new ParleyError('unavailable', undefined, { retryAfterMs });
  };
  return {
    'room:join': async ({ batches = false, pages = false, asksToSend = false, ...wish }, connection) => {
      Object.assign(connection, { batches, pages: batches && pages, asksToSend });
      const { identity, logger } = connection;
      const newcomer = { identity, link: connection, logger };
      lobbyPeople.end(newcomer);
      const { session, reply } = await admission.join(newcomer, wish);
      connection.attach(session);
      lobby.joined(newcomer, session.mediaNodeId);
      logger.info({ mediaNode: session.mediaNodeId }, 'peer joined');
      return reply;
    },

    'room:resume': async ({ batches = false, pages = false, asksToSend = false }, connection) => {
      Object.assign(connection, { batches, pages: batches && pages, asksToSend });
      takeTurn('room:resume');
      const { identity, logger } = connection;
      const { session, reply } = await resumption.resume({ identity, link: connection, logger });
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

    'room:suspend': async (_payload, session) => {
      await lifecycle.suspend(session);
      session.logger.info('page of the peer closed');
      return {};
    },

    'room:move-here': async (_payload, session) => {
      const { moved, microphoneOn } = await otherDevices.end(session);
      session.logger.info({ moved }, 'person moved here');
      return { moved, microphoneOn };
    },

    'room:ping': () => Promise.resolve({}),

    'media:reopen': async ({ rtpCapabilities }, session) => {
      const room = rooms.find(session.code);
      if (room === undefined) throw new ParleyError('closed');
      takeTurn('media:reopen');
      const transports = await opener.reopen(room, session, rtpCapabilities);
      session.logger.info({ mediaNode: session.mediaNodeId }, 'media reopened');
      return { transports, iceServers: ice.serversFor(session) };
    },
  };
}
