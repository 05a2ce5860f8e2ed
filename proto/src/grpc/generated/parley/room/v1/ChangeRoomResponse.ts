// Original file: proto/parley/room/v1/room.proto

import type { RoomInput as _parley_room_v1_RoomInput, Room as _parley_room_v1_Room } from '../../../parley/room/v1/Room.ts';

export interface ChangeRoomResponseInput {
  'room'?: (_parley_room_v1_RoomInput | null);
}

export interface ChangeRoomResponse {
  'room': (_parley_room_v1_Room | null);
}
