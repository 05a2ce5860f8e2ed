// Original file: proto/parley/room/v1/room.proto

import type { Long } from '@grpc/proto-loader';

/**
 * What is absent stays as it is.
 */
export interface RoomSettingsChangeInput {
  'locked'?: (boolean);
  /**
   * Empty: none from now on.
   */
  'passcode'?: (string);
  'waitingRoom'?: (boolean);
  'guestsAllowed'?: (boolean);
  'mutedOnEntry'?: (boolean);
  'whoMayShareScreen'?: (string);
  'whoMayChat'?: (string);
  'whoMayUnmute'?: (string);
  'whoMayStartVideo'?: (string);
  /**
   * 0: none from now on, as for the next two.
   */
  'capacity'?: (number);
  'opensAt'?: (number | string | Long);
  'closesAt'?: (number | string | Long);
  'historyForLatecomers'?: (string);
  'namesBeforeJoin'?: (boolean);
  '_locked'?: "locked";
  '_passcode'?: "passcode";
  '_waitingRoom'?: "waitingRoom";
  '_guestsAllowed'?: "guestsAllowed";
  '_mutedOnEntry'?: "mutedOnEntry";
  '_whoMayShareScreen'?: "whoMayShareScreen";
  '_whoMayChat'?: "whoMayChat";
  '_whoMayUnmute'?: "whoMayUnmute";
  '_whoMayStartVideo'?: "whoMayStartVideo";
  '_capacity'?: "capacity";
  '_opensAt'?: "opensAt";
  '_closesAt'?: "closesAt";
  '_historyForLatecomers'?: "historyForLatecomers";
  '_namesBeforeJoin'?: "namesBeforeJoin";
}

/**
 * What is absent stays as it is.
 */
export interface RoomSettingsChange {
  'locked'?: (boolean);
  /**
   * Empty: none from now on.
   */
  'passcode'?: (string);
  'waitingRoom'?: (boolean);
  'guestsAllowed'?: (boolean);
  'mutedOnEntry'?: (boolean);
  'whoMayShareScreen'?: (string);
  'whoMayChat'?: (string);
  'whoMayUnmute'?: (string);
  'whoMayStartVideo'?: (string);
  /**
   * 0: none from now on, as for the next two.
   */
  'capacity'?: (number);
  'opensAt'?: (number);
  'closesAt'?: (number);
  'historyForLatecomers'?: (string);
  'namesBeforeJoin'?: (boolean);
  '_locked'?: "locked";
  '_passcode'?: "passcode";
  '_waitingRoom'?: "waitingRoom";
  '_guestsAllowed'?: "guestsAllowed";
  '_mutedOnEntry'?: "mutedOnEntry";
  '_whoMayShareScreen'?: "whoMayShareScreen";
  '_whoMayChat'?: "whoMayChat";
  '_whoMayUnmute'?: "whoMayUnmute";
  '_whoMayStartVideo'?: "whoMayStartVideo";
  '_capacity'?: "capacity";
  '_opensAt'?: "opensAt";
  '_closesAt'?: "closesAt";
  '_historyForLatecomers'?: "historyForLatecomers";
  '_namesBeforeJoin'?: "namesBeforeJoin";
}
