// Original file: proto/parley/media/v1/media.proto


/**
 * The producer is not carried (any more).
 */
export interface LinkDroppedInput {
  'producerId'?: (string);
  /**
   * A stable error code (errors.ts of @parley/proto).
   */
  'code'?: (string);
  'number'?: (number);
}

/**
 * The producer is not carried (any more).
 */
export interface LinkDropped {
  'producerId': (string);
  /**
   * A stable error code (errors.ts of @parley/proto).
   */
  'code': (string);
  'number': (number);
}
