// Original file: proto/parley/exchange/v1/exchange.proto

import type { AnswerInput as _parley_exchange_v1_AnswerInput, Answer as _parley_exchange_v1_Answer } from '../../../parley/exchange/v1/Answer.ts';

/**
 * What the server has to send at one moment. Answers come in the order in which calls end, not in that of the calls.
 */
export interface ExchangeResponseInput {
  'answers'?: (_parley_exchange_v1_AnswerInput)[];
}

/**
 * What the server has to send at one moment. Answers come in the order in which calls end, not in that of the calls.
 */
export interface ExchangeResponse {
  'answers': (_parley_exchange_v1_Answer)[];
}
