// Original file: proto/parley/room/v1/room.proto

import type { CallerInput as _parley_room_v1_CallerInput, Caller as _parley_room_v1_Caller } from '../../../parley/room/v1/Caller.ts';

export interface EndLiveRoomRequestInput {
  'caller'?: (_parley_room_v1_CallerInput | null);
  'code'?: (string);
}

export interface EndLiveRoomRequest {
  'caller': (_parley_room_v1_Caller | null);
  'code': (string);
}
