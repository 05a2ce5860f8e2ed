import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from '../../bootstrap/secrets.mjs';
import type { Steps } from '../../lib/steps.mjs';
import { ensureSchemaOwner } from '@parley/common/schema-owner';
import type { ServerTrust } from '@parley/common/trust';
import { LaunchError } from '../base/launch-error.ts';
import type { PostgresHome } from './postgres-home.ts';
import type { ProcessIdentity, ServiceSpec } from '../supervisor/service-spec.ts';

const USER = 'parley';
/** The gateway reaches the tables of accounts and no others. */
const ACCOUNTS = { role: 'parley_accounts', schema: 'accounts' };
const DATABASE = 'parley';
const HOST = '127.0.0.1';

/** Printed with the first start. */
export const SETUP_LINE =
  'Nobody needs an account. The first one becomes the operator, with the code that "npm run accounts -- setup-code" prints.';

// A small server for one machine: little memory, few processes, everything durable.
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  max_connections: '50',
  shared_buffers: '16MB',
  work_mem: '2MB',
  maintenance_work_mem: '16MB',
  max_wal_size: '128MB',
  min_wal_size: '32MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_worker_processes: '1',
  max_logical_replication_workers: '0',
  max_parallel_workers: '0',
  autovacuum_max_workers: '1',
  jit: 'off',
  // Errors without the values of rows, which may hold the code of a room.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

// From this version on, PostgreSQL brings a locale provider of its own. Older versions use that of the system.
const OWN_LOCALE_FROM = 17;
const IO_METHOD_FROM = 18;

/** With a certificate the server speaks TLS alone, as in compose. `script` is deploy/postgres/run.sh. */
export interface PostgresProof {
  readonly script: string;
  readonly certificatePath: string;
  readonly keyPath: string;
  readonly authorityPath: string;
}

type Passwords = Pick<Secrets, 'databasePassword' | 'accountsDatabasePassword'>;

/** The PostgreSQL server of a launcher: makes the cluster once, and describes the service and its address. */
export class Postgres {
  readonly #home: PostgresHome;
  readonly #port: number;
  readonly #passwords: Passwords;
  readonly #proof: PostgresProof | undefined;
  #isGranted = false;

  /** Makes the database cluster if there is none yet. */
  static create(home: PostgresHome, port: number, passwords: Passwords, proof?: PostgresProof): Postgres {
    const postgres = new Postgres(home, port, passwords, proof);
    postgres.#ensureCluster();
    return postgres;
  }

  static exists(home: PostgresHome): boolean {
    return Postgres.majorOf(home) !== undefined;
  }

  /** The major version that made the database, such as "18". `undefined` if there is no database. */
  static majorOf({ folder }: PostgresHome): string | undefined {
    const file = join(folder, 'cluster', 'PG_VERSION');
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  }

  private constructor(
    home: PostgresHome,
    port: number,
    passwords: Passwords,
    proof: PostgresProof | undefined,
  ) {
    this.#home = home;
    this.#port = port;
    this.#passwords = passwords;
    this.#proof = proof;
  }

  get url(): string {
    return this.#urlOf(USER, this.#passwords.databasePassword);
  }

  /** The address with the role that owns the schema `accounts`. */
  get accountsUrl(): string {
    return this.#urlOf(ACCOUNTS.role, this.#passwords.accountsDatabasePassword);
  }

