import type { GrpcHandlers } from '@parley/common/grpc';
import { acceptTraceId } from '@parley/common/logging';
import type { RoomService, room } from '@parley/proto/grpc';
import type { Directory, RoomInfo } from './directory.ts';

/** Rooms over gRPC, for the gateway. */
export function createRoomService(rooms: Directory): GrpcHandlers<typeof RoomService> {
  return {
    createRoom: async ({ title }, { logger }) => {
      const room = await rooms.create(title);
      logger.info({ roomCode: room.code }, 'room created');
      return { room: toMessage(room) };
    },

    getRoom: async ({ code }) => ({ room: toMessage(await rooms.get(code)) }),

    authorizeJoin: async ({ code, displayName, traceId }, context) => {
      const trace = traceId === '' ? context.traceId : acceptTraceId(traceId);
      const { token, peerId, expiresAt } = await rooms.authorizeJoin(code, displayName, trace);
      context.logger.info({ roomCode: code, peerId, traceId: trace }, 'join authorised');
      return { token, peerId, expiresAtMs: expiresAt };
    },
  };
}

function toMessage({ code, title, createdAt, peerCount, peerLimit }: RoomInfo): room.RoomInput {
  return { code, title, createdAtMs: createdAt, peerCount, peerLimit };
}
