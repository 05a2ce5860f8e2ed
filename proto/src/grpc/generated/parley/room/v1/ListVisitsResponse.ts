// Original file: proto/parley/room/v1/room.proto

import type { VisitInput as _parley_room_v1_VisitInput, Visit as _parley_room_v1_Visit } from '../../../parley/room/v1/Visit.ts';

export interface ListVisitsResponseInput {
  'visits'?: (_parley_room_v1_VisitInput)[];
  'more'?: (boolean);
}

export interface ListVisitsResponse {
  'visits': (_parley_room_v1_Visit)[];
  'more': (boolean);
}
