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

const USUAL_PORT = 55_432;

/**
 * Runs the database of an installation that does not run now, for the length of the task. An export starts it with the programs of the version
 * that made it; an import makes the database if there is none.
 */
export async function withOwnDatabase<T>(
  dataDir: string,
  options: DataOptions,
  steps: Steps,
  task: (databaseUrl: string) => Promise<T>,
): Promise<T> {
  const lock = await takeDataDir(dataDir);
  const portBook = new PortBook();
  let supervisor: Supervisor | undefined;
  try {
    const { instanceId, databasePassword } = readSecrets(dataDir);
    const home = homeOf(dataDir, instanceId, options);
    const port = await portBook.pick(USUAL_PORT);
    const postgres = preparePostgres(home, port, databasePassword, steps);
    supervisor = new Supervisor([postgres.spec], join(dataDir, 'logs'), steps);
    await supervisor.start();
    return await task(postgres.url);
  } finally {
    await supervisor?.stop();
    portBook.close();
    lock.release();
  }
}

function homeOf(dataDir: string, instanceId: string, { command, programs }: DataOptions): PostgresHome {
  const home = findPostgresHome(dataDir, instanceId);
  if (command === 'import') return home;
  const major = Postgres.majorOf(home);
  if (major === undefined) throw new LaunchError(`There is no database in ${dataDir} to export.`);
  if (major === String(home.major)) return home;
  return findPostgresHome(dataDir, instanceId, undefined, programs ?? packagedPrograms(major));
}
