import type { Queryable } from '../postgres/database.ts';
import { DataError, type SchemaContent, type TableContent } from './data-format.ts';

/** Records which migrations were applied. An import writes it by applying them. */
const MIGRATIONS_TABLE = 'applied_migrations';

/** Whether the database has the schema, with what a service of ours has made in it. */
export async function hasSchema(connection: Queryable, schema: string): Promise<boolean> {
  return (await tableNames(connection, schema)).includes(MIGRATIONS_TABLE);
}

/** Describes what a schema of the database holds now, in the tables that are wanted. */
export async function readSchemaContent(
  connection: Queryable,
  schema: string,
  isWanted: (table: string) => boolean,
): Promise<SchemaContent> {
  const names = await tableNames(connection, schema);
  if (!names.includes(MIGRATIONS_TABLE))
    throw new DataError(`The database has no schema "${schema}" of Parley.`);
  const { rows: migrations } = await connection.query<{ name: string; checksum: string }>(
    `SELECT name, checksum FROM "${schema}".${MIGRATIONS_TABLE} ORDER BY name COLLATE "C"`,
  );
  const references = await foreignKeys(connection, schema);
  const ordered = inOrder(
    names.filter((name) => name !== MIGRATIONS_TABLE && isWanted(name)),
    references,
  );
  const tables: TableContent[] = [];
  for (const name of ordered)
    tables.push({
      name,
      columns: await columnNames(connection, schema, name),
      rows: await countRows(connection, schema, name),
    });
  return { name: schema, migrations, tables, sequences: await readSequences(connection, schema) };
}

/** The tables of a schema besides that of its migrations, or none if there is no such schema. */
export async function tablesWithRows(connection: Queryable, schema: string): Promise<string[]> {
  const names = await tableNames(connection, schema);
  const filled: string[] = [];
  for (const name of names.filter((each) => each !== MIGRATIONS_TABLE)) {
    const { rows } = await connection.query(`SELECT 1 FROM "${schema}"."${name}" LIMIT 1`);
    if (rows.length > 0) filled.push(name);
  }
  return filled;
}

/** Removes all tables of a schema, also that of its migrations. The schema stays: its owner may not make it anew. */
export async function dropTables(connection: Queryable, schema: string): Promise<void> {
  const names = (await tableNames(connection, schema)).map((name) => `"${schema}"."${name}"`);
  if (names.length > 0) await connection.query(`DROP TABLE ${names.join(', ')} CASCADE`);
}

async function tableNames(connection: Queryable, schema: string): Promise<string[]> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = $1 AND table_type = 'BASE TABLE' ORDER BY table_name COLLATE "C"`,
    [schema],
  );
  return rows.map(({ name }) => name);
}

/** The columns that an insert may give. The database computes generated ones itself. */
async function columnNames(connection: Queryable, schema: string, table: string): Promise<string[]> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
      WHERE table_schema = $1 AND table_name = $2 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [schema, table],
  );
  return rows.map(({ name }) => name);
}

async function countRows(connection: Queryable, schema: string, table: string): Promise<number> {
  const { rows } = await connection.query<{ rows: string }>(
    `SELECT count(*) AS rows FROM "${schema}"."${table}"`,
  );
  return Number(rows[0]?.rows);
}

async function readSequences(connection: Queryable, schema: string): Promise<SchemaContent['sequences']> {
  const { rows } = await connection.query<{ name: string; lastValue: string | null }>(
    `SELECT sequencename AS name, last_value::text AS "lastValue" FROM pg_sequences
      WHERE schemaname = $1 ORDER BY sequencename COLLATE "C"`,
    [schema],
  );
  return rows;
}

/** For each table the tables that its rows refer to. */
async function foreignKeys(connection: Queryable, schema: string): Promise<Map<string, Set<string>>> {
  const { rows } = await connection.query<{ from: string; to: string }>(
    `SELECT child.relname AS from, parent.relname AS to
       FROM pg_constraint c
       JOIN pg_class child ON child.oid = c.conrelid
       JOIN pg_class parent ON parent.oid = c.confrelid
      WHERE c.contype = 'f' AND c.connamespace = $1::regnamespace`,
    [schema],
  );
  const references = new Map<string, Set<string>>();
  for (const { from, to } of rows) references.set(from, (references.get(from) ?? new Set()).add(to));
  return references;
}

/** Puts each table behind those that it refers to. Throws if tables refer to each other in a circle. */
function inOrder(names: readonly string[], references: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const open = new Set(names);
  while (open.size > 0) {
    const ready = [...open].filter((name) =>
      [...(references.get(name) ?? [])].every((to) => done.has(to) || !open.has(to)),
    );
    if (ready.length === 0)
      throw new DataError(`The tables ${[...open].join(', ')} refer to each other in a circle.`);
    for (const name of ready) {
      open.delete(name);
      done.add(name);
    }
  }
  return [...done];
}
