// Original file: proto/parley/room/v1/room.proto

import type { CallerInput as _parley_room_v1_CallerInput, Caller as _parley_room_v1_Caller } from '../../../parley/room/v1/Caller.ts';
import type { Long } from '@grpc/proto-loader';

export interface ListVisitsRequestInput {
  'caller'?: (_parley_room_v1_CallerInput | null);
  /**
   * Milliseconds since the Unix epoch: only visits that began before; 0 for the newest.
   */
  'beforeMs'?: (number | string | Long);
}

export interface ListVisitsRequest {
  'caller': (_parley_room_v1_Caller | null);
  /**
   * Milliseconds since the Unix epoch: only visits that began before; 0 for the newest.
   */
  'beforeMs': (number);
}
