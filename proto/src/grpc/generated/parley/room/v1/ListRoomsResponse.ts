// Original file: proto/parley/room/v1/room.proto

import type { RoomInput as _parley_room_v1_RoomInput, Room as _parley_room_v1_Room } from '../../../parley/room/v1/Room.ts';

export interface ListRoomsResponseInput {
  'rooms'?: (_parley_room_v1_RoomInput)[];
  /**
   * Empty where there are no more.
   */
  'next'?: (string);
}

export interface ListRoomsResponse {
  'rooms': (_parley_room_v1_Room)[];
  /**
   * Empty where there are no more.
   */
  'next': (string);
}
