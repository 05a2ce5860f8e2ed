import type { Logger } from '@parley/common/logging';
import { boundRetryAfter, ERRORS, ParleyError } from '@parley/proto/errors';
import type { TraceId } from '@parley/proto/ids';
import type { Reply, RequestName } from '@parley/proto/requests';
import type { z } from 'zod';

const ISSUES_MAX = 3;
const ISSUE_TEXT_MAX = 120;

type ErrorReply = Extract<Reply<never>, { ok: false }>;

/** The one place where an error becomes an ack. An error that is no ParleyError is `internal`, with a trace id and nothing else. */
export function toErrorReply(
  error: unknown,
  traceId: TraceId,
  logger: Logger,
  verb: RequestName | undefined,
): ErrorReply {
  const known =
    error instanceof ParleyError ? error : new ParleyError('internal', undefined, { cause: error });
  if (known.code === 'internal') logger.error({ err: error, verb }, 'request failed');
  else logger.debug({ code: known.code, verb }, 'request refused');
  return { ok: false, error: known.toBody(traceId) };
}

/** The ack of a request that came too early. A flood is made of these, so they cost no error with its stack. */
export function toRateLimited(retryAfterMs: number, traceId: TraceId): ErrorReply {
  const { message } = ERRORS.rate_limited;
  const error = {
    code: 'rate_limited',
    message,
    traceId,
    retryAfterMs: boundRetryAfter(retryAfterMs),
  } as const;
  return { ok: false, error };
}

/** Parses the payload of a request. Throws `invalid_request`, with the path and the problem of the first three issues. */
export function parsePayload<T extends z.ZodType>(schema: T, payload: unknown): z.output<T> {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, ISSUES_MAX).map(({ path, message }) => {
    const where = path.slice(0, 6).map(String).join('.');
    return `${where === '' ? 'payload' : where}: ${message}`.slice(0, ISSUE_TEXT_MAX);
  });
  throw new ParleyError('invalid_request', `The request is malformed. ${issues.join('; ')}`);
}
