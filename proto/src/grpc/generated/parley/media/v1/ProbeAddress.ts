// Original file: proto/parley/media/v1/media.proto


/**
 * A UDP address that answers STUN binding requests, so that browsers can measure how far the node is.
 */
export interface ProbeAddressInput {
  'host'?: (string);
  'port'?: (number);
}

/**
 * A UDP address that answers STUN binding requests, so that browsers can measure how far the node is.
 */
export interface ProbeAddress {
  'host': (string);
  'port': (number);
}
