import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { freePort } from '@parley/common/testing';
import { Steps } from '../lib/steps.mjs';
import { Supervisor } from '../launcher/supervisor/supervisor.ts';
import { findPostgresHome } from '../launcher/services/postgres-home.ts';
import { Postgres } from '../launcher/services/postgres.ts';

const IS_ROOT = process.getuid?.() === 0;
const PASSWORDS = { databasePassword: 'correct-horse', accountsDatabasePassword: 'battery-staple' };
const silent = new Steps(new Writable({ write: (_chunk, _encoding, done) => done() }));

let folder: string;
let supervisor: Supervisor | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-postgres-'));
  chmodSync(folder, 0o711);
});

afterEach(async () => {
  await supervisor?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function startPostgres(): Promise<Postgres> {
  const postgres = Postgres.create(
    findPostgresHome(folder, 'test', join(folder, 'state')),
    await freePort(),
    PASSWORDS,
  );
  supervisor = new Supervisor([postgres.spec], join(folder, 'logs'), silent);
  await supervisor.start();
  return postgres;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function firstPid(): number {
  return supervisor?.pids.get('postgres') ?? 0;
}

test('a real server comes up with our database, keeps it over a restart, and never runs as root', async () => {
  const first = await startPostgres();
  expect(await query(first.url, `SELECT upper('é') AS upper, current_database() AS name`)).toEqual([
    { upper: 'É', name: 'parley' },
  ]);
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  expect(statSync(`/proc/${firstPid()}`).uid).not.toBe(0);
  await supervisor?.stop();

  const second = await startPostgres();
  expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('the role of the gateway owns the schema of accounts, and knows nothing else', async () => {
  const { url, accountsUrl } = await startPostgres();
  await query(url, 'CREATE SCHEMA rooms; CREATE TABLE rooms.rooms (code text)');
  await query(accountsUrl, 'CREATE TABLE accounts.made (id int)');
  await expect(query(accountsUrl, 'SELECT * FROM rooms.rooms')).rejects.toThrow(/permission denied/);
  await expect(query(accountsUrl.replace('battery-staple', 'wrong'), 'SELECT 1')).rejects.toThrow(
    /password authentication failed/,
  );
});

test('it asks everybody for the password and listens on this machine only', async () => {
  const { url, spec } = await startPostgres();
  await expect(query(url.replace(PASSWORDS.databasePassword, 'wrong'), 'SELECT 1')).rejects.toThrow(
    /password authentication failed/,
  );
  expect(readFileSync(join(folder, 'postgres/cluster/pg_hba.conf'), 'utf8')).not.toMatch(
    /^[^#\n]*\btrust\b/m,
  );
  const port = Number(spec.address.split(':')[1]);
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const listening = readFileSync('/proc/net/tcp', 'utf8').match(
    new RegExp(`\\b[0-9A-F]{8}:${hexPort} 0{8}:0000 0A`, 'g'),
  );
  expect(listening).toEqual([`0100007F:${hexPort} 00000000:0000 0A`]);
});

test('a killed server is started again with what it had confirmed', async () => {
  const { url } = await startPostgres();
  await query(url, 'CREATE TABLE confirmed AS SELECT 1 AS one');
  const pid = firstPid();
  process.kill(pid, 'SIGKILL');
  for (;;) {
    const rows = await query(url, 'SELECT one FROM confirmed').catch(() => undefined);
    if (rows && firstPid() !== pid) {
      expect(rows).toEqual([{ one: 1 }]);
      return;
    }
  }
});

test('a pid file that a power failure left, and whose number another program has by now, stops no start', async () => {
  await startPostgres();
  await supervisor?.stop();
  const { identity } = findPostgresHome(folder, 'test', join(folder, 'state'));
  // Of the user of the server: it does not ask who owns the process.
  const other = spawn('sleep', ['60'], { ...identity, cwd: '/', stdio: 'ignore' });
  try {
    const cluster = join(folder, 'postgres', 'cluster');
    writeFileSync(join(cluster, 'postmaster.pid'), `${other.pid}\n${cluster}\n`);
    if (identity) chownSync(join(cluster, 'postmaster.pid'), identity.uid, identity.gid);
    const { url } = await startPostgres();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(other.exitCode).toBeNull();
  } finally {
    other.kill();
  }
});

test('a half-made cluster of an interrupted first start is made anew', async () => {
  mkdirSync(join(folder, 'postgres', 'cluster.part'), { recursive: true });
  writeFileSync(join(folder, 'postgres', 'cluster.part', 'PG_VERSION'), '18\n');
  const { url } = await startPostgres();
  expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(existsSync(join(folder, 'postgres', 'password.part'))).toBe(false);
});

test('a database of another major version is refused in words', async () => {
  await startPostgres();
  await supervisor?.stop();
  writeFileSync(join(folder, 'postgres', 'cluster', 'PG_VERSION'), '12\n');
  await expect(startPostgres()).rejects.toThrow(/was made by PostgreSQL 12, this is 18/);
});

const asRoot = IS_ROOT ? test : test.skip;

asRoot(
  'where its user cannot enter the data directory, the database is in another place, and a note says so',
  async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const home = findPostgresHome(join(closed, 'data'), 'abc', join(folder, 'state'));
    expect(home.folder).toBe(join(folder, 'state', 'abc'));
    expect(home.note).toContain('cannot enter');
    const postgres = Postgres.create(home, await freePort(), PASSWORDS);
    supervisor = new Supervisor([postgres.spec], join(folder, 'logs'), silent);
    await supervisor.start();
    expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  },
);

asRoot('a database whose directory was closed to it later is not replaced by an empty one', async () => {
  await startPostgres();
  await supervisor?.stop();
  chmodSync(folder, 0o700);
  await expect(startPostgres()).rejects.toThrow(/can no longer enter that directory/);
});
