import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ParleyError } from '@parley/proto/errors';
import type { DatabasePool, Queryable } from '../postgres/database.ts';
import {
  FORMAT,
  FORMAT_VERSION,
  movedOf,
  DataError,
  type FilePlace,
  type Header,
  type Moved,
  type MovedSchema,
  type TableContent,
} from './data-format.ts';
import { hasSchema, readSchemaContent } from './schema-content.ts';

const ROWS_AT_ONCE = 500;

type ExportOptions = {
  schemas: readonly MovedSchema[];
  /** Where the files of the chat are, for the service that has them. */
  files?: FilePlace | undefined;
  to: Writable;
  /** Whether the end of the export ends the stream. */
  end?: boolean;
};

/** Writes what the schemas hold at one moment. The services may go on meanwhile. */
export async function exportData(
  pool: DatabasePool,
  { schemas, files, to, end = true }: ExportOptions,
): Promise<Moved> {
  return await pool.patientSession(async (connection) => {
    await connection.query(`SET TIME ZONE 'UTC'`);
    await connection.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const header = await readHeader(connection, schemas);
    const moved = movedOf(header.schemas);
    await pipeline(lines(connection, header, files, moved), createGzip(), to, { end });
    await connection.query('COMMIT');
    return moved;
  });
}

async function readHeader(connection: Queryable, wanted: readonly MovedSchema[]): Promise<Header> {
  const { rows } = await connection.query<{ version: string }>(
    `SELECT current_setting('server_version') AS version`,
  );
  const schemas: Header['schemas'] = [];
  for (const { name, without = [], isOptional = false } of wanted)
    if (!isOptional || (await hasSchema(connection, name)))
      schemas.push(await readSchemaContent(connection, name, (table) => !without.includes(table)));
  const postgres = rows[0]?.version ?? '';
  return { format: FORMAT, version: FORMAT_VERSION, exportedAt: new Date().toISOString(), postgres, schemas };
}

/** The lines of the section. Adds the number of its files to `moved`. */
async function* lines(
  connection: Queryable,
  header: Header,
  place: FilePlace | undefined,
  moved: Map<string, number>,
): AsyncGenerator<string> {
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
  let files = 0;
  if (place) {
    for await (const line of fileLines(place, () => (files += 1))) yield hashed(`${line}\n`);
    moved.set('files', files);
  }
  yield `${JSON.stringify({ end: true, rows, files, sha256: hash.digest('hex') })}\n`;
}

async function* fileLines(place: FilePlace, exported: () => void): AsyncGenerator<string> {
  for await (const { fileId, size } of place.list()) {
    const bytes = await open(place, fileId);
    // Deleted meanwhile.
    if (bytes === undefined) continue;
    yield JSON.stringify({ file: fileId, size });
    let read = 0;
    for await (const chunk of bytes) {
      read += chunk.byteLength;
      yield JSON.stringify(Buffer.from(chunk).toString('base64'));
    }
    if (read !== size) throw new DataError(`The file ${fileId} has ${read} bytes and not ${size}.`);
    exported();
  }
}

async function open(place: FilePlace, fileId: string): Promise<AsyncIterable<Uint8Array> | undefined> {
  try {
    return await place.get(fileId);
  } catch (error) {
    if (error instanceof ParleyError && error.code === 'not_found') return undefined;
    throw error;
  }
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
