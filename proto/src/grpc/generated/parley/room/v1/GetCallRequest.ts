// Original file: proto/parley/room/v1/room.proto

import type { CallerInput as _parley_room_v1_CallerInput, Caller as _parley_room_v1_Caller } from '../../../parley/room/v1/Caller.ts';

export interface GetCallRequestInput {
  'code'?: (string);
  'caller'?: (_parley_room_v1_CallerInput | null);
  'callId'?: (string);
}

export interface GetCallRequest {
  'code': (string);
  'caller': (_parley_room_v1_Caller | null);
  'callId': (string);
}
