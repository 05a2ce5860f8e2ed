/** Metadata keys of every call between our services. */
export const GRPC_METADATA = {
  errorCode: 'parley-error-code',
  /** Milliseconds after which the same call may succeed, where that is known. */
  retryAfterMs: 'parley-retry-after-ms',
  traceId: 'parley-trace-id',
  /** `Bearer` and the secret of the called service, where calls carry no certificates. */
  authorization: 'authorization',
} as const;

export { CERTIFIED_NAMES, GRPC_ACCESS, mayCall, type CertifiedName } from './callers.ts';

/** The method of a service that has an exchange. */
export const EXCHANGE_METHOD = 'Exchange';
export type * as exchange from './exchange.ts';
