import { execFile } from 'node:child_process';
import {
  createReadStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exportData, importData } from '@parley/common/data';
import { createPool, migrate, type DatabasePool } from '@parley/common/postgres';
import { silentLogger as logger, startPostgres, type TestPostgres } from '@parley/common/testing';

const directory = path.resolve(import.meta.dirname, '../migrations');
const TOOL = path.resolve(import.meta.dirname, '../src/data.ts');
const SCHEMAS = [{ name: 'rooms', directory }];
/** The sentence with the counts of all tables, of which these have rows. */
function counted(done: 'Exported' | 'Imported'): RegExp {
  return new RegExp(
    `^${done}: (?=.*\\b2 rooms\\b)(?=.*\\b1 call_sessions\\b)(?=.*\\b1198 chat_messages\\b).*\\n$`,
  );
}

const TABLES = ['rooms', 'chat_messages', 'call_sessions', 'bans'];
const folder = mkdtempSync(path.join(tmpdir(), 'parley-data-'));

let here: TestPostgres;
let there: TestPostgres;
let databases = 0;

beforeAll(async () => {
  [here, there] = await Promise.all([startPostgres(), startPostgres()]);
}, 120_000);

afterAll(async () => {
  await Promise.all([here.stop(), there.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

async function emptyDatabase(postgres: TestPostgres): Promise<string> {
  databases += 1;
  return await postgres.createDatabase(`data_${databases}`);
}

async function withPool<T>(databaseUrl: string, task: (pool: DatabasePool) => Promise<T>): Promise<T> {
  const pool = createPool({ databaseUrl, logger });
  try {
    return await task(pool);
  } finally {
    await pool.close();
  }
}

/** A database with a call in it: names and lines of every kind, times to the microsecond, deleted lines before the last one. */
async function filledDatabase(): Promise<string> {
  const url = await emptyDatabase(here);
  await withPool(url, async (pool) => {
    await migrate(pool, { schema: 'rooms', directory, logger });
    await pool.query(`INSERT INTO rooms.rooms (code, title, created_at) VALUES
      ('abc-defg-hij', E'Prüfung "A"\\\\B\\n\\tשלום 👩‍👧', '2026-11-01 10:00:00.123456+05:30'), ('xyz', '', 'infinity')`);
    await pool.query(`INSERT INTO rooms.chat_messages
        (message_id, room_code, client_message_id, from_peer_id, from_name, to_peer_id, to_name, body)
      SELECT gen_random_uuid(), 'abc-defg-hij', gen_random_uuid(), 'p' || n, 'Ana', nullif('p' || n % 3, 'p0'), NULL, repeat('ж', n % 2000 + 1)
        FROM generate_series(1, 1300) AS n`);
    await pool.query(`DELETE FROM rooms.chat_messages WHERE seq BETWEEN 100 AND 200 OR seq = 1300`);
    await pool.query(`INSERT INTO rooms.call_sessions (session_id, room_code, peer_id, display_name, joined_at, last_seen_at)
      VALUES (gen_random_uuid(), 'xyz', 'p1', 'null', now(), now())`);
    await pool.query(`INSERT INTO rooms.bans (ban_id, room_code, identity, display_name, banned_by, banned_at)
      VALUES (gen_random_uuid(), 'xyz', 'browser:12345678', 'Eve', 'Ana', now())`);
  });
  return url;
}

async function contentOf(databaseUrl: string): Promise<unknown> {
  return await withPool(databaseUrl, async (pool) => {
    const content: Record<string, unknown> = {};
    for (const table of TABLES)
      content[table] = (
        await pool.query(`SELECT t::text AS row FROM rooms.${table} t ORDER BY t::text COLLATE "C"`)
      ).rows;
    content.sequences = (await pool.query('SELECT sequencename, last_value FROM pg_sequences')).rows;
    content.migrations = (
      await pool.query('SELECT name, checksum FROM rooms.applied_migrations ORDER BY name')
    ).rows;
    return content;
  });
}

function tool(databaseUrl: string, ...args: string[]): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl };
    const child = execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', TOOL, ...args],
      { env },
      (_error, _stdout, stderr) => resolve({ code: child.exitCode ?? -1, stderr }),
    );
  });
}

async function importInto(databaseUrl: string, file: Buffer, replace = false): Promise<unknown> {
  return await withPool(databaseUrl, (pool) =>
    importData(pool, { schemas: SCHEMAS, from: Readable.from([file]), replace }),
  );
}

