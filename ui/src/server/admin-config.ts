import { z } from 'zod';
import { embedOrigins } from './embed-origins.ts';

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
  LOG_KEY: z
    .string()
    .optional()
    .describe(
      'the same as for the services: with it the edge can log the room of a page under its name in logs',
    ),
  EMBED_ORIGINS: z
    .string()
    .default('')
    .transform((text, context) => {
      try {
        return embedOrigins(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    })
    .describe(
      'origins of other sites whose pages may show ours in a frame, such as https://www.example.org; set it for nginx as well',
    ),
});
