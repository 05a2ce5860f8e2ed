// Original file: proto/parley/room/v1/room.proto

import type { Long } from '@grpc/proto-loader';

/**
 * One stay of one person.
 */
export interface AttendanceInput {
  'displayName'?: (string);
  'joinedAtMs'?: (number | string | Long);
  /**
   * Absent while the person is there.
   */
  'leftAtMs'?: (number | string | Long);
  /**
   * Empty for the name of an account that was deleted, and for people from before there were identities.
   */
  'kind'?: (string);
  '_leftAtMs'?: "leftAtMs";
}

/**
 * One stay of one person.
 */
export interface Attendance {
  'displayName': (string);
  'joinedAtMs': (number);
  /**
   * Absent while the person is there.
   */
  'leftAtMs'?: (number);
  /**
   * Empty for the name of an account that was deleted, and for people from before there were identities.
   */
  'kind': (string);
  '_leftAtMs'?: "leftAtMs";
}
