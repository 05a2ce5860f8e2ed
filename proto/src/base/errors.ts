import { ERRORS } from './error-table.ts';

export { ERRORS };

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

export const RETRY_AFTER_MAX_MS = 3_600_000;

/** An error in a REST body or a socket ack. */
export type ErrorBody = {
  code: ErrorCode;
  message: string;
  traceId?: string | undefined;
  /** Milliseconds after which the same request may succeed. */
  retryAfterMs?: number | undefined;
};

/** As the body of an error may hold it: whole milliseconds from 1 to an hour. */
export function boundRetryAfter(milliseconds: number): number {
  return Math.min(RETRY_AFTER_MAX_MS, Math.max(1, Math.ceil(milliseconds)));
}

/** The one error class. The `code` is stable. The `message` holds no secrets, and may be shown and logged. */
export class ParleyError extends Error {
  override readonly name = 'ParleyError';
  readonly code: ErrorCode;
  /** Milliseconds after which the same request may succeed, where that is known. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message?: string, options: ErrorOptions & { retryAfterMs?: number } = {}) {
    super(message ?? ERRORS[code].message, options);
    this.code = code;
    this.retryAfterMs =
      options.retryAfterMs === undefined ? undefined : boundRetryAfter(options.retryAfterMs);
  }

  toBody(traceId?: string): ErrorBody {
    return {
      code: this.code,
      message: this.message.slice(0, 500),
      ...(traceId !== undefined && { traceId }),
      ...(this.retryAfterMs !== undefined && { retryAfterMs: this.retryAfterMs }),
    };
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}
