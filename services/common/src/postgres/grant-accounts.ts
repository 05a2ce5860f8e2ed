// The main program of the container that makes the database role of the gateway, also in a database of an older version.
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { backoffMs, type BackoffLimits } from '../async/backoff.ts';
import { readConfig } from '../config/config.ts';
import { envSchema } from '../config/env-schema.ts';
import { withPassword } from '../config/password.ts';
import { serverTrustField } from '../trust/index.ts';
import { runService } from '../service/run-service.ts';
import { ensureSchemaOwner } from './schema-owner.ts';

const BACKOFF: BackoffLimits = { firstMs: 250, maxMs: 2_000 };
/** The health check of the container looks for this file. */
const GRANTED = '/tmp/granted';
/** Longer than any pause that Node allows is not needed: nothing is left to do. */
const LONG_MS = 2 ** 31 - 1;

const schema = z.object({
  DATABASE_URL: envSchema.url(['postgres', 'postgresql']),
  DATABASE_PASSWORD: envSchema.text().optional(),
  DATABASE_TLS_AUTHORITY: serverTrustField.authority('PostgreSQL', 'DATABASE_TLS_AUTHORITY'),
  ACCOUNTS_DATABASE_PASSWORD: envSchema.secret(),
});

await runService('database-access', async ({ env, logger, onStop }) => {
  const config = readConfig(schema, env);
  const { DATABASE_TLS_AUTHORITY: authority } = config;
  const server = {
    databaseUrl: withPassword(config.DATABASE_URL, config.DATABASE_PASSWORD),
    trust: authority === undefined ? undefined : { authority },
  };
  const stop = new AbortController();
  onStop('grants', () => stop.abort());
  const pause = (ms: number) => delay(ms, undefined, { signal: stop.signal }).catch(() => undefined);
  const grant = async (): Promise<void> => {
    for (let failures = 0; !stop.signal.aborted;) {
      try {
        await ensureSchemaOwner(server, {
          role: 'parley_accounts',
          password: config.ACCOUNTS_DATABASE_PASSWORD,
          schema: 'accounts',
        });
        writeFileSync(GRANTED, '');
        await pause(LONG_MS);
      } catch (error) {
        failures += 1;
        logger.warn({ err: error }, 'the role of the gateway cannot be made yet');
        await pause(backoffMs(failures, BACKOFF));
      }
    }
  };
  void grant();
});
