import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool, type DatabasePool, isUniqueViolation, migrate } from '@parley/common/postgres';
import { ensureSchemaOwner } from '@parley/common/schema-owner';
import {
  captureLogger,
  silentLogger,
  startPostgres,
  waitFor,
  type TestPostgres,
} from '../src/testing/index.ts';

let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
}, 180_000);

afterAll(() => postgres.stop());

describe('a database pool', () => {
  let pool: DatabasePool;
  const captured = captureLogger();

  beforeEach(() => {
    const timeouts = { statementTimeoutMs: 400, connectTimeoutMs: 1_000, maxConnections: 2 };
    pool = createPool({ databaseUrl: postgres.databaseUrl, logger: captured.logger, ...timeouts });
  });

  afterEach(() => pool.close());

  test('answers a query with its values', async () => {
    const result = await pool.query<{ sum: number }>('SELECT $1::int + $2::int AS sum', [2, 3]);
    expect(result.rows).toEqual([{ sum: 5 }]);
  });

  test('keeps a transaction that ends well and undoes one that fails', async () => {
    await pool.query('CREATE TABLE notes (text text UNIQUE)');
    await pool.transaction((connection) => connection.query("INSERT INTO notes VALUES ('kept')"));
    const failing = pool.transaction(async (connection) => {
      await connection.query("INSERT INTO notes VALUES ('undone')");
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect((await pool.query('SELECT text FROM notes')).rows).toEqual([{ text: 'kept' }]);
  });

  test('recognises a unique violation among other errors', async () => {
    await pool.query("CREATE TABLE codes (code text PRIMARY KEY); INSERT INTO codes VALUES ('a')");
    const duplicate: unknown = await pool
      .query("INSERT INTO codes VALUES ('a')")
      .catch((error: unknown) => error);
    expect(isUniqueViolation(duplicate)).toBe(true);
    const syntax: unknown = await pool.query('SELEKT').catch((error: unknown) => error);
    expect(isUniqueViolation(syntax)).toBe(false);
    expect(syntax).not.toHaveProperty('code', 'unavailable');
  });

  test('gives up a statement that takes too long, with timeout', async () => {
    await expect(pool.query('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: 'timeout' });
    await expect(pool.query('SELECT 1')).resolves.toBeDefined();
  });

  test('says unavailable when all connections stay busy, and recovers', async () => {
    const gate = Promise.withResolvers<void>();
    const busy = [1, 2].map(() => pool.session(() => gate.promise));
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: 'unavailable' });
    gate.resolve();
    await Promise.all(busy);
    await expect(pool.query('SELECT 1')).resolves.toBeDefined();
  });

  test('says unavailable when there is no server at that address', async () => {
    const nowhere = createPool({ databaseUrl: 'postgres://parley@127.0.0.1:1/none', logger: silentLogger });
    await expect(nowhere.query('SELECT 1')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(nowhere.patientSession(async () => 1)).rejects.toMatchObject({ code: 'unavailable' });
    await nowhere.close();
  });

  test('says unavailable while the server is away, lives on, and works again when it is back', async () => {
    await pool.query('SELECT 1');
    const inFlight = pool.session(async (connection) => {
      await connection.query('SELECT 1');
      await postgres.kill();
      await connection.query('SELECT 2');
    });
    await expect(inFlight).rejects.toMatchObject({ code: 'unavailable' });
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: 'unavailable' });
    await postgres.restart();
    await waitFor(() => pool.query('SELECT 1'));
  });

  test('logs an idle connection that the server drops instead of ending the process', async () => {
    await pool.query('SELECT 1');
    const other = createPool({ databaseUrl: postgres.databaseUrl, logger: silentLogger });
    await other.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state = 'idle'",
    );
    await waitFor(() => captured.lines.some((line) => line['msg'] === 'database connection lost'));
    await expect(pool.query('SELECT 1')).resolves.toBeDefined();
    await other.close();
  });

  test('refuses everything after close, and closes once', async () => {
    await Promise.all([pool.close(), pool.close()]);
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: 'closed' });
    await expect(pool.session(async () => 1)).rejects.toMatchObject({ code: 'closed' });
    await expect(pool.patientSession(async () => 1)).rejects.toMatchObject({ code: 'closed' });
    expect(pool.closed).toBe(true);
  });
});

