import { z } from 'zod';

/**
 * The format of an export: gzip of lines of JSON, in sections. Each service writes a section of what it owns, and sections may stand one behind
 * the other in a file. A section is its header, then for each of its tables, in its order, as many rows as the header says, then its files, then
 * its end. Rows stay text from one database to the other, because numbers of PostgreSQL may be larger than those of JavaScript. Of a file there
 * is one line with its id and its size, then lines with its bytes in base64.
 */
export const FORMAT = 'parley-data';
export const FORMAT_VERSION = 1;

/** A line that is longer is no row of ours. */
export const LINE_MAX_CHARS = 16_000_000;

const identifierSchema = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);

export const tableSchema = z.strictObject({
  name: identifierSchema,
  columns: z.array(identifierSchema).min(1).max(1_000),
  rows: z.int().min(0),
});

const sequenceSchema = z.strictObject({
  name: identifierSchema,
  /** Decimal digits; `null` if the sequence was not used yet. */
  lastValue: z
    .string()
    .regex(/^-?\d{1,20}$/)
    .nullable(),
});

const schemaSchema = z.strictObject({
  name: identifierSchema,
  /** The migrations that the database had, in their order. */
  migrations: z
    .array(z.strictObject({ name: z.string().max(200), checksum: z.string().max(64) }))
    .max(10_000),
  /** A table follows the tables that it refers to. */
  tables: z.array(tableSchema).max(1_000),
  sequences: z.array(sequenceSchema).max(1_000),
});

export const headerSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  exportedAt: z.iso.datetime(),
  postgres: z.string().max(200),
  schemas: z.array(schemaSchema).max(100),
});

export const fileSchema = z.strictObject({ file: z.uuid(), size: z.int().min(1) });

export const bytesSchema = z.base64().min(1);

export const endSchema = z.strictObject({
  end: z.literal(true),
  rows: z.int().min(0),
  /** Missing in exports from before there were files in them. */
  files: z.int().min(0).default(0),
  /** The checksum of every byte before this line. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type Header = z.output<typeof headerSchema>;
export type SchemaContent = z.output<typeof schemaSchema>;
export type TableContent = z.output<typeof tableSchema>;

/** A schema that is moved. */
export type MovedSchema = {
  name: string;
  /** The folder of its migrations. */
  directory: string;
  /** Its tables that are neither exported nor imported. */
  without?: readonly string[];
  /** Whether a database may lack it. */
  isOptional?: boolean;
};

export type StoredFile = { fileId: string; size: number };

/** Where the bytes of files are. `get` rejects with `not_found` for a file that is not there; otherwise every method rejects with a ParleyError. */
export interface FilePlace {
  list(): AsyncIterable<StoredFile>;
  get(fileId: string): Promise<AsyncIterable<Uint8Array>>;
  put(fileId: string, source: AsyncIterable<Uint8Array>, size: number): Promise<void>;
  delete(fileId: string): Promise<void>;
  close(): void;
}

/** Why data cannot be exported or imported, in words for the operator. */
export class DataError extends Error {
  override readonly name = 'DataError';
}

/** How many rows of each table were moved, and how many files. */
export type Moved = ReadonlyMap<string, number>;

export function movedOf(schemas: readonly SchemaContent[]): Map<string, number> {
  return new Map(schemas.flatMap(({ tables }) => tables.map(({ name, rows }) => [name, rows] as const)));
}
