import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { DatabasePool, Queryable } from '../postgres/database.ts';
import { lockMigrations, migrateTo } from '../postgres/migrate.ts';
import {
  DataError,
  movedOf,
  type FilePlace,
  type Moved,
  type MovedSchema,
  type SchemaContent,
  type TableContent,
} from './data-format.ts';
import { DataReader } from './data-reader.ts';
import { FileImport } from './file-import.ts';
import { dropTables, readSchemaContent, tablesWithRows } from './schema-content.ts';

const ROWS_AT_ONCE = 500;
const CHARS_AT_ONCE = 4_000_000;
const LOOKS_AT_USERS = 20;
const LOOK_PAUSE_MS = 100;

export type ImportOptions = {
  schemas: readonly MovedSchema[];
  /** Schemas that other services import from the same file; for each a function that gets its rows, as JSON. */
  others?: ReadonlyMap<string, (table: string, row: string) => void>;
  from: Readable;
  /** Where the files of the chat go, for the service that has them. */
  files?: FilePlace | undefined;
  /** Whether a file of the export is wanted. It is asked after the rows that stand before the file were read. */
  isWanted?: (fileId: string) => boolean;
  /** Whether what is there is removed. Otherwise an import into a database with data is refused. */
  replace?: boolean;
  /** Does everything and takes it back, to find out whether it can be done. */
  isTrial?: boolean;
};

/**
 * Reads an export into the database, in one transaction: either everything is there as it was, or nothing has changed. Tables are made as they
 * were when the export was made; the service that owns them migrates them at its next start. Throws a DataError in words for the operator.
 */
export async function importData(pool: DatabasePool, options: ImportOptions): Promise<Moved> {
  const files = new FileImport(options);
  try {
    return await pool.patientSession((connection) => importWith(connection, files, options));
  } catch (error) {
    await files.undo();
    throw error;
  } finally {
    options.from.destroy();
  }
}

async function importWith(connection: Queryable, files: FileImport, options: ImportOptions): Promise<Moved> {
  const reader = new DataReader(options.from);
  const imported: SchemaContent[] = [];
  await connection.query('BEGIN');
  await refuseWhileInUse(connection);
  for await (const header of reader.sections()) {
    for (const content of header.schemas)
      if (await importSchema(connection, content, reader, options)) imported.push(content);
    await files.readFrom(reader);
    await reader.end();
  }
  for (const content of imported) await compare(connection, content);
  await connection.query(options.isTrial ? 'ROLLBACK' : 'COMMIT');
  await files.finish();
  return new Map([...movedOf(imported), ...(files.count > 0 ? [['files', files.count] as const] : [])]);
}

/** Resolves with false if the schema belongs to another service. */
async function importSchema(
  connection: Queryable,
  content: SchemaContent,
  reader: DataReader,
  { schemas, others, replace = false }: ImportOptions,
): Promise<boolean> {
  const other = others?.get(content.name);
  if (other) {
    for (const { name, rows } of content.tables)
      for (let read = 0; read < rows; read += 1) other(name, await reader.row());
    return false;
  }
  const schema = schemas.find(({ name }) => name === content.name);
  if (!schema) throw new DataError(`This Parley has no schema "${content.name}".`);
  await lockMigrations(connection, content.name);
  await makeEmpty(connection, schema, replace);
  await makeTables(connection, content, schema.directory);
  for (const table of content.tables) await importTable(connection, content.name, table, reader);
  await setSequences(connection, content);
  return true;
}

/** A service that has just been stopped is in the list of PostgreSQL a moment longer. */
async function refuseWhileInUse(connection: Queryable): Promise<void> {
  for (let looks = 0; looks < LOOKS_AT_USERS; looks += 1) {
    if (looks > 0) await pause(LOOK_PAUSE_MS);
    // Within a transaction the list stays as it was first read.
    await connection.query('SELECT pg_stat_clear_snapshot()');
    const { rows } = await connection.query<{ others: string }>(
      `SELECT count(*) AS others FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'parley' AND pid <> pg_backend_pid()`,
    );
    if (rows[0]?.others === '0') return;
  }
  throw new DataError('A service of Parley uses this database. Stop it first.');
}

async function makeEmpty(
  connection: Queryable,
  { name: schema, without = [] }: MovedSchema,
  replace: boolean,
): Promise<void> {
  const filled = (await tablesWithRows(connection, schema)).filter((table) => !without.includes(table));
  if (filled.length > 0 && !replace)
    throw new DataError(
      `The database has data already (${filled.join(', ')}). Nothing was changed. With --replace the import removes it first.`,
    );
  await dropTables(connection, schema);
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
  const names = new Set(wanted.tables.map(({ name }) => name));
  const present = await readSchemaContent(connection, wanted.name, (table) => names.has(table));
  if (JSON.stringify(present) !== JSON.stringify(wanted))
    throw new DataError('The database does not hold what the export says. Nothing was changed.');
}
