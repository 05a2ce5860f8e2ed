// Original file: proto/parley/exchange/v1/exchange.proto

import type { CallInput as _parley_exchange_v1_CallInput, Call as _parley_exchange_v1_Call } from '../../../parley/exchange/v1/Call.ts';

/**
 * What the client has to send at one moment, in order.
 */
export interface ExchangeRequestInput {
  'calls'?: (_parley_exchange_v1_CallInput)[];
}

/**
 * What the client has to send at one moment, in order.
 */
export interface ExchangeRequest {
  'calls': (_parley_exchange_v1_Call)[];
}
