import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createPool, migrate, type DatabasePool } from '@parley/common/postgres';
import { freePort, silentLogger as logger } from '@parley/common/testing';
import { ROOT } from '../lib/paths.mjs';
import { Steps } from '../lib/steps.mjs';
import { ensureSecrets } from '../bootstrap/secrets.mjs';
import { readDataOptions } from '../launcher/data/data-options.ts';
import { findPostgresHome } from '../launcher/services/postgres-home.ts';
import { Postgres } from '../launcher/services/postgres.ts';
import { Supervisor } from '../launcher/supervisor/supervisor.ts';

const MAIN = join(ROOT, 'scripts', 'launcher', 'data', 'main.ts');
const OLD_PROGRAMS = '/usr/lib/postgresql/15';
const whereOldOneIs = existsSync(join(OLD_PROGRAMS, 'bin', 'postgres')) ? test : test.skip;
const silent = new Steps(new Writable({ write: (_chunk, _encoding, done) => done() }));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-data-'));
  chmodSync(folder, 0o711);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the database of an installation, as `npm start` does, for the length of the task. */
async function withDatabase(
  dataDir: string,
  task: (rooms: DatabasePool, accounts: DatabasePool) => Promise<void>,
  programs?: string,
): Promise<void> {
  const secrets = ensureSecrets(dataDir);
  const home = findPostgresHome(dataDir, secrets.instanceId, undefined, programs);
  const postgres = Postgres.create(home, await freePort(), secrets);
  const supervisor = new Supervisor([postgres.spec], join(dataDir, 'logs'), silent);
  await supervisor.start();
  const rooms = createPool({ databaseUrl: postgres.url, logger });
  const accounts = createPool({ databaseUrl: postgres.accountsUrl, logger });
  await task(rooms, accounts);
  await Promise.all([rooms.close(), accounts.close()]);
  await supervisor.stop();
}

const migrationsOf = (service: string): string => join(ROOT, 'services', service, 'migrations');
const migrateAccounts = (pool: DatabasePool): Promise<void> =>
  migrate(pool, { schema: 'accounts', directory: migrationsOf('gateway'), logger });

/** An installation that was started once, and has a room. */
async function installation(dataDir: string, programs?: string): Promise<void> {
  await withDatabase(
    dataDir,
    async (pool) => {
      await migrate(pool, { schema: 'rooms', directory: migrationsOf('signaling'), logger });
      await pool.query(`INSERT INTO rooms.rooms (code, title) VALUES ('abc-defg-hij', 'Prüfung')`);
    },
    programs,
  );
}

const ANA = '0d3e7f0a-61b5-4c1e-9a57-1f2f3c4d5e6f';

/** An account with everything that belongs to it. */
async function addAccount(pool: DatabasePool): Promise<void> {
  await migrateAccounts(pool);
  const rows = [
    `accounts VALUES ($1, 'ana@example.org', 'Ana', true, 'hash of a password', false, NULL, now())`,
    `provider_logins VALUES ('https://provider.example', 'ana', $1)`,
    `sessions VALUES ($1, $1, now(), now(), now() + interval '1 day')`,
    String.raw`refresh_tokens VALUES ('\xab', $1, now(), NULL)`,
    String.raw`links (token_hash, kind, expires_at, account_id) VALUES ('\xcd', 'reset', now(), $1)`,
    `blocked_networks VALUES ($1, '192.0.2.7', 'noise', now(), now())`,
    String.raw`signing_keys VALUES ($1::uuid, '{}', '\xef', now(), NULL)`,
  ];
  for (const row of rows) await pool.query(`INSERT INTO accounts.${row}`, [ANA]);
}

/** A file of the chat: its bytes as the gateway keeps them, and its row unless nobody knows it any more. */
async function addFile(dataDir: string, bytes: Buffer, rooms?: DatabasePool): Promise<string> {
  const fileId = randomUUID();
  mkdirSync(join(dataDir, 'files', fileId.slice(0, 2)), { recursive: true });
  writeFileSync(pathOf(dataDir, fileId), bytes);
  await rooms?.query(
    `INSERT INTO rooms.chat_files (file_id, room_code, peer_id, name, size, stored_at)
     VALUES ($1, 'abc-defg-hij', 'p', 'plan.pdf', $2, now())`,
    [fileId, bytes.length],
  );
  return fileId;
}

const pathOf = (dataDir: string, fileId: string): string =>
  join(dataDir, 'files', fileId.slice(0, 2), fileId);

