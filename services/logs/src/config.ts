import { envSchema, WITH_OTHER_PROBLEMS } from '@parley/common/config';
import { checkDiscovery, discoveryShape } from '@parley/common/discovery';
import { logShape } from '@parley/common/logging';
import { z } from 'zod';

export const logsConfigSchema = z
  .object({
    ...discoveryShape,
    LOGS_HOST: envSchema.host('127.0.0.1').describe('where operators reach the viewer'),
    LOGS_PORT: envSchema.port(9000),
    LOGS_ADMIN_HOST: envSchema.host('127.0.0.1').describe('where health and metrics are'),
    LOGS_ADMIN_PORT: envSchema.port(9001),
    LOG_DIR: envSchema.text().describe('the folder that all services write to'),
    LOGS_PASSWORD: envSchema.secret(12).describe('what an operator logs in with'),
    LOG_KEY: logShape.LOG_KEY,
    LOGS_SESSION_SECRET: envSchema.secret(32).describe('signs the logins'),
    LOGS_TRUST_PROXY_HOPS: envSchema
      .integer({ min: 0, max: 8, default: 0 })
      .describe('how many proxies of ours are in front of the viewer and append to X-Forwarded-For'),
  })
  .superRefine(checkDiscovery, WITH_OTHER_PROBLEMS);

export type LogsConfig = Readonly<z.output<typeof logsConfigSchema>>;
