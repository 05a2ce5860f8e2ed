// Exports and imports what the gateway stores, the accounts and the files of the chat: `node services/gateway/src/data.ts export FILE`,
// `… import FILE [--replace]`. A file named "-" is standard output or input. `npm run data` starts it with the database and the files of an
// installation, and operators of containers start it there.
import path from 'node:path';
import process from 'node:process';
import { readConfig, withPassword } from '@parley/common/config';
import { runDataTool, type MovedSchema } from '@parley/common/data';
import { createLogger } from '@parley/common/logging';
import { createPool } from '@parley/common/postgres';
import { z } from 'zod';
import { accountTrustOf } from './accounts/account-config.ts';
import { checkFilePlace, filePlaceShape, openFileStore } from './files/file-place.ts';
import { gatewayConfigSchema } from './gateway-config.ts';

const ACCOUNTS: MovedSchema = {
  name: 'accounts',
  directory: path.resolve(import.meta.dirname, '../migrations'),
  // An export must log nobody in: log-ins, links and keys stay behind, and people log in anew.
  without: ['sessions', 'refresh_tokens', 'links', 'signing_keys', 'attempts'],
  isOptional: true,
};
const fileRowSchema = z.object({ file_id: z.string() });

/** The ids of the files that the rows of signaling name; undefined if the export has no such rows. */
let named: Set<string> | undefined;

function readRoomsRow(table: string, row: string): void {
  named ??= new Set();
  if (table === 'chat_files') named.add(fileRowSchema.parse(JSON.parse(row)).file_id);
}

await runDataTool(async () => {
  const { ACCOUNTS_DATABASE_URL, ACCOUNTS_DATABASE_PASSWORD } = gatewayConfigSchema.shape;
  const { DATABASE_TLS_AUTHORITY, DATABASE_TLS_NAME } = gatewayConfigSchema.shape;
  const config = readConfig(
    z
      .object({
        ACCOUNTS_DATABASE_URL: ACCOUNTS_DATABASE_URL.unwrap(),
        ACCOUNTS_DATABASE_PASSWORD,
        DATABASE_TLS_AUTHORITY,
        DATABASE_TLS_NAME,
        ...filePlaceShape,
      })
      .superRefine(checkFilePlace),
    process.env,
  );
  const files = await openFileStore(config);
  const pool = createPool({
    databaseUrl: withPassword(config.ACCOUNTS_DATABASE_URL, config.ACCOUNTS_DATABASE_PASSWORD),
    trust: accountTrustOf(config),
    logger: createLogger({ service: 'data', level: 'silent' }),
  });
  return {
    pool,
    schemas: [ACCOUNTS],
    files,
    others: new Map([['rooms', readRoomsRow]]),
    // A file without its row would stay for ever.
    isWanted: (fileId) => named === undefined || named.has(fileId),
  };
});
