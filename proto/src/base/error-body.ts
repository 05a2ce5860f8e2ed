import { z } from 'zod';
import { ERROR_CODES, RETRY_AFTER_MAX_MS, type ErrorBody } from './errors.ts';

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
}) satisfies z.ZodType<ErrorBody>;
