import type { GrpcHandlers } from '@parley/common/grpc';
import { acceptTraceId } from '@parley/common/logging';
import type { RoomInfo } from '@parley/proto';
import { fromCallerMessage, type RoomService, type room } from '@parley/proto/grpc';
import type { Directory } from './directory.ts';

/** The directory over gRPC, for the gateway. */
export function createRoomService(
  directory: Directory,
): Pick<GrpcHandlers<typeof RoomService>, 'createRoom' | 'getRoom' | 'authorizeJoin'> {
  return {
    createRoom: async ({ title, caller }, { logger }) => {
      const room = await directory.create(title, fromCallerMessage(caller));
      logger.info({ roomCode: room.code }, 'room created');
      return { room: toMessage(room) };
    },

    getRoom: async ({ code }) => ({ room: toMessage(await directory.get(code)) }),

    authorizeJoin: async ({ code, displayName, traceId, caller }, context) => {
      const trace = traceId === '' ? context.traceId : acceptTraceId(traceId);
      const { token, peerId, expiresAt } = await directory.authorizeJoin(code, displayName, {
        caller: fromCallerMessage(caller),
        trace,
      });
      context.logger.info({ roomCode: code, peerId, traceId: trace }, 'join authorised');
      return { token, peerId, expiresAtMs: expiresAt };
    },
  };
}

function toMessage({ code, title, createdAt, peerCount, peerLimit }: RoomInfo): room.RoomInput {
  return { code, title, createdAtMs: createdAt, peerCount, peerLimit };
}
