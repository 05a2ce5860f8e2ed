// Original file: proto/parley/room/v1/room.proto

import type { CallerInput as _parley_room_v1_CallerInput, Caller as _parley_room_v1_Caller } from '../../../parley/room/v1/Caller.ts';
import type { RoomSettingsChangeInput as _parley_room_v1_RoomSettingsChangeInput, RoomSettingsChange as _parley_room_v1_RoomSettingsChange } from '../../../parley/room/v1/RoomSettingsChange.ts';

export interface ChangeRoomRequestInput {
  'code'?: (string);
  'caller'?: (_parley_room_v1_CallerInput | null);
  'title'?: (string);
  'settings'?: (_parley_room_v1_RoomSettingsChangeInput | null);
  '_title'?: "title";
}

export interface ChangeRoomRequest {
  'code': (string);
  'caller': (_parley_room_v1_Caller | null);
  'title'?: (string);
  'settings': (_parley_room_v1_RoomSettingsChange | null);
  '_title'?: "title";
}
