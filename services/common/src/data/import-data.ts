import type { Readable } from 'node:stream';
import pg from 'pg';
import type { DatabasePool, Queryable } from '../postgres/database.ts';
import { lockMigrations, migrateTo } from '../postgres/migrate.ts';
import { DataError, movedOf, type Moved, type SchemaContent, type TableContent } from './data-format.ts';
import { DataReader } from './data-reader.ts';
import { readSchemaContent, tablesWithRows } from './schema-content.ts';

const ROWS_AT_ONCE = 500;
const CHARS_AT_ONCE = 4_000_000;

type ImportOptions = {
  /** The schemas that may be imported, and the folders of their migrations. */
  schemas: ReadonlyMap<string, string>;
  from: Readable;
  /** Whether what the database holds is removed. Otherwise an import into a database with data is refused. */
  replace?: boolean;
};

/**
 * Reads an export into the database, in one transaction: either everything is there as it was, or nothing has changed. Tables are made as they
 * were when the export was made; the service that owns them migrates them at its next start. Throws a DataError in words for the operator.
 */
export async function importData(
  pool: DatabasePool,
  { schemas, from, replace = false }: ImportOptions,
): Promise<Moved> {
  try {
    const reader = await DataReader.create(from);
    return await pool.patientSession((connection) => importWith(connection, reader, schemas, replace));
  } finally {
    from.destroy();
  }
}

async function importWith(
  connection: Queryable,
  reader: DataReader,
  schemas: ImportOptions['schemas'],
  replace: boolean,
): Promise<Moved> {
  await connection.query('BEGIN');
  await refuseWhileInUse(connection);
  for (const content of reader.header.schemas) {
    const directory = schemas.get(content.name);
    if (directory === undefined) throw new DataError(`This Parley has no schema "${content.name}".`);
    await lockMigrations(connection, content.name);
    await makeEmpty(connection, content.name, replace);
    await makeTables(connection, content, directory);
    for (const table of content.tables) await importTable(connection, content.name, table, reader);
    await setSequences(connection, content);
  }
  await reader.end();
  for (const content of reader.header.schemas) await compare(connection, content);
  await connection.query('COMMIT');
  return movedOf(reader.header);
}

async function refuseWhileInUse(connection: Queryable): Promise<void> {
  const { rows } = await connection.query<{ others: string }>(
    `SELECT count(*) AS others FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'parley' AND pid <> pg_backend_pid()`,
  );
  if (rows[0]?.others !== '0') throw new DataError('A service of Parley uses this database. Stop it first.');
}

async function makeEmpty(connection: Queryable, schema: string, replace: boolean): Promise<void> {
  const filled = await tablesWithRows(connection, schema);
  if (filled.length > 0 && !replace)
    throw new DataError(
      `The database has data already (${filled.join(', ')}). Nothing was changed. With --replace the import removes it first.`,
    );
  await connection.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
}

async function makeTables(connection: Queryable, content: SchemaContent, directory: string): Promise<void> {
  try {
    await migrateTo(connection, { schema: content.name, directory }, content.migrations);
  } catch (error) {
    const last = content.migrations.at(-1)?.name ?? 'none';
    throw new DataError(
      `The export was made by another version of Parley (its last migration is ${last}), which this one does not know. Import it with that version or a newer one.`,
      { cause: error },
    );
  }
}

async function importTable(
  connection: Queryable,
  schema: string,
  table: TableContent,
  reader: DataReader,
): Promise<void> {
  const name = `"${schema}"."${table.name}"`;
  const columns = table.columns.map((column) => `"${column}"`).join(', ');
  const insert = `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`;
  let part: string[] = [];
  let size = 0;
  for (let read = 1; read <= table.rows; read += 1) {
    const row = await reader.row();
    part.push(row);
    size += row.length;
    if (part.length < ROWS_AT_ONCE && size < CHARS_AT_ONCE && read < table.rows) continue;
    await insertRows(connection, insert, part, table.name);
    part = [];
    size = 0;
  }
}

async function insertRows(
  connection: Queryable,
  insert: string,
  rows: readonly string[],
  table: string,
): Promise<void> {
  try {
    await connection.query(insert, [`[${rows.join(',')}]`]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new DataError(`The database refuses rows of ${table}: ${error.message}`, { cause: error });
  }
}

async function setSequences(
  connection: Queryable,
  { name: schema, sequences }: SchemaContent,
): Promise<void> {
  for (const { name, lastValue } of sequences) {
    if (lastValue !== null)
      await connection.query('SELECT setval($1::regclass, $2::bigint)', [`"${schema}"."${name}"`, lastValue]);
  }
}

/** Throws if the database does not hold what the export says. */
async function compare(connection: Queryable, wanted: SchemaContent): Promise<void> {
  const present = await readSchemaContent(connection, wanted.name);
  if (JSON.stringify(present) !== JSON.stringify(wanted))
    throw new DataError('The database does not hold what the export says. Nothing was changed.');
}
