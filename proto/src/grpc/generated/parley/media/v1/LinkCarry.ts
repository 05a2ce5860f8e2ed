// Original file: proto/parley/media/v1/media.proto


/**
 * Asks for a producer. The answer is LinkCarried or LinkDropped.
 */
export interface LinkCarryInput {
  'producerId'?: (string);
  /**
   * Counts what the link was asked for. The answers have it too, so that a late one is taken for no other.
   */
  'number'?: (number);
}

/**
 * Asks for a producer. The answer is LinkCarried or LinkDropped.
 */
export interface LinkCarry {
  'producerId': (string);
  /**
   * Counts what the link was asked for. The answers have it too, so that a late one is taken for no other.
   */
  'number': (number);
}
