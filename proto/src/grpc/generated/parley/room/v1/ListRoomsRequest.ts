// Original file: proto/parley/room/v1/room.proto

import type { CallerInput as _parley_room_v1_CallerInput, Caller as _parley_room_v1_Caller } from '../../../parley/room/v1/Caller.ts';

export interface ListRoomsRequestInput {
  'caller'?: (_parley_room_v1_CallerInput | null);
  /**
   * What an earlier page named as its `next`; empty for the first page.
   */
  'before'?: (string);
}

export interface ListRoomsRequest {
  'caller': (_parley_room_v1_Caller | null);
  /**
   * What an earlier page named as its `next`; empty for the first page.
   */
  'before': (string);
}
