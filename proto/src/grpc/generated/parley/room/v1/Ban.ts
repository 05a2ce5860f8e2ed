// Original file: proto/parley/room/v1/room.proto

import type { Long } from '@grpc/proto-loader';

export interface BanInput {
  'banId'?: (string);
  /**
   * The name that the person had in the room.
   */
  'displayName'?: (string);
  'bannedBy'?: (string);
  /**
   * Milliseconds since the Unix epoch.
   */
  'bannedAtMs'?: (number | string | Long);
  /**
   * Absent: until somebody lifts it.
   */
  'endsAtMs'?: (number | string | Long);
  'isGuest'?: (boolean);
  '_endsAtMs'?: "endsAtMs";
}

export interface Ban {
  'banId': (string);
  /**
   * The name that the person had in the room.
   */
  'displayName': (string);
  'bannedBy': (string);
  /**
   * Milliseconds since the Unix epoch.
   */
  'bannedAtMs': (number);
  /**
   * Absent: until somebody lifts it.
   */
  'endsAtMs'?: (number);
  'isGuest': (boolean);
  '_endsAtMs'?: "endsAtMs";
}