describe('an export of all data', () => {
  let source: string;
  let file: string;

  beforeEach(async () => {
    source = await filledDatabase();
    file = path.join(folder, `${databases}.data`);
    expect(await tool(source, 'export', file)).toEqual({
      code: 0,
      stderr: expect.stringMatching(counted('Exported')),
    });
  });

  test('gives another server exactly what was there, and its counters go on', async () => {
    const target = await emptyDatabase(there);
    expect(await tool(target, 'import', file)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(counted('Imported')),
    });
    expect(await contentOf(target)).toEqual(await contentOf(source));
    await withPool(target, async (pool) => {
      // As signaling does at its next start.
      await migrate(pool, { schema: 'rooms', directory, logger });
      const { rows } = await pool.query<{ seq: string }>(`INSERT INTO rooms.chat_messages
        (message_id, room_code, client_message_id, from_peer_id, from_name, body)
        VALUES (gen_random_uuid(), 'xyz', gen_random_uuid(), 'p', 'Ben', 'hi') RETURNING seq`);
      expect(rows[0]?.seq).toBe('1301');
    });
  });

  test('is readable by its owner alone, and does not write over a file', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = readFileSync(file);
    expect(await tool(source, 'export', file)).toEqual({ code: 1, stderr: `${file} exists already.\n` });
    expect(readFileSync(file)).toEqual(before);
  });

  test('is refused by a database with data, unless it is to be replaced', async () => {
    const target = await filledDatabase();
    const before = await contentOf(target);
    const refused = await tool(target, 'import', file);
    expect(refused.stderr).toMatch(
      /^The database has data already \(bans, call_sessions, chat_messages, rooms\)\. Nothing was changed\. With --replace/,
    );
    expect(refused.code).toBe(1);
    expect(await contentOf(target)).toEqual(before);
    expect((await tool(target, 'import', file, '--replace')).code).toBe(0);
    expect(await contentOf(target)).toEqual(await contentOf(source));
  });

  test('is refused while a service uses the database', async () => {
    const target = await emptyDatabase(there);
    await withPool(target, async (service) => {
      await service.query('SELECT 1');
      expect((await tool(target, 'import', file)).stderr).toContain('Stop it first');
    });
  });

  test.each([
    ['cut off', (data: Buffer) => data.subarray(0, data.length - 200)],
    ['with another row', (data: Buffer) => gzipSync(gunzipSync(data).toString().replace('"Ana"', '"Eve"'))],
    [
      'without a row',
      (data: Buffer) =>
        gzipSync(
          gunzipSync(data)
            .toString()
            .replace(/\n\{"seq": 7,.*/, ''),
        ),
    ],
    [
      'without its end',
      (data: Buffer) =>
        gzipSync(
          gunzipSync(data)
            .toString()
            .replace(/\n.*\n$/, '\n'),
        ),
    ],
    ['with more behind it', (data: Buffer) => gzipSync(`${gunzipSync(data).toString()}{}\n`)],
    ['that is something else', () => Buffer.from('PGDMP')],
    [
      'of another format',
      (data: Buffer) => gzipSync(gunzipSync(data).toString().replace('"version":1', '"version":2')),
    ],
  ])('%s changes nothing', async (_what, damage) => {
    const damaged = damage(readFileSync(file));
    expect(damaged.equals(readFileSync(file))).toBe(false);
    const target = await filledDatabase();
    const before = await contentOf(target);
    await expect(importInto(target, damaged, true)).rejects.toThrow(
      /no export of Parley, or it is damaged|refuses rows/,
    );
    expect(await contentOf(target)).toEqual(before);
  });

  test('of a newer Parley is refused by name, and nothing is made', async () => {
    const newer = gunzipSync(readFileSync(file))
      .toString()
      .replace('"tables":', '"tables":')
      .replace(/("migrations":\[.*?)\]/, '$1,{"name":"9999_later.sql","checksum":"ab"}]');
    const target = await emptyDatabase(there);
    await expect(importInto(target, gzipSync(newer))).rejects.toThrow(
      /its last migration is 9999_later\.sql/,
    );
    await withPool(target, async (pool) => {
      expect((await pool.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'rooms'`)).rows).toEqual([]);
    });
  });
});

test('an export of an older version is imported as it was; the next start migrates it', async () => {
  const old = mkdtempSync(path.join(folder, 'old-'));
  for (const name of ['0001_rooms.sql', '0002_chat_messages.sql'])
    writeFileSync(path.join(old, name), readFileSync(path.join(directory, name)));
  const source = await emptyDatabase(here);
  const file = path.join(folder, 'old.data');
  await withPool(source, async (pool) => {
    await migrate(pool, { schema: 'rooms', directory: old, logger });
    await pool.query(`INSERT INTO rooms.rooms (code, title) VALUES ('abc', 'Old')`);
  });
  expect((await tool(source, 'export', file)).code).toBe(0);
  const target = await emptyDatabase(there);
  await withPool(target, async (pool) => {
    await migrate(pool, { schema: 'rooms', directory, logger });
  });
  await withPool(target, async (pool) => {
    await importData(pool, { schemas: SCHEMAS, from: createReadStream(file) });
    await migrate(pool, { schema: 'rooms', directory, logger });
    expect((await pool.query('SELECT title FROM rooms.rooms')).rows).toEqual([{ title: 'Old' }]);
    expect((await pool.query('SELECT count(*)::int AS count FROM rooms.call_sessions')).rows).toEqual([
      { count: 0 },
    ]);
  });
});

test('a database without Parley, or none at all, is reported in words', async () => {
  const file = path.join(folder, 'none.data');
  expect((await tool(await emptyDatabase(here), 'export', file)).stderr).toBe(
    'The database has no schema "rooms" of Parley.\n',
  );
  expect((await tool('postgres://parley@127.0.0.1:1/parley', 'export', file)).stderr).toMatch(
    /^The database or the place of the files cannot be reached/,
  );
  expect(existsSync(file)).toBe(false);
  await withPool(await emptyDatabase(here), async (pool) => {
    const to = new (await import('node:stream')).PassThrough();
    await expect(exportData(pool, { schemas: SCHEMAS, to })).rejects.toThrow('no schema');
  });
});
