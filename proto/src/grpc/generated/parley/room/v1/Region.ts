// Original file: proto/parley/room/v1/room.proto

import type { ProbeAddressInput as _parley_room_v1_ProbeAddressInput, ProbeAddress as _parley_room_v1_ProbeAddress } from '../../../parley/room/v1/ProbeAddress.ts';

export interface RegionInput {
  'name'?: (string);
  /**
   * Of one media node of the region.
   */
  'probes'?: (_parley_room_v1_ProbeAddressInput)[];
}

export interface Region {
  'name': (string);
  /**
   * Of one media node of the region.
   */
  'probes': (_parley_room_v1_ProbeAddress)[];
}
