// Original file: proto/parley/room/v1/room.proto

import type { Long } from '@grpc/proto-loader';

/**
 * What the people who lead a room decide about it: RoomSettings of the contract (room-settings.ts of @parley/proto), where the
 * meaning of each field is.
 */
export interface RoomSettingsInput {
  'locked'?: (boolean);
  'hasPasscode'?: (boolean);
  'waitingRoom'?: (boolean);
  'guestsAllowed'?: (boolean);
  'mutedOnEntry'?: (boolean);
  /**
   * `everybody` or `hosts`, as the next three.
   */
  'whoMayShareScreen'?: (string);
  'whoMayChat'?: (string);
  'whoMayUnmute'?: (string);
  'whoMayStartVideo'?: (string);
  /**
   * Absent: no limit of its own.
   */
  'capacity'?: (number);
  /**
   * Milliseconds since the Unix epoch.
   */
  'opensAt'?: (number | string | Long);
  'closesAt'?: (number | string | Long);
  /**
   * `call`, `everything` or `nothing`.
   */
  'historyForLatecomers'?: (string);
  /**
   * Absent as false, and for those who may not change it.
   */
  'namesBeforeJoin'?: (boolean);
  '_capacity'?: "capacity";
  '_opensAt'?: "opensAt";
  '_closesAt'?: "closesAt";
  '_namesBeforeJoin'?: "namesBeforeJoin";
}

/**
 * What the people who lead a room decide about it: RoomSettings of the contract (room-settings.ts of @parley/proto), where the
 * meaning of each field is.
 */
export interface RoomSettings {
  'locked': (boolean);
  'hasPasscode': (boolean);
  'waitingRoom': (boolean);
  'guestsAllowed': (boolean);
  'mutedOnEntry': (boolean);
  /**
   * `everybody` or `hosts`, as the next three.
   */
  'whoMayShareScreen': (string);
  'whoMayChat': (string);
  'whoMayUnmute': (string);
  'whoMayStartVideo': (string);
  /**
   * Absent: no limit of its own.
   */
  'capacity'?: (number);
  /**
   * Milliseconds since the Unix epoch.
   */
  'opensAt'?: (number);
  'closesAt'?: (number);
  /**
   * `call`, `everything` or `nothing`.
   */
  'historyForLatecomers': (string);
  /**
   * Absent as false, and for those who may not change it.
   */
  'namesBeforeJoin'?: (boolean);
  '_capacity'?: "capacity";
  '_opensAt'?: "opensAt";
  '_closesAt'?: "closesAt";
  '_namesBeforeJoin'?: "namesBeforeJoin";
}
