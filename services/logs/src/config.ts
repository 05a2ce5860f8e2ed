import { discoveryShape, envSchema } from '@parley/common';
import { z } from 'zod';

export const logsConfigSchema = z.object({
  ...discoveryShape,
  LOGS_HOST: envSchema.host('127.0.0.1'),
  LOGS_PORT: envSchema.port(9000),
  LOGS_ADMIN_HOST: envSchema.host('127.0.0.1'),
  LOGS_ADMIN_PORT: envSchema.port(9001),
  /** The folder that all services write to. */
  LOG_DIR: envSchema.text(),
  /** What an operator logs in with. */
  LOGS_PASSWORD: envSchema.secret(12),
  /** Signs the sessions. */
  LOGS_SESSION_SECRET: envSchema.secret(32),
  /** How many proxies of ours stand before it and append to X-Forwarded-For. */
  LOGS_TRUST_PROXY_HOPS: envSchema.integer({ min: 0, max: 8, default: 0 }),
});

export type LogsConfig = Readonly<z.output<typeof logsConfigSchema>>;
