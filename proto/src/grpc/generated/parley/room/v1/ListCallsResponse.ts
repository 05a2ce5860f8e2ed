// Original file: proto/parley/room/v1/room.proto

import type { PastCallInput as _parley_room_v1_PastCallInput, PastCall as _parley_room_v1_PastCall } from '../../../parley/room/v1/PastCall.ts';

export interface ListCallsResponseInput {
  'calls'?: (_parley_room_v1_PastCallInput)[];
  'more'?: (boolean);
}

export interface ListCallsResponse {
  'calls': (_parley_room_v1_PastCall)[];
  'more': (boolean);
}
