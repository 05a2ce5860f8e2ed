import type { z } from 'zod';
import { ERRORS, ParleyError, type ErrorBody } from '@parley/proto/errors';

const MESSAGE_MAX = 300;

/** Any error of a request as the ParleyError that the client sees. */
export function toHttpError(error: unknown): ParleyError {
  if (error instanceof ParleyError) return error;
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ParleyError('payload_too_large');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new ParleyError('unsupported_media_type');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new ParleyError('invalid_request', undefined, { cause: error });
  }
  return new ParleyError('internal', undefined, { cause: error });
}

/** An `invalid_request` that names the first problem. `what` is the part of the request, such as `body`. */
export function describeInvalid(what: string, error: z.ZodError): ParleyError {
  const [issue] = error.issues;
  const place = [what, ...(issue?.path ?? [])].map(String).join('.');
  return new ParleyError(
    'invalid_request',
    `${place}: ${issue?.message ?? 'is not valid'}`.slice(0, MESSAGE_MAX),
  );
}

export function httpStatus(error: ParleyError): number {
  return ERRORS[error.code].http;
}

export function errorReply(error: ParleyError, traceId: string): { error: ErrorBody } {
  return { error: error.toBody(traceId) };
}
