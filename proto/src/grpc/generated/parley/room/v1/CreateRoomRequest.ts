// Original file: proto/parley/room/v1/room.proto

import type { CallerInput as _parley_room_v1_CallerInput, Caller as _parley_room_v1_Caller } from '../../../parley/room/v1/Caller.ts';
import type { RoomSettingsChangeInput as _parley_room_v1_RoomSettingsChangeInput, RoomSettingsChange as _parley_room_v1_RoomSettingsChange } from '../../../parley/room/v1/RoomSettingsChange.ts';

export interface CreateRoomRequestInput {
  'title'?: (string);
  /**
   * Owns the room.
   */
  'caller'?: (_parley_room_v1_CallerInput | null);
  'settings'?: (_parley_room_v1_RoomSettingsChangeInput | null);
}

export interface CreateRoomRequest {
  'title': (string);
  /**
   * Owns the room.
   */
  'caller': (_parley_room_v1_Caller | null);
  'settings': (_parley_room_v1_RoomSettingsChange | null);
}
