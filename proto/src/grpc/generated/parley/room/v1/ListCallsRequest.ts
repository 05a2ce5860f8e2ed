// Original file: proto/parley/room/v1/room.proto

import type { CallerInput as _parley_room_v1_CallerInput, Caller as _parley_room_v1_Caller } from '../../../parley/room/v1/Caller.ts';
import type { Long } from '@grpc/proto-loader';

export interface ListCallsRequestInput {
  'code'?: (string);
  'caller'?: (_parley_room_v1_CallerInput | null);
  /**
   * Milliseconds since the Unix epoch: only calls that started before; 0 for the newest.
   */
  'beforeMs'?: (number | string | Long);
}

export interface ListCallsRequest {
  'code': (string);
  'caller': (_parley_room_v1_Caller | null);
  /**
   * Milliseconds since the Unix epoch: only calls that started before; 0 for the newest.
   */
  'beforeMs': (number);
}
