// Started by scripts/accounts.mjs under a current Node. Finds the database of an installation; the account tool of the gateway does the work.
import { join } from 'node:path';
import process from 'node:process';
import { explain } from '../../lib/bootstrap-error.mjs';
import { dataDir, ROOT } from '../../lib/paths.mjs';
import { Steps } from '../../lib/steps.mjs';
import { LaunchError } from '../base/launch-error.ts';
import { readSecrets } from '../base/operator-secrets.ts';
import { takeSecretFiles } from '../base/secret-files.ts';
import { runServiceTool } from '../base/service-tool.ts';
import { withOwnDatabase } from '../data/own-database.ts';
import { readRunning } from '../system/running-file.ts';

const TOOL = join(ROOT, 'services', 'gateway', 'src', 'account-tool.ts');
const STACK = '--stack';

async function main(): Promise<number> {
  takeSecretFiles(process.env);
  const given = process.argv.slice(2);
  const args = given.filter((arg) => arg !== STACK);
  const isStack = given.includes(STACK);
  const folder = isStack ? join(dataDir(), 'stack') : dataDir();
  const running = readRunning(folder);
  const known = isStack ? undefined : process.env.ACCOUNTS_DATABASE_URL || process.env.DATABASE_URL;
  const gateway = running?.services.find(({ name }) => name === 'gateway')?.env;
  const { identityKey } = readSecrets(folder);
  const env = { IDENTITY_KEY: identityKey, PUBLIC_URL: process.env.PUBLIC_URL || running?.origin };
  if (known) return await runServiceTool(TOOL, args, { ...env, ACCOUNTS_DATABASE_URL: known });
  if (gateway) return await runServiceTool(TOOL, args, { ...env, ...databaseOf(gateway) });
  const wanted = { command: 'export', programs: undefined } as const;
  return await withOwnDatabase(folder, wanted, new Steps(process.stderr), ({ accountsUrl }) =>
    runServiceTool(TOOL, args, { ...env, ACCOUNTS_DATABASE_URL: accountsUrl }),
  );
}

/** Where the database is, and how it proves itself. */
function databaseOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => /^(?:ACCOUNTS_)?DATABASE_/.test(name)));
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const reason = error instanceof LaunchError ? error.message : explain(error);
    process.stderr.write(`\nNothing was changed: ${reason}\n`);
    process.exit(1);
  },
);
