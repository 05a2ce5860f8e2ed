// Original file: proto/parley/exchange/v1/exchange.proto


export interface CallInput {
  /**
   * Chosen by the client. No other call in progress on the exchange has it.
   */
  'number'?: (number);
  /**
   * The client does not wait any more for the answer of this number. Nothing else is set.
   */
  'cancelled'?: (boolean);
  /**
   * The name of a unary method of the same service, such as "OpenPeer".
   */
  'method'?: (string);
  /**
   * The request message of the method.
   */
  'request'?: (Buffer | Uint8Array | string);
  /**
   * How long the client waits, from now.
   */
  'timeoutMs'?: (number);
  /**
   * As the metadata key "parley-trace-id" of a call alone. Empty if there is none.
   */
  'traceId'?: (string);
}

export interface Call {
  /**
   * Chosen by the client. No other call in progress on the exchange has it.
   */
  'number': (number);
  /**
   * The client does not wait any more for the answer of this number. Nothing else is set.
   */
  'cancelled': (boolean);
  /**
   * The name of a unary method of the same service, such as "OpenPeer".
   */
  'method': (string);
  /**
   * The request message of the method.
   */
  'request': (Buffer);
  /**
   * How long the client waits, from now.
   */
  'timeoutMs': (number);
  /**
   * As the metadata key "parley-trace-id" of a call alone. Empty if there is none.
   */
  'traceId': (string);
}
