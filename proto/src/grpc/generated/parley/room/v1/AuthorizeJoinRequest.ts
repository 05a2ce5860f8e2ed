// Original file: proto/parley/room/v1/room.proto

import type { CallerInput as _parley_room_v1_CallerInput, Caller as _parley_room_v1_Caller } from '../../../parley/room/v1/Caller.ts';

export interface AuthorizeJoinRequestInput {
  'code'?: (string);
  'displayName'?: (string);
  /**
   * 32 hexadecimal digits, in every log line of this join.
   */
  'traceId'?: (string);
  'caller'?: (_parley_room_v1_CallerInput | null);
  /**
   * Empty: none given.
   */
  'passcode'?: (string);
}

export interface AuthorizeJoinRequest {
  'code': (string);
  'displayName': (string);
  /**
   * 32 hexadecimal digits, in every log line of this join.
   */
  'traceId': (string);
  'caller': (_parley_room_v1_Caller | null);
  /**
   * Empty: none given.
   */
  'passcode': (string);
}
