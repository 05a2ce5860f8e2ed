// Original file: proto/parley/room/v1/room.proto

import type { Long } from '@grpc/proto-loader';

/**
 * A room with people in it now.
 */
export interface LiveRoomInput {
  'code'?: (string);
  'title'?: (string);
  'peerCount'?: (number);
  /**
   * When the call began: the room was empty before. Milliseconds since the Unix epoch.
   */
  'sinceMs'?: (number | string | Long);
  /**
   * The identity of the owner; empty where there is none, or where it is not known now.
   */
  'owner'?: (string);
  /**
   * Those that people of the room have media on now.
   */
  'mediaNodeIds'?: (string)[];
}

/**
 * A room with people in it now.
 */
export interface LiveRoom {
  'code': (string);
  'title': (string);
  'peerCount': (number);
  /**
   * When the call began: the room was empty before. Milliseconds since the Unix epoch.
   */
  'sinceMs': (number);
  /**
   * The identity of the owner; empty where there is none, or where it is not known now.
   */
  'owner': (string);
  /**
   * Those that people of the room have media on now.
   */
  'mediaNodeIds': (string)[];
}
