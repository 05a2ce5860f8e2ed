// Original file: proto/parley/room/v1/room.proto

import type { CallerInput as _parley_room_v1_CallerInput, Caller as _parley_room_v1_Caller } from '../../../parley/room/v1/Caller.ts';

export interface ListLiveRoomsRequestInput {
  'caller'?: (_parley_room_v1_CallerInput | null);
  /**
   * The code of the last room of the page before; empty for the first page.
   */
  'after'?: (string);
}

export interface ListLiveRoomsRequest {
  'caller': (_parley_room_v1_Caller | null);
  /**
   * The code of the last room of the page before; empty for the first page.
   */
  'after': (string);
}
