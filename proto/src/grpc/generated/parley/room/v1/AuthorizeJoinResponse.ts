// Original file: proto/parley/room/v1/room.proto

import type { Long } from '@grpc/proto-loader';

export interface AuthorizeJoinResponseInput {
  'token'?: (string);
  'peerId'?: (string);
  /**
   * Milliseconds since the Unix epoch. The token is refused from then on.
   */
  'expiresAtMs'?: (number | string | Long);
}

export interface AuthorizeJoinResponse {
  'token': (string);
  'peerId': (string);
  /**
   * Milliseconds since the Unix epoch. The token is refused from then on.
   */
  'expiresAtMs': (number);
}
