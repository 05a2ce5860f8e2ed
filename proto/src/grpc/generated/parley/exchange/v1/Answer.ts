// Original file: proto/parley/exchange/v1/exchange.proto

import type { FailureInput as _parley_exchange_v1_FailureInput, Failure as _parley_exchange_v1_Failure } from '../../../parley/exchange/v1/Failure.ts';

export interface AnswerInput {
  'number'?: (number);
  /**
   * The response message of the method.
   */
  'response'?: (Buffer | Uint8Array | string);
  'failure'?: (_parley_exchange_v1_FailureInput | null);
  'outcome'?: "response"|"failure";
}

export interface Answer {
  'number': (number);
  /**
   * The response message of the method.
   */
  'response'?: (Buffer);
  'failure'?: (_parley_exchange_v1_Failure | null);
  'outcome'?: "response"|"failure";
}
