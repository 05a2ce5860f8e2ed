// Original file: proto/parley/room/v1/room.proto

import type { Long } from '@grpc/proto-loader';

export interface RoomInput {
  'code'?: (string);
  'title'?: (string);
  /**
   * Milliseconds since the Unix epoch.
   */
  'createdAtMs'?: (number | string | Long);
  /**
   * The number of peers in the live room now.
   */
  'peerCount'?: (number);
  /**
   * The highest number of peers at the same time.
   */
  'peerLimit'?: (number);
}

export interface Room {
  'code': (string);
  'title': (string);
  /**
   * Milliseconds since the Unix epoch.
   */
  'createdAtMs': (number);
  /**
   * The number of peers in the live room now.
   */
  'peerCount': (number);
  /**
   * The highest number of peers at the same time.
   */
  'peerLimit': (number);
}
