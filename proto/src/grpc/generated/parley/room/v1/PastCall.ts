// Original file: proto/parley/room/v1/room.proto

import type { Long } from '@grpc/proto-loader';

/**
 * One call of a room: from the first person who came to the last who left.
 */
export interface PastCallInput {
  'callId'?: (string);
  /**
   * Milliseconds since the Unix epoch.
   */
  'startedAtMs'?: (number | string | Long);
  /**
   * Absent while the call runs.
   */
  'endedAtMs'?: (number | string | Long);
  /**
   * Entries of the attendance; somebody who came twice counts twice.
   */
  'entries'?: (number);
  '_endedAtMs'?: "endedAtMs";
}

/**
 * One call of a room: from the first person who came to the last who left.
 */
export interface PastCall {
  'callId': (string);
  /**
   * Milliseconds since the Unix epoch.
   */
  'startedAtMs': (number);
  /**
   * Absent while the call runs.
   */
  'endedAtMs'?: (number);
  /**
   * Entries of the attendance; somebody who came twice counts twice.
   */
  'entries': (number);
  '_endedAtMs'?: "endedAtMs";
}
