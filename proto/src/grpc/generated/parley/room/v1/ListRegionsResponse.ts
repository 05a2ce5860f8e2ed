// Original file: proto/parley/room/v1/room.proto

import type { RegionInput as _parley_room_v1_RegionInput, Region as _parley_room_v1_Region } from '../../../parley/room/v1/Region.ts';

export interface ListRegionsResponseInput {
  'regions'?: (_parley_room_v1_RegionInput)[];
}

export interface ListRegionsResponse {
  'regions': (_parley_room_v1_Region)[];
}
