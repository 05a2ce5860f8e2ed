// Original file: proto/parley/room/v1/room.proto

import type { BanInput as _parley_room_v1_BanInput, Ban as _parley_room_v1_Ban } from '../../../parley/room/v1/Ban.ts';

export interface ListBansResponseInput {
  'bans'?: (_parley_room_v1_BanInput)[];
}

export interface ListBansResponse {
  'bans': (_parley_room_v1_Ban)[];
}
