// Original file: proto/parley/room/v1/room.proto

import type { Long } from '@grpc/proto-loader';

export interface AuthorizeJoinResponseInput {
  'token'?: (string);
  'peerId'?: (string);
  /**
   * Milliseconds since the Unix epoch. The token is refused from then on.
   */
  'expiresAtMs'?: (number | string | Long);
  /**
   * Whether a host has to admit the peer.
   */
  'waits'?: (boolean);
  /**
   * What the peer will be in the room.
   */
  'role'?: (string);
  /**
   * Whether the same person is in the room with another device.
   */
  'elsewhere'?: (boolean);
}

export interface AuthorizeJoinResponse {
  'token': (string);
  'peerId': (string);
  /**
   * Milliseconds since the Unix epoch. The token is refused from then on.
   */
  'expiresAtMs': (number);
  /**
   * Whether a host has to admit the peer.
   */
  'waits': (boolean);
  /**
   * What the peer will be in the room.
   */
  'role': (string);
  /**
   * Whether the same person is in the room with another device.
   */
  'elsewhere': (boolean);
}
