// Exports and imports what signaling stores: `node services/signaling/src/data.ts export FILE`, `… import FILE [--replace]`. A file named "-"
// is standard output or input. `npm run data` starts it with the database of an installation, and operators of containers start it there.
import path from 'node:path';
import process from 'node:process';
import { readConfig, withPassword } from '@parley/common/config';
import { runDataTool } from '@parley/common/data';
import { createLogger } from '@parley/common/logging';
import { createPool } from '@parley/common/postgres';
import { z } from 'zod';
import { checkDatabaseTrust, configSchema, databaseTrustOf } from './config.ts';

const ROOMS = { name: 'rooms', directory: path.resolve(import.meta.dirname, '../migrations') };

await runDataTool(async () => {
  const { DATABASE_URL, DATABASE_PASSWORD, DATABASE_TLS_AUTHORITY, DATABASE_TLS_NAME } = configSchema.shape;
  const variables = { DATABASE_URL, DATABASE_PASSWORD, DATABASE_TLS_AUTHORITY, DATABASE_TLS_NAME };
  const config = readConfig(z.object(variables).superRefine(checkDatabaseTrust), process.env);
  const pool = createPool({
    databaseUrl: withPassword(config.DATABASE_URL, config.DATABASE_PASSWORD),
    trust: databaseTrustOf(config),
    logger: createLogger({ service: 'data', level: 'silent' }),
  });
  // The gateway imports accounts and files from the same export.
  const others = new Map([['accounts', () => undefined]]);
  return { pool, schemas: [ROOMS], others, isWanted: () => false };
});