describe('migrations', () => {
  let pool: DatabasePool;
  let databaseUrl: string;
  let directory: string;
  let count = 0;

  beforeEach(async () => {
    databaseUrl = await postgres.createDatabase(`migrations_${count++}`);
    pool = createPool({ databaseUrl, logger: silentLogger });
    directory = path.join(await mkdtemp(path.join(os.tmpdir(), 'parley-migrations-')), 'sql');
    await mkdir(directory);
    await write('0001-rooms.sql', 'CREATE TABLE room (code text PRIMARY KEY); CREATE TABLE log (line text);');
    await write('0002-title.sql', "ALTER TABLE room ADD title text; INSERT INTO log VALUES ('once');");
  });

  afterEach(async () => {
    await pool.close();
    await rm(path.dirname(directory), { recursive: true });
  });

  const write = (name: string, sql: string) => writeFile(path.join(directory, name), sql);
  const run = (schema = 'rooms') => migrate(pool, { schema, directory, logger: silentLogger });
  /** Advisory locks of this database, held or waited for. */
  const locks = async () => {
    const ours = 'database = (SELECT oid FROM pg_database WHERE datname = current_database())';
    return (await pool.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND ${ours}`)).rows.length;
  };
  const logLines = async () => (await pool.query<{ line: string }>('SELECT line FROM rooms.log')).rows;

  test('run in order, in the schema of their service', async () => {
    await run();
    await pool.query("INSERT INTO rooms.room (code, title) VALUES ('a', 'b')");
    expect(await logLines()).toEqual([{ line: 'once' }]);
  });

  test('run once, and later only the new ones', async () => {
    await run();
    await write('0003-more.sql', "INSERT INTO log VALUES ('new')");
    await run();
    await run();
    expect(await logLines()).toEqual([{ line: 'once' }, { line: 'new' }]);
  });

  test('run once though many instances start together', async () => {
    await Promise.all([run(), run(), run(), run()]);
    expect(await logLines()).toEqual([{ line: 'once' }]);
  });

  test('may take, and may wait for another instance, longer than any query', async () => {
    const hurried = createPool({ databaseUrl, logger: silentLogger, queryTimeoutMs: 100 });
    await write('0003-slow.sql', 'SELECT pg_sleep(0.5)');
    const lock = "hashtext('parley:migrate:rooms')";
    const { promise: over, resolve: finish } = Promise.withResolvers<void>();
    const other = pool.session(async (connection) => {
      await connection.query(`SELECT pg_advisory_lock(${lock})`);
      await over;
      await connection.query(`SELECT pg_advisory_unlock(${lock})`);
    });
    await waitFor(async () => (await locks()) === 1);
    const waiting = migrate(hurried, { schema: 'rooms', directory, logger: silentLogger });
    waiting.catch(() => undefined);
    await waitFor(async () => (await locks()) === 2);
    await expect(hurried.query('SELECT pg_sleep(0.5)')).rejects.toMatchObject({ code: 'unavailable' });
    finish();
    await Promise.all([other, waiting]);
    expect(await logLines()).toEqual([{ line: 'once' }]);
    await hurried.close();
    await waitFor(async () => (await locks()) === 0);
  });

  test('undo all of a file that fails, and keep the files before it', async () => {
    await write('0003-broken.sql', "INSERT INTO log VALUES ('half'); SELEKT;");
    await expect(run()).rejects.toThrow('migration 0003-broken.sql failed');
    expect(await logLines()).toEqual([{ line: 'once' }]);
    await write('0003-broken.sql', "INSERT INTO log VALUES ('mended')");
    await run();
    expect(await logLines()).toEqual([{ line: 'once' }, { line: 'mended' }]);
  });

  test('refuse a file that changed, went away or came before applied ones', async () => {
    await run();
    await write('0002-title.sql', 'SELECT 1');
    await expect(run()).rejects.toThrow('0002-title.sql has changed');
    await rm(path.join(directory, '0002-title.sql'));
    await expect(run()).rejects.toThrow(
      'a newer version of Parley has used this database: it has migration 0002-title.sql',
    );
    await write('0001-a.sql', 'SELECT 1');
    await expect(run()).rejects.toThrow('not here in its place');
  });

  test('refuse a file name or a schema name that is not valid', async () => {
    await write('latest.sql', 'SELECT 1');
    await expect(run()).rejects.toThrow('latest.sql');
    await expect(run('rooms"; DROP')).rejects.toThrow('not a schema name');
  });

  test('of two services stay apart', async () => {
    await run('rooms');
    await run('accounts');
    expect((await pool.query('SELECT line FROM accounts.log')).rows).toEqual([{ line: 'once' }]);
  });
});

describe('the owner of a schema', () => {
  const owner = { role: 'reader_of_notes', password: "it's a secret", schema: 'notes' };
  const asOwner = (databaseUrl: string) => {
    const url = new URL(databaseUrl);
    url.username = owner.role;
    url.password = encodeURIComponent(owner.password);
    return createPool({ databaseUrl: url.href, logger: silentLogger });
  };

  test('brings its own schema up to date and reaches no other', async () => {
    const databaseUrl = await postgres.createDatabase('owned');
    const all = createPool({ databaseUrl, logger: silentLogger });
    await all.query('CREATE SCHEMA rooms; CREATE TABLE rooms.rooms (code text)');
    await Promise.all([ensureSchemaOwner({ databaseUrl }, owner), ensureSchemaOwner({ databaseUrl }, owner)]);
    const own = asOwner(databaseUrl);
    const directory = await mkdtemp(path.join(os.tmpdir(), 'parley-migrations-'));
    await writeFile(path.join(directory, '0001_notes.sql'), 'CREATE TABLE notes.notes (text text)');
    await migrate(own, { schema: 'notes', directory, logger: silentLogger });
    await own.query("INSERT INTO notes.notes VALUES ('kept')");
    expect((await own.query('SELECT text FROM notes.notes')).rows).toEqual([{ text: 'kept' }]);
    await expect(own.query('SELECT * FROM rooms.rooms')).rejects.toThrow(/permission denied/);
    await expect(own.query('CREATE SCHEMA other')).rejects.toThrow(/permission denied/);
    await expect(own.query('CREATE ROLE other')).rejects.toThrow(/permission denied/);
    await rm(directory, { recursive: true });
    await own.close();
    await all.close();
  });

  test('is not made of a name that could be something else', async () => {
    const wrong = { ...owner, schema: 'notes"; DROP SCHEMA rooms; --' };
    await expect(ensureSchemaOwner({ databaseUrl: postgres.databaseUrl }, wrong)).rejects.toThrow(TypeError);
  });
});
