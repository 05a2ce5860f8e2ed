import type { ProtoGrpcType } from './generated/room.ts';
import { loadPackage } from './load-package.ts';

export const roomPackage = loadPackage<ProtoGrpcType>('parley/room/v1/room.proto').parley.room.v1;

/** Client constructor and `service` definition of rooms. */
export const RoomService = roomPackage.RoomService;

export type * as room from './room-types.ts';
export * from './caller-message.ts';
export * from './room-messages.ts';
