// Original file: proto/parley/media/v1/media.proto


export interface ConsumeFailureInput {
  /**
   * A stable error code (errors.ts of @parley/proto).
   */
  'code'?: (string);
  'message'?: (string);
}

export interface ConsumeFailure {
  /**
   * A stable error code (errors.ts of @parley/proto).
   */
  'code': (string);
  'message': (string);
}
