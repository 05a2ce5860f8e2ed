import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { DatabasePool, Queryable } from '../postgres/database.ts';
import {
  FORMAT,
  FORMAT_VERSION,
  movedOf,
  type Header,
  type Moved,
  type TableContent,
} from './data-format.ts';
import { readSchemaContent } from './schema-content.ts';

const ROWS_AT_ONCE = 500;

type ExportOptions = {
  /** The names of the schemas to export. */
  schemas: readonly string[];
  to: Writable;
  /** Whether the end of the export ends the stream. */
  end?: boolean;
};

/** Writes what the schemas hold at one moment. The services may go on meanwhile. */
export async function exportData(
  pool: DatabasePool,
  { schemas, to, end = true }: ExportOptions,
): Promise<Moved> {
  return await pool.patientSession(async (connection) => {
    await connection.query(`SET TIME ZONE 'UTC'`);
    await connection.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const header = await readHeader(connection, schemas);
    await pipeline(lines(connection, header), createGzip(), to, { end });
    await connection.query('COMMIT');
    return movedOf(header);
  });
}

async function readHeader(connection: Queryable, names: readonly string[]): Promise<Header> {
  const { rows } = await connection.query<{ version: string }>(
    `SELECT current_setting('server_version') AS version`,
  );
  const schemas: Header['schemas'] = [];
  for (const name of names) schemas.push(await readSchemaContent(connection, name));
  const postgres = rows[0]?.version ?? '';
  return { format: FORMAT, version: FORMAT_VERSION, exportedAt: new Date().toISOString(), postgres, schemas };
}

async function* lines(connection: Queryable, header: Header): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const hashed = (text: string): string => {
    hash.update(text);
    return text;
  };
  let rows = 0;
  yield hashed(`${JSON.stringify(header)}\n`);
  for (const schema of header.schemas) {
    for (const table of schema.tables) {
      for await (const part of rowsOf(connection, schema.name, table)) {
        rows += part.length;
        yield hashed(`${part.join('\n')}\n`);
      }
    }
  }
  yield `${JSON.stringify({ end: true, rows, sha256: hash.digest('hex') })}\n`;
}

/** The rows of a table as JSON of one line each, some at a time. */
async function* rowsOf(connection: Queryable, schema: string, table: TableContent): AsyncGenerator<string[]> {
  const columns = table.columns.map((name) => `"${name}"`).join(', ');
  await connection.query(
    `DECLARE export_rows NO SCROLL CURSOR FOR
      SELECT to_jsonb(line)::text AS row FROM (SELECT ${columns} FROM "${schema}"."${table.name}") AS line`,
  );
  for (;;) {
    const { rows } = await connection.query<{ row: string }>(`FETCH ${ROWS_AT_ONCE} FROM export_rows`);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await connection.query('CLOSE export_rows');
}