  get spec(): ServiceSpec {
    const ioMethod = this.#home.major >= IO_METHOD_FROM ? { io_method: 'sync' } : {};
    const stranger = this.#strangerOfPidFile();
    const settings = Object.entries({ ...SETTINGS, ...ioMethod }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const command: [string, ...string[]] = [
      this.#program('postgres'),
      '-D',
      this.#cluster,
      '-p',
      String(this.#port),
      ...settings,
    ];
    return {
      name: 'postgres',
      after: [],
      command: this.#proof ? ['sh', this.#proof.script, ...command] : command,
      cwd: '/',
      env: {
        PATH: process.env.PATH,
        TZ: 'UTC',
        LC_ALL: 'C',
        ...(this.#proof && {
          POSTGRES_TLS_CERTIFICATE: this.#proof.certificatePath,
          POSTGRES_TLS_KEY: this.#proof.keyPath,
          POSTGRES_TLS_DIR: join(this.#home.folder, 'tls'),
        }),
        // A server takes no process of this number for another server, as if it had been started by it.
        ...(stranger !== undefined && { PG_GRANDPARENT_PID: String(stranger) }),
      },
      address: `${HOST}:${this.#port}`,
      isReady: async (pid) => this.#saysReady(pid) && (await this.#grantAccounts()),
      // SIGINT is the fast shutdown of PostgreSQL: it ends the sessions and writes everything to the disk.
      stopSignal: 'SIGINT',
      ...(this.#home.identity ? { identity: this.#home.identity } : {}),
    };
  }

  /**
   * After a power failure the pid file is still there, and its number may belong to another program by now. If that runs as the user of the
   * server, the server would take it for itself and never start. Nobody else starts a server here: the launcher has the lock of the folder.
   */
  #strangerOfPidFile(): number | undefined {
    try {
      const [first = ''] = readFileSync(join(this.#cluster, 'postmaster.pid'), 'utf8').split('\n');
      const args = readFileSync(`/proc/${Number(first)}/cmdline`, 'utf8').split('\0');
      return args.includes(this.#cluster) ? undefined : Number(first);
    } catch {
      // The file or the process does not exist.
      return undefined;
    }
  }

  /** Makes the role and the schema of the accounts, also in a database that an older version of Parley made without them. */
  async #grantAccounts(): Promise<boolean> {
    if (this.#isGranted) return true;
    try {
      await ensureSchemaOwner(
        { databaseUrl: this.url, trust: this.#trust },
        { ...ACCOUNTS, password: this.#passwords.accountsDatabasePassword },
      );
      this.#isGranted = true;
    } catch {
      // The server takes no connections yet. If that stays so, the start ends with the time that a service has for it.
    }
    return this.#isGranted;
  }

  get #trust(): ServerTrust | undefined {
    return this.#proof && { authority: readFileSync(this.#proof.authorityPath, 'utf8'), name: 'postgres' };
  }

  #urlOf(user: string, password: string): string {
    return `postgres://${user}:${password}@${HOST}:${this.#port}/${DATABASE}`;
  }

  get #cluster(): string {
    return join(this.#home.folder, 'cluster');
  }

  #program(name: string): string {
    return join(this.#home.programs, 'bin', name);
  }

  #ensureCluster(): void {
    if (Postgres.exists(this.#home)) return this.#checkVersion();
    const { folder, identity } = this.#home;
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
    this.#own(folder, identity);
    const part = join(folder, 'cluster.part');
    const passwordFile = join(folder, 'password.part');
    rmSync(part, { recursive: true, force: true });
    try {
      writeFileSync(passwordFile, `${this.#passwords.databasePassword}\n`, { mode: 0o600 });
      this.#own(passwordFile, identity);
      this.#initialize(part, passwordFile);
      renameSync(part, this.#cluster);
    } finally {
      rmSync(passwordFile, { force: true });
    }
  }

  #initialize(cluster: string, passwordFile: string): void {
    const hasOwnLocale = this.#home.major >= OWN_LOCALE_FROM;
    const locale = hasOwnLocale
      ? ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : ['--encoding=UTF8', '--locale=C.UTF-8'];
    const access = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    this.#execute('initdb', ['-D', cluster, ...access, ...locale]);
    this.#execute('postgres', ['--single', '-D', cluster, 'postgres'], `CREATE DATABASE ${DATABASE};\n`);
  }

  #execute(program: string, args: string[], input = ''): void {
    const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
    const result = spawnSync(this.#program(program), args, {
      ...this.#home.identity,
      cwd: '/',
      env,
      input,
      encoding: 'utf8',
    });
    if (result.status === 0) return;
    const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`.trim();
    if (/no space left/i.test(output))
      throw new LaunchError(`The disk is full (${this.#home.folder}). Free some space and start again.`);
    throw new LaunchError(`The database could not be made (${program}):\n${output}`);
  }

  #own(path: string, identity: ProcessIdentity | undefined): void {
    if (identity) chownSync(path, identity.uid, identity.gid);
  }

  #checkVersion(): void {
    const have = Postgres.majorOf(this.#home);
    const want = String(this.#home.major);
    if (have === want) return;
    throw new LaunchError(
      [
        `The database in ${this.#home.folder} was made by PostgreSQL ${have}, this is ${want}. To move it (each with --stack if it is that of npm run stack):`,
        '  npm run data -- export parley.data',
        `  mv ${this.#home.folder} ${this.#home.folder}-${have}`,
        '  npm run data -- import parley.data',
      ].join('\n'),
    );
  }

  /** The server writes its state into the eighth line of its pid file, where pg_ctl reads it as well. */
  #saysReady(pid: number): boolean {
    try {
      const lines = readFileSync(join(this.#cluster, 'postmaster.pid'), 'utf8').split('\n');
      return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
    } catch {
      return false;
    }
  }
}

/** Makes the cluster if there is none, and says so, because that takes a few seconds. */
export function preparePostgres(
  home: PostgresHome,
  port: number,
  passwords: Passwords,
  steps: Steps,
  proof?: PostgresProof,
): Postgres {
  if (home.note) steps.say(home.note);
  if (!Postgres.exists(home)) steps.say('Making the database (a few seconds, once) …');
  return Postgres.create(home, port, passwords, proof);
}
