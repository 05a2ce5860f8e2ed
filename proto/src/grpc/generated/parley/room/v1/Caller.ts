// Original file: proto/parley/room/v1/room.proto


/**
 * For whom the gateway asks. The gateway alone makes it, from what it has checked itself. A request without one is nobody's.
 */
export interface CallerInput {
  /**
   * `account:<uuid>` or `browser:<id>`; empty for somebody who is not logged in and has no browser id.
   */
  'identity'?: (string);
  /**
   * The display name of the account; empty for a guest.
   */
  'accountName'?: (string);
  'isOperator'?: (boolean);
  /**
   * A keyed hash of the client's network.
   */
  'addressHash'?: (string);
}

/**
 * For whom the gateway asks. The gateway alone makes it, from what it has checked itself. A request without one is nobody's.
 */
export interface Caller {
  /**
   * `account:<uuid>` or `browser:<id>`; empty for somebody who is not logged in and has no browser id.
   */
  'identity': (string);
  /**
   * The display name of the account; empty for a guest.
   */
  'accountName': (string);
  'isOperator': (boolean);
  /**
   * A keyed hash of the client's network.
   */
  'addressHash': (string);
}
