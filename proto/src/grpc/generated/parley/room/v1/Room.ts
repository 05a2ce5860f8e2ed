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
   * People in the call now.
   */
  'peerCount'?: (number);
  /**
   * People the room takes at once.
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
   * People in the call now.
   */
  'peerCount': (number);
  /**
   * People the room takes at once.
   */
  'peerLimit': (number);
}
