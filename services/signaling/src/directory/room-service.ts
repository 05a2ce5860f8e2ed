import type { GrpcHandlers } from '@parley/common/grpc';
import { acceptTraceId } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { Region } from '@parley/proto/regions';
import type { RoomSettingsChange } from '@parley/proto/room';
import {
  fromCallerMessage,
  fromSettingsChangeMessage,
  type RoomService,
  type room,
} from '@parley/proto/room-rpc';
import { ZodError } from 'zod';
import type { Directory } from './directory.ts';
import type { Erasure } from './erasure.ts';
import type { Goodbyes } from './goodbyes.ts';
import type { History } from './history.ts';
import type { LiveRooms } from './live-rooms.ts';
import {
  banMessage,
  callMessage,
  detailsMessage,
  liveRoomMessage,
  roomMessage,
  visitMessage,
} from './room-messages.ts';
import type { RoomRemoval } from './room-removal.ts';

export type RoomServiceParts = {
  directory: Directory;
  removal: RoomRemoval;
  history: History;
  erasure: Erasure;
  liveRooms: LiveRooms;
  goodbyes: Goodbyes;
  /** The media nodes, as far as it concerns where they are. */
  nodes: { readonly regions: readonly Region[] };
};
type Parts = RoomServiceParts;
/** Without the files of the chat, which are a part of their own. */
type Service = Omit<
  GrpcHandlers<typeof RoomService>,
  'beginUpload' | 'finishUpload' | 'getFile' | 'listDeadFiles' | 'forgetFiles'
>;

/** The rooms over gRPC, for the gateway. */
export function createRoomService(parts: Parts): Service {
  return {
    ...roomHandlers(parts),
    ...banHandlers(parts),
    ...historyHandlers(parts),
    ...operatorHandlers(parts),
    ...goodbyeHandlers(parts),
    listRegions: () => ({ regions: [...parts.nodes.regions] }),
  };
}

function roomHandlers({
  directory,
  removal,
}: Parts): Pick<
  Service,
  'createRoom' | 'getRoom' | 'listRooms' | 'changeRoom' | 'deleteRoom' | 'authorizeJoin'
> {
  return {
    createRoom: async ({ title, caller, settings }, { logger }) => {
      const wish = { title, settings: readSettings(settings) };
      const room = await directory.create(wish, readCaller(caller));
      logger.info({ roomCode: room.code }, 'room created');
      return { room: roomMessage(room) };
    },

    getRoom: async ({ code, caller }) => ({
      room: roomMessage(await directory.get(code, readCaller(caller))),
    }),

    listRooms: async ({ caller, before }) => {
      const { rooms, next } = await directory.list(readCaller(caller), before === '' ? null : before);
      return { rooms: rooms.map(roomMessage), next: next ?? '' };
    },

    changeRoom: async ({ code, caller, title, settings }, { logger }) => {
      const wish = { title, settings: readSettings(settings) };
      const room = await directory.change(code, wish, readCaller(caller));
      logger.info({ roomCode: room.code }, 'room changed');
      return { room: roomMessage(room) };
    },

    deleteRoom: async ({ code, caller }) => {
      await removal.remove(await directory.assertOwns(code, readCaller(caller)));
      return {};
    },

    authorizeJoin: async ({ code, displayName, traceId, caller, passcode }, context) => {
      const trace = traceId === '' ? context.traceId : acceptTraceId(traceId);
      const wish = { displayName, passcode: passcode === '' ? null : passcode, trace };
      const { token, peerId, expiresAt, waits, role, elsewhere } = await directory.authorizeJoin(
        code,
        wish,
        readCaller(caller),
      );
      context.logger.info({ roomCode: code, peerId, traceId: trace, role, waits }, 'join authorised');
      return { token, peerId, expiresAtMs: expiresAt, waits, role, elsewhere };
    },
  };
}

function banHandlers({ directory }: Parts): Pick<Service, 'listBans' | 'unban'> {
  return {
    listBans: async ({ code, caller }) => ({
      bans: (await directory.listBans(code, readCaller(caller))).map(banMessage),
    }),

    unban: async ({ code, caller, banId }) => {
      await directory.liftBan(code, banId, readCaller(caller));
      return {};
    },
  };
}

function historyHandlers({
  history,
  erasure,
}: Parts): Pick<Service, 'listCalls' | 'getCall' | 'listVisits' | 'eraseIdentity'> {
  return {
    listCalls: async ({ code, caller, beforeMs }) => {
      const { calls, more } = await history.listCalls(code, beforeMs || null, readCaller(caller));
      return { calls: calls.map(callMessage), more };
    },

    getCall: async ({ code, caller, callId }) =>
      detailsMessage(await history.getCall(code, callId, readCaller(caller))),

    listVisits: async ({ caller, beforeMs }) => {
      const { visits, more } = await history.listVisits(beforeMs || null, readCaller(caller));
      return { visits: visits.map(visitMessage), more };
    },

    eraseIdentity: ({ identity, successor }) => erasure.erase(identity, successor),
  };
}

function operatorHandlers({ liveRooms }: Parts): Pick<Service, 'listLiveRooms' | 'endLiveRoom'> {
  return {
    listLiveRooms: async ({ caller, after }) => {
      const { rooms, ...rest } = await liveRooms.list(after, readCaller(caller));
      return { rooms: rooms.map(liveRoomMessage), ...rest };
    },

    endLiveRoom: async ({ caller, code }) => {
      await liveRooms.end(code, readCaller(caller));
      return {};
    },
  };
}

function goodbyeHandlers({ goodbyes }: Parts): Pick<Service, 'sayGoodbye'> {
  return {
    sayGoodbye: async ({ code, resumeSecret, verb }) => {
      await goodbyes.take(code, resumeSecret, verb);
      return {};
    },
  };
}

const readCaller = (message: room.Caller | null) => readable(() => fromCallerMessage(message));

function readSettings(message: room.RoomSettingsChange | null): RoomSettingsChange {
  return readable(() => fromSettingsChangeMessage(message));
}

/** Throws `invalid_request` for what the contract does not allow. */
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ZodError) throw new ParleyError('invalid_request', undefined, { cause: error });
    throw error;
  }
}
