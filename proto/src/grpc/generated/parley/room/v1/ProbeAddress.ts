// Original file: proto/parley/room/v1/room.proto


/**
 * A UDP address that answers STUN binding requests, so that browsers can measure how far the region is.
 */
export interface ProbeAddressInput {
  'host'?: (string);
  'port'?: (number);
}

/**
 * A UDP address that answers STUN binding requests, so that browsers can measure how far the region is.
 */
export interface ProbeAddress {
  'host': (string);
  'port': (number);
}
