// Exports and imports what signaling stores: `node services/signaling/src/data.ts export FILE`, `… import FILE [--replace]`. A file named "-"
// is standard output or input. `npm run data` starts it with the database of an installation, and operators of containers start it there.
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig, withPassword } from '@parley/common/config';
import { DataError, exportData, importData, type Moved } from '@parley/common/data';
import { createLogger } from '@parley/common/logging';
import { createPool, type DatabasePool } from '@parley/common/postgres';
import { ParleyError } from '@parley/proto';
import { z } from 'zod';
import { checkDatabaseTrust, configSchema, databaseTrustOf } from './config.ts';

const USAGE = 'data.ts export FILE\n  data.ts import FILE [--replace]';
const SCHEMA = 'rooms';
const MIGRATIONS = path.resolve(import.meta.dirname, '../migrations');
const STANDARD = '-';

async function exportTo(pool: DatabasePool, file: string): Promise<Moved> {
  const schemas = [SCHEMA];
  if (file === STANDARD) return await exportData(pool, { schemas, to: process.stdout, end: false });
  if (existsSync(file)) throw new DataError(`${file} exists already.`);
  const part = `${file}.${process.pid}.part`;
  try {
    // It holds what people wrote.
    const to = createWriteStream(part, { mode: 0o600, flags: 'wx' });
    const moved = await exportData(pool, { schemas, to });
    renameSync(part, file);
    return moved;
  } finally {
    rmSync(part, { force: true });
  }
}

async function importFrom(pool: DatabasePool, file: string, replace: boolean): Promise<Moved> {
  if (file !== STANDARD && !existsSync(file)) throw new DataError(`There is no file ${file}.`);
  const from = file === STANDARD ? process.stdin : createReadStream(file);
  return await importData(pool, { schemas: new Map([[SCHEMA, MIGRATIONS]]), from, replace });
}

function words(error: unknown): string {
  if (error instanceof DataError || error instanceof ConfigError) return error.message;
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return 'The disk is full. No file was written.';
  if (error instanceof ParleyError) return 'The database cannot be reached. Nothing was changed.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { replace: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [command, file, ...more] = positionals;
  if (!file || more.length > 0 || (command !== 'export' && command !== 'import')) throw new DataError(USAGE);
  const { DATABASE_URL, DATABASE_PASSWORD, DATABASE_TLS_AUTHORITY, DATABASE_TLS_NAME } = configSchema.shape;
  const variables = { DATABASE_URL, DATABASE_PASSWORD, DATABASE_TLS_AUTHORITY, DATABASE_TLS_NAME };
  const config = readConfig(z.object(variables).superRefine(checkDatabaseTrust), process.env);
  const pool = createPool({
    databaseUrl: withPassword(config.DATABASE_URL, config.DATABASE_PASSWORD),
    trust: databaseTrustOf(config),
    logger: createLogger({ service: 'data', level: 'silent' }),
  });
  try {
    const moved =
      command === 'export' ? await exportTo(pool, file) : await importFrom(pool, file, values.replace);
    const counts = [...moved].map(([table, rows]) => `${rows} ${table}`).join(', ');
    process.stderr.write(`${command === 'export' ? 'Exported' : 'Imported'}: ${counts}\n`);
  } finally {
    await pool.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${words(error)}\n`);
  process.exitCode = 1;
});
