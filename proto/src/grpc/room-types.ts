export type * from './generated/parley/room/v1/AuthorizeJoinRequest.ts';
export type * from './generated/parley/room/v1/AuthorizeJoinResponse.ts';
export type * from './generated/parley/room/v1/CreateRoomRequest.ts';
export type * from './generated/parley/room/v1/CreateRoomResponse.ts';
export type * from './generated/parley/room/v1/GetRoomRequest.ts';
export type * from './generated/parley/room/v1/GetRoomResponse.ts';
export type * from './generated/parley/room/v1/Room.ts';
export type * from './generated/parley/room/v1/RoomService.ts';
