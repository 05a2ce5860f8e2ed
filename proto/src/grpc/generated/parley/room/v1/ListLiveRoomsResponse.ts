// Original file: proto/parley/room/v1/room.proto

import type { LiveRoomInput as _parley_room_v1_LiveRoomInput, LiveRoom as _parley_room_v1_LiveRoom } from '../../../parley/room/v1/LiveRoom.ts';

export interface ListLiveRoomsResponseInput {
  /**
   * In the order of their codes.
   */
  'rooms'?: (_parley_room_v1_LiveRoomInput)[];
  'more'?: (boolean);
  /**
   * How many rooms are live in all.
   */
  'total'?: (number);
}

export interface ListLiveRoomsResponse {
  /**
   * In the order of their codes.
   */
  'rooms': (_parley_room_v1_LiveRoom)[];
  'more': (boolean);
  /**
   * How many rooms are live in all.
   */
  'total': (number);
}
