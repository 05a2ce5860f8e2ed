import { z } from 'zod';
import { ERRORS } from './error-table.ts';

export { ERRORS };

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

const RETRY_AFTER_MAX_MS = 3_600_000;

export const errorBodySchema = z.strictObject({
  code: z.enum(ERROR_CODES),
  message: z.string().max(500),
  traceId: z.string().max(64).optional(),
  retryAfterMs: z
    .int()
    .min(1)
    .max(RETRY_AFTER_MAX_MS)
    .optional()
    .describe('Milliseconds after which the same request may succeed.'),
});

/** An error in a REST body or a socket ack. */
export type ErrorBody = z.infer<typeof errorBodySchema>;

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
      options.retryAfterMs === undefined
        ? undefined
        : Math.min(RETRY_AFTER_MAX_MS, Math.max(1, Math.ceil(options.retryAfterMs)));
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
