export type { AnswerInput, Answer } from './generated/parley/exchange/v1/Answer.ts';
export type { Call, CallInput } from './generated/parley/exchange/v1/Call.ts';
export type {
  ExchangeRequest,
  ExchangeRequestInput,
} from './generated/parley/exchange/v1/ExchangeRequest.ts';
export type {
  ExchangeResponse,
  ExchangeResponseInput,
} from './generated/parley/exchange/v1/ExchangeResponse.ts';
export type { Failure, FailureInput } from './generated/parley/exchange/v1/Failure.ts';
