import { z } from 'zod';

const PORT_MAX = 65_535;

/** The environment variables of the server of the pages. */
export const uiConfigSchema = z.object({
  UI_ADMIN_HOST: z
    .string()
    .regex(/^[A-Za-z0-9._:-]{1,255}$/, { error: 'must be a host name or an address' })
    .default('127.0.0.1')
    .describe('where health and metrics are'),
  UI_ADMIN_PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'must be a port' })
    .transform(Number)
    .refine((port) => port <= PORT_MAX, { error: 'must be a port' })
    .optional()
    .describe('without it there is no admin server'),
});
