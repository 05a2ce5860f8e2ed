// Original file: proto/parley/exchange/v1/exchange.proto


export interface FailureInput {
  /**
   * The gRPC status of the call.
   */
  'status'?: (number);
  /**
   * A stable error code (errors.ts of @parley/proto). Empty if gRPC itself refused the call.
   */
  'code'?: (string);
  'message'?: (string);
  /**
   * Milliseconds after which the same call may succeed; 0 if that is not known.
   */
  'retryAfterMs'?: (number);
}

export interface Failure {
  /**
   * The gRPC status of the call.
   */
  'status': (number);
  /**
   * A stable error code (errors.ts of @parley/proto). Empty if gRPC itself refused the call.
   */
  'code': (string);
  'message': (string);
  /**
   * Milliseconds after which the same call may succeed; 0 if that is not known.
   */
  'retryAfterMs': (number);
}
