import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import { errors } from 'mediasoup';

/**
 * Awaits a mediasoup call and gives its errors their stable codes, so that callers need not know mediasoup's classes.
 * `unsupported` is the code for codecs that do not fit: `invalid_request` for a sender, `cannot_consume` for a
 * receiver.
 */
export async function mapMediasoupErrors<T>(
  call: Promise<T>,
  unsupported: ErrorCode = 'invalid_request',
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw fromMediasoupError(error, unsupported);
  }
}

export function fromMediasoupError(error: unknown, unsupported: ErrorCode = 'invalid_request'): ParleyError {
  if (error instanceof ParleyError) return error;
  if (error instanceof errors.UnsupportedError) return wrap(unsupported, error);
  if (error instanceof errors.WorkerClosedError) return wrap('media_unavailable', error);
  // The producer, or what the request was made on, was closed meanwhile.
  if (error instanceof errors.NotFoundError) {
    return wrap(error.message.startsWith('Producer') ? 'producer_not_found' : 'closed', error);
  }
  if (error instanceof TypeError) return wrap('invalid_request', error);
  // The worker refuses a second connect and an SSRC or MID in use with an error that has no class of its own.
  if (error instanceof Error && /already (called|exists|present)/.test(error.message))
    return wrap('conflict', error);
  return wrap('internal', error);
}

function wrap(code: ErrorCode, cause: unknown): ParleyError {
  return new ParleyError(code, undefined, { cause });
}
