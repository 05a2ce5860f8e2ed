import { join } from 'node:path';
import process from 'node:process';
import { dataDir } from '../../lib/paths.mjs';
import { Steps } from '../../lib/steps.mjs';
import { LaunchError } from '../base/launch-error.ts';
import { readSecrets } from '../base/operator-secrets.ts';
import { readRunning } from '../system/running-file.ts';
import { Workplace } from '../users/workplace.ts';
import type { DataOptions } from './data-options.ts';
import { withOwnDatabase } from './own-database.ts';

/** The variables that say where the database is, and how it proves itself; and where files are. */
const OF_ROOMS = /^DATABASE_/;
const OF_ACCOUNTS = /^(?:ACCOUNTS_DATABASE|DATABASE_TLS|FILES)_/;

/** Where the data of an installation are, as variables for the data tools. */
export interface DataPlaces {
  readonly rooms: NodeJS.ProcessEnv;
  /** The variables of the accounts, and of the files. */
  readonly accounts: NodeJS.ProcessEnv;
}

/** Finds the data of the installation, starts its database if that does not run, and runs the task. */
export async function withPlaces(
  options: DataOptions,
  task: (places: DataPlaces) => Promise<number>,
): Promise<number> {
  const folder = options.isStack ? join(dataDir(), 'stack') : dataDir();
  const { DATABASE_URL: own, ACCOUNTS_DATABASE_URL: ownAccounts } = process.env;
  if (!options.isStack && own) {
    const password = process.env.ACCOUNTS_DATABASE_PASSWORD || process.env.DATABASE_PASSWORD;
    const secret = password ? { ACCOUNTS_DATABASE_PASSWORD: password } : {};
    return await task({
      rooms: {},
      accounts: { ...filesOf(folder), ...secret, ACCOUNTS_DATABASE_URL: ownAccounts || own },
    });
  }
  const running = placesOfRunning(folder, options);
  if (running) return await task(running);
  const files = filesOf(folder);
  // Standard output may be the export.
  return await withOwnDatabase(folder, options, new Steps(process.stderr), ({ url, accountsUrl }) =>
    task({ rooms: { DATABASE_URL: url }, accounts: { ...files, ACCOUNTS_DATABASE_URL: accountsUrl } }),
  );
}

/** An export may happen while people talk. An import may not. */
function placesOfRunning(folder: string, { command }: DataOptions): DataPlaces | undefined {
  const running = readRunning(folder);
  if (running && command === 'import')
    throw new LaunchError(`Parley runs with ${folder}. Stop it first, then import.`);
  const rooms = running?.services.find(({ env }) => env.DATABASE_URL)?.env;
  const accounts = running?.services.find(({ env }) => env.ACCOUNTS_DATABASE_URL)?.env;
  return rooms && accounts && { rooms: only(OF_ROOMS, rooms), accounts: only(OF_ACCOUNTS, accounts) };
}

/** Where `npm start` and the stack keep files, unless the operator has another place for them. */
function filesOf(folder: string): NodeJS.ProcessEnv {
  const { FILES_DIR, FILES_S3_BUCKET } = process.env;
  if (FILES_DIR || FILES_S3_BUCKET) return {};
  return { FILES_DIR: join(Workplace.stateOf(folder, readSecrets(folder).instanceId), 'files') };
}

function only(wanted: RegExp, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => wanted.test(name)));
}
