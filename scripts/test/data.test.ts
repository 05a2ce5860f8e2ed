import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createPool, migrate } from '@parley/common/postgres';
import { silentLogger as logger } from '@parley/common/testing';
import { ROOT } from '../lib/paths.mjs';
import { Steps } from '../lib/steps.mjs';
import { ensureSecrets } from '../bootstrap/secrets.mjs';
import { PortBook } from '../launcher/base/ports.ts';
import { readDataOptions } from '../launcher/data/data-options.ts';
import { findPostgresHome } from '../launcher/services/postgres-home.ts';
import { Postgres } from '../launcher/services/postgres.ts';
import { Supervisor } from '../launcher/supervisor/supervisor.ts';

const MAIN = join(ROOT, 'scripts', 'launcher', 'data', 'main.ts');
const OLD_PROGRAMS = '/usr/lib/postgresql/15';
const whereOldOneIs = existsSync(join(OLD_PROGRAMS, 'bin', 'postgres')) ? test : test.skip;
const silent = new Steps(new Writable({ write: (_chunk, _encoding, done) => done() }));

let folder: string;
let book: PortBook;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-data-'));
  chmodSync(folder, 0o711);
  book = new PortBook();
});

afterEach(() => {
  book.close();
  rmSync(folder, { recursive: true, force: true });
});

/** An installation that was started once, and has a room. */
async function installation(dataDir: string, programs?: string): Promise<void> {
  const secrets = ensureSecrets(dataDir);
  const home = findPostgresHome(dataDir, secrets.instanceId, undefined, programs);
  const postgres = Postgres.create(home, await book.pick(58_432), secrets);
  const supervisor = new Supervisor([postgres.spec], join(dataDir, 'logs'), silent);
  await supervisor.start();
  const pool = createPool({ databaseUrl: postgres.url, logger });
  await migrate(pool, {
    schema: 'rooms',
    directory: join(ROOT, 'services', 'signaling', 'migrations'),
    logger,
  });
  await pool.query(`INSERT INTO rooms.rooms (code, title) VALUES ('abc-defg-hij', 'Prüfung')`);
  await pool.close();
  await supervisor.stop();
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

/** The lines of an export besides its header, which has the time, and its end, which has the checksum. */
function rowsIn(file: string): string[] {
  return gunzipSync(readFileSync(file)).toString().trimEnd().split('\n').slice(1, -1);
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
