// Original file: proto/parley/media/v1/media.proto


/**
 * Asks for a producer. The answer is LinkCarried or LinkDropped.
 */
export interface LinkCarryInput {
  'producerId'?: (string);
}

/**
 * Asks for a producer. The answer is LinkCarried or LinkDropped.
 */
export interface LinkCarry {
  'producerId': (string);
}
