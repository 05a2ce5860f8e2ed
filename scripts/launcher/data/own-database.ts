import { join } from 'node:path';
import type { Steps } from '../../lib/steps.mjs';
import { takeDataDir } from '../base/data-dir.ts';
import { LaunchError } from '../base/launch-error.ts';
import { readSecrets } from '../base/operator-secrets.ts';
import { PortBook } from '../base/ports.ts';
import { findPostgresHome, packagedPrograms } from '../services/postgres-home.ts';
import type { PostgresHome } from '../services/postgres-home.ts';
import { Postgres, preparePostgres } from '../services/postgres.ts';
import { Supervisor } from '../supervisor/supervisor.ts';
import type { DataOptions } from './data-options.ts';

type Wanted = Pick<DataOptions, 'command' | 'programs'>;

const USUAL_PORT = 55_432;

/**
 * Runs the database of an installation that does not run now, for the length of the task. An export starts it with the programs of the version
 * that made it; an import makes the database if there is none.
 */
export async function withOwnDatabase<T>(
  dataDir: string,
  wanted: Wanted,
  steps: Steps,
  task: (postgres: Postgres) => Promise<T>,
): Promise<T> {
  const lock = await takeDataDir(dataDir);
  const portBook = new PortBook();
  let supervisor: Supervisor | undefined;
  try {
    const secrets = readSecrets(dataDir);
    const home = homeOf(dataDir, secrets.instanceId, wanted);
    const port = await portBook.pick(USUAL_PORT);
    const postgres = preparePostgres(home, port, secrets, steps);
    supervisor = new Supervisor([postgres.spec], join(dataDir, 'logs'), steps);
    await supervisor.start();
    return await task(postgres);
  } finally {
    await supervisor?.stop();
    portBook.close();
    lock.release();
  }
}

function homeOf(dataDir: string, instanceId: string, { command, programs }: Wanted): PostgresHome {
  const home = findPostgresHome(dataDir, instanceId);
  if (command === 'import') return home;
  const major = Postgres.majorOf(home);
  if (major === undefined)
    throw new LaunchError(`There is no database in ${dataDir} yet. Start Parley once.`);
  if (major === String(home.major)) return home;
  return findPostgresHome(dataDir, instanceId, undefined, programs ?? packagedPrograms(major));
}
