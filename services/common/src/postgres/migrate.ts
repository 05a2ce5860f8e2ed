import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DatabasePool, Queryable } from './database.ts';
import type { Logger } from '../logging/logger.ts';

const FILE_NAME = /^\d{3,}[-_][\w-]+\.sql$/;
const SCHEMA_NAME = /^[a-z][a-z0-9_]{0,40}$/;

type MigrateOptions = {
  /** Owned by the calling service; made when absent, and first in the search path of each file. */
  schema: string;
  /** Holds `0001-name.sql`, `0002-name.sql`, ... */
  directory: string;
  logger: Logger;
};

type Migration = { name: string; sql: string; checksum: string };

/**
 * Applies the files that were not applied yet, in order, each in a transaction. Instances that start together wait for
 * each other. Throws when a file that was applied has changed or is gone.
 */
export async function migrate(pool: DatabasePool, options: MigrateOptions): Promise<void> {
  const { schema, directory, logger } = options;
  if (!SCHEMA_NAME.test(schema)) throw new TypeError(`not a schema name: ${schema}`);
  const migrations = await readMigrations(directory);
  await pool.patientSession(async (connection) => {
    await lockMigrations(connection, schema);
    const applied = await readApplied(connection, schema);
    checkApplied(migrations, applied);
    for (const migration of migrations.slice(applied.length)) {
      await apply(connection, schema, migration);
      logger.info({ schema, migration: migration.name }, 'migration applied');
    }
  });
}

/**
 * Makes a schema that is not there, with the named files alone, as it was when they were the newest. The caller has begun a transaction. Throws
 * when the names or checksums are not those of the first files.
 */
export async function migrateTo(
  connection: Queryable,
  { schema, directory }: Pick<MigrateOptions, 'schema' | 'directory'>,
  wanted: readonly AppliedRow[],
): Promise<void> {
  const migrations = await readMigrations(directory);
  checkApplied(migrations, wanted);
  await readApplied(connection, schema);
  for (const migration of migrations.slice(0, wanted.length)) await execute(connection, schema, migration);
}

/** Waits for others that migrate the schema. The lock is released with the connection. */
export async function lockMigrations(connection: Queryable, schema: string): Promise<void> {
  await connection.query('SELECT pg_advisory_lock(hashtext($1))', [`parley:migrate:${schema}`]);
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  const wrong = names.find((name) => !FILE_NAME.test(name));
  if (wrong !== undefined) throw new Error(`not a migration's name: ${wrong}`);
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(directory, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

type AppliedRow = { name: string; checksum: string };

async function readApplied(connection: Queryable, schema: string): Promise<AppliedRow[]> {
  // A role that may not make schemas is refused even where the schema is there.
  const { rows } = await connection.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  if (rows.length === 0) await connection.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
  await connection.query(
    `CREATE TABLE IF NOT EXISTS "${schema}".applied_migrations (
       name text PRIMARY KEY,
       checksum text NOT NULL,
       applied_at timestamptz NOT NULL DEFAULT now()
     )`,
  );
  const result = await connection.query<AppliedRow>(
    `SELECT name, checksum FROM "${schema}".applied_migrations ORDER BY name COLLATE "C"`,
  );
  return result.rows;
}

/** The applied files must be the first of the present files, unchanged. */
function checkApplied(migrations: readonly Migration[], applied: readonly AppliedRow[]): void {
  applied.forEach((row, index) => {
    const migration = migrations[index];
    if (migration === undefined)
      throw new Error(
        `a newer version of Parley has used this database: it has migration ${row.name}, which is not here. Start that version, or go back to a copy of the database from before`,
      );
    if (migration.name !== row.name)
      throw new Error(`the database has migration ${row.name}, which is not here in its place`);
    if (migration.checksum !== row.checksum)
      throw new Error(`migration ${row.name} has changed since it was applied`);
  });
}

async function apply(connection: Queryable, schema: string, migration: Migration): Promise<void> {
  try {
    await connection.query('BEGIN');
    await execute(connection, schema, migration);
    await connection.query('COMMIT');
  } catch (error) {
    throw new Error(`migration ${migration.name} failed`, { cause: error });
  }
}

async function execute(connection: Queryable, schema: string, migration: Migration): Promise<void> {
  await connection.query(`SET LOCAL search_path TO "${schema}", public`);
  await connection.query(migration.sql);
  await connection.query(`INSERT INTO "${schema}".applied_migrations (name, checksum) VALUES ($1, $2)`, [
    migration.name,
    migration.checksum,
  ]);
}