/** How many rows each table of accounts has. */
async function accountRows(pool: DatabasePool): Promise<Record<string, number>> {
  const tables = [
    'accounts',
    'provider_logins',
    'blocked_networks',
    'sessions',
    'refresh_tokens',
    'links',
    'signing_keys',
  ];
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM accounts.${table}`,
    );
    counts[table] = rows[0]?.count ?? 0;
  }
  return counts;
}

function data(dataDir: string, ...args: string[]): { status: number | null; stderr: string } {
  const env = { PATH: process.env.PATH, PARLEY_DATA_DIR: dataDir };
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', MAIN, ...args],
    { env, encoding: 'utf8' },
  );
  return { status, stderr };
}

/** The lines of an export besides its headers, which have the time, and its ends, which have the checksums. */
function rowsIn(file: string): string[] {
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  return lines.filter((line) => !/^\{"(?:format|end)":/.test(line));
}

test('what npm start stores goes into a file, and from there into an installation that was never started', async () => {
  const file = join(folder, 'parley.data');
  await installation(join(folder, 'one'));
  const exported = data(join(folder, 'one'), 'export', file);
  expect(exported).toEqual({ status: 0, stderr: expect.stringMatching(/Exported: .*\b1 rooms/) });
  const imported = data(join(folder, 'other'), 'import', file);
  expect(imported).toEqual({ status: 0, stderr: expect.stringMatching(/Imported: .*\b1 rooms/) });
  expect(data(join(folder, 'other'), 'export', `${file}.again`).status).toBe(0);
  expect(rowsIn(file)).toEqual([expect.stringContaining('Prüfung')]);
  expect(rowsIn(`${file}.again`)).toEqual(rowsIn(file));
  expect(data(join(folder, 'other'), 'import', file).stderr).toContain('Nothing was changed');
}, 120_000);

test('accounts and the bytes of files move too; log-ins, links, keys and files of nobody do not', async () => {
  const [one, other, file] = ['one', 'other', 'parley.data'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await installation(one);
  const bytes = randomBytes(300_000);
  const files: string[] = [];
  await withDatabase(one, async (rooms, accounts) => {
    await addAccount(accounts);
    files.push(await addFile(one, bytes, rooms), await addFile(one, bytes));
  });
  expect(data(one, 'export', file).status).toBe(0);
  const [kept = '', unknown = ''] = files;
  expect(data(other, 'import', file)).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('1 files'),
  });
  expect(readFileSync(pathOf(other, kept)).equals(bytes)).toBe(true);
  expect(existsSync(pathOf(other, unknown))).toBe(false);
  // As root the gateway is a user of its own, to whom its folder belongs.
  expect(statSync(pathOf(other, kept)).uid).toBe(statSync(join(other, 'files')).uid);
  await withDatabase(other, async (_rooms, accounts) => {
    // As the gateway does at its next start, with a role that reaches these tables alone.
    await migrateAccounts(accounts);
    expect(await accountRows(accounts)).toEqual({
      accounts: 1,
      provider_logins: 1,
      blocked_networks: 1,
      sessions: 0,
      refresh_tokens: 0,
      links: 0,
      signing_keys: 0,
    });
    const { rows } = await accounts.query('SELECT account_id, email, password_hash FROM accounts.accounts');
    expect(rows).toEqual([
      { account_id: ANA, email: 'ana@example.org', password_hash: 'hash of a password' },
    ]);
  });
}, 120_000);

test('what one service refuses, none imports', async () => {
  const [one, other, file] = ['one', 'other', 'parley.data'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await installation(one);
  await withDatabase(one, async (rooms, accounts) => {
    await addAccount(accounts);
    await addFile(one, randomBytes(1_000), rooms);
  });
  expect(data(one, 'export', file).status).toBe(0);
  await withDatabase(other, (_rooms, accounts) => addAccount(accounts));
  const refused = data(other, 'import', file);
  expect(refused).toEqual({
    status: 1,
    stderr: expect.stringMatching(/has data already \(accounts, blocked_networks, provider_logins\)/),
  });
  await withDatabase(other, async (rooms) => {
    expect((await rooms.query(`SELECT 1 FROM pg_tables WHERE schemaname = 'rooms'`)).rows).toEqual([]);
  });
  expect(existsSync(join(other, 'files', 'incoming'))).toBe(true);
  const kept = readdirSync(join(other, 'files'), { recursive: true, encoding: 'utf8' });
  expect(kept).toEqual(['incoming']);
  expect(data(other, 'import', file, '--replace').status).toBe(0);
}, 120_000);

test('an import into the installation that runs is refused', async () => {
  const dataDir = join(folder, 'running');
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'running.json'), JSON.stringify({ pid: process.pid, services: [] }));
  expect(data(dataDir, 'import', join(folder, 'x')).stderr).toContain('Stop it first');
});

test('there is nothing to export before the first start', () => {
  expect(data(join(folder, 'new'), 'export', join(folder, 'x'))).toEqual({
    status: 1,
    stderr: expect.stringContaining('There is no database in'),
  });
});

test('a database of a version whose programs are not here: the words say what to install', () => {
  mkdirSync(join(folder, 'old', 'postgres', 'cluster'), { recursive: true });
  writeFileSync(join(folder, 'old', 'postgres', 'cluster', 'PG_VERSION'), '9\n');
  expect(data(join(folder, 'old'), 'export', join(folder, 'x')).stderr).toMatch(
    /programs of PostgreSQL 9 .*postgresql-9\), or name their folder with --programs/,
  );
});

whereOldOneIs(
  'a database of PostgreSQL 15 moves to the present one as the refusal says',
  async () => {
    const stack = join(folder, 'stack');
    const file = join(folder, 'parley.data');
    await installation(stack, OLD_PROGRAMS);
    expect(data(stack, 'import', file).stderr).toMatch(
      /was made by PostgreSQL 15, this is 18\. To move it[^]*npm run data -- export/,
    );
    expect(data(folder, 'export', file, '--stack').status).toBe(0);
    renameSync(join(stack, 'postgres'), join(stack, 'postgres-15'));
    expect(data(folder, 'import', file, '--stack').status).toBe(0);
    expect(data(folder, 'export', `${file}.again`, '--stack').status).toBe(0);
    expect(rowsIn(`${file}.again`)).toEqual(rowsIn(file));
  },
  120_000,
);

test('its options are read strictly', () => {
  expect(readDataOptions(['export', '-'])).toMatchObject({ command: 'export', file: '-', isStack: false });
  for (const wrong of [[], ['export'], ['remove', 'x'], ['export', 'x', 'y'], ['import', 'x', '--force']])
    expect(() => readDataOptions(wrong)).toThrow(/npm run data -- export FILE/);
});
