// Original file: proto/parley/room/v1/room.proto

import type { RoomSettingsInput as _parley_room_v1_RoomSettingsInput, RoomSettings as _parley_room_v1_RoomSettings } from '../../../parley/room/v1/RoomSettings.ts';
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
  'settings'?: (_parley_room_v1_RoomSettingsInput | null);
  /**
   * What the caller is in it: `owner`, `host` or `participant`.
   */
  'role'?: (string);
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
  'settings': (_parley_room_v1_RoomSettings | null);
  /**
   * What the caller is in it: `owner`, `host` or `participant`.
   */
  'role': (string);
}
