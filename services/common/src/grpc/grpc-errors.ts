import { Metadata, status, type ServiceError, type StatusObject } from '@grpc/grpc-js';
import { ERRORS, isErrorCode, ParleyError, type ErrorCode } from '@parley/proto/errors';
import { GRPC_METADATA, type exchange } from '@parley/proto/grpc';

const DETAILS_MAX = 500;

/** For statuses without one of our codes: those of gRPC itself or of another server. */
const CODE_BY_STATUS: Partial<Record<number, ErrorCode>> = {
  [status.CANCELLED]: 'unavailable',
  [status.INVALID_ARGUMENT]: 'invalid_request',
  [status.DEADLINE_EXCEEDED]: 'timeout',
  [status.NOT_FOUND]: 'not_found',
  [status.PERMISSION_DENIED]: 'forbidden',
  [status.RESOURCE_EXHAUSTED]: 'payload_too_large',
  [status.UNAVAILABLE]: 'unavailable',
  [status.UNAUTHENTICATED]: 'unauthenticated',
};

/** Any error as a ParleyError. An unknown error becomes `internal`, with itself as the cause for the log. */
export function toParleyError(error: unknown): ParleyError {
  return error instanceof ParleyError ? error : new ParleyError('internal', undefined, { cause: error });
}

/** An error as it is sent: its gRPC status, its message and, in the metadata, its stable code and when to try again. */
export function toGrpcStatus(error: ParleyError): Pick<StatusObject, 'code' | 'details' | 'metadata'> {
  const metadata = new Metadata();
  metadata.set(GRPC_METADATA.errorCode, error.code);
  if (error.retryAfterMs !== undefined) metadata.set(GRPC_METADATA.retryAfterMs, String(error.retryAfterMs));
  // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the contract is for browsers too and knows statuses as numbers
  return { code: ERRORS[error.code].grpc, details: error.message.slice(0, DETAILS_MAX), metadata };
}

/** Whether a call failed because the server does not have the method, which grpc-js reports without checking the secret. */
export function isUnimplemented(error: unknown): boolean {
  if (!(error instanceof ParleyError) || !(error.cause instanceof Error)) return false;
  return 'code' in error.cause && error.cause.code === status.UNIMPLEMENTED;
}

/** A received status as a ParleyError. Texts of gRPC itself name addresses, so they stay in the cause. */
export function fromGrpcError(error: ServiceError | StatusObject): ParleyError {
  const code = error.metadata?.get(GRPC_METADATA.errorCode)[0];
  if (isErrorCode(code))
    return received(code, error.details, Number(error.metadata?.get(GRPC_METADATA.retryAfterMs)[0]));
  const cause = error instanceof Error ? error : new Error(error.details);
  return new ParleyError(CODE_BY_STATUS[error.code] ?? 'internal', undefined, { cause });
}

/** An error as an exchange carries it: the same as `toGrpcStatus`. */
export function toFailure({ code, message, retryAfterMs = 0 }: ParleyError): exchange.FailureInput {
  return { status: ERRORS[code].grpc, code, message: message.slice(0, DETAILS_MAX), retryAfterMs };
}

/** A received failure as a ParleyError: the same as `fromGrpcError`. */
export function fromFailure({
  status: code,
  code: stable,
  message,
  retryAfterMs,
}: exchange.Failure): ParleyError {
  if (isErrorCode(stable)) return received(stable, message, retryAfterMs);
  const cause = Object.assign(new Error(message), { code });
  return new ParleyError(CODE_BY_STATUS[code] ?? 'internal', undefined, { cause });
}

function received(code: ErrorCode, message: string, retryAfterMs: number): ParleyError {
  return new ParleyError(
    code,
    message === '' ? undefined : message,
    retryAfterMs > 0 ? { retryAfterMs } : {},
  );
}
