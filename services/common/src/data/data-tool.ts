import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ParleyError } from '@parley/proto/errors';
import { ConfigError } from '../config/config.ts';
import type { DatabasePool } from '../postgres/database.ts';
import { DataError, type FilePlace, type Moved, type MovedSchema } from './data-format.ts';
import { exportData } from './export-data.ts';
import { importData, type ImportOptions } from './import-data.ts';

const USAGE = 'data.ts export FILE\n  data.ts import FILE [--replace] [--trial]';
const STANDARD = '-';

/** What a service exports and imports. */
export type OwnData = {
  pool: DatabasePool;
  schemas: readonly MovedSchema[];
  files?: FilePlace | undefined;
} & Pick<ImportOptions, 'others' | 'isWanted'>;

/**
 * The main function of the data tool of a service: exports and imports what the service owns. A file named "-" is standard input or output.
 * `open` reads the configuration; the tool closes what it opens.
 */
export async function runDataTool(open: () => Promise<OwnData>): Promise<void> {
  try {
    const { values, positionals } = parseArgs({
      options: {
        replace: { type: 'boolean', default: false },
        trial: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [command, file, ...more] = positionals;
    if (!file || more.length > 0 || (command !== 'export' && command !== 'import'))
      throw new DataError(USAGE);
    const own = await open();
    try {
      if (command === 'export') say('Exported', await exportTo(own, file));
      else {
        const moved = await importFrom(own, file, { replace: values.replace, isTrial: values.trial });
        if (!values.trial) say('Imported', moved);
      }
    } finally {
      own.files?.close();
      await own.pool.close();
    }
  } catch (error) {
    process.stderr.write(`${words(error)}\n`);
    process.exitCode = 1;
  }
}

async function exportTo({ pool, schemas, files }: OwnData, file: string): Promise<Moved> {
  if (file === STANDARD) return await exportData(pool, { schemas, files, to: process.stdout, end: false });
  if (existsSync(file)) throw new DataError(`${file} exists already.`);
  const part = `${file}.${process.pid}.part`;
  try {
    // The file holds what people wrote, so only its owner may read it.
    const to = createWriteStream(part, { mode: 0o600, flags: 'wx' });
    const moved = await exportData(pool, { schemas, files, to });
    renameSync(part, file);
    return moved;
  } finally {
    rmSync(part, { force: true });
  }
}

async function importFrom(
  { pool, ...own }: OwnData,
  file: string,
  how: Pick<ImportOptions, 'replace' | 'isTrial'>,
): Promise<Moved> {
  if (file !== STANDARD && !existsSync(file)) throw new DataError(`There is no file ${file}.`);
  const from = file === STANDARD ? process.stdin : createReadStream(file);
  return await importData(pool, { ...own, ...how, from });
}

function say(done: string, moved: Moved): void {
  const counts = [...moved].map(([name, count]) => `${count} ${name}`).join(', ');
  process.stderr.write(`${done}: ${counts || 'nothing'}\n`);
}

function words(error: unknown): string {
  if (error instanceof DataError || error instanceof ConfigError) return error.message;
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return 'The disk is full. No file was written.';
  // The role of a database of the operator's own.
  if ((error as { code?: unknown }).code === '42501') return `The database refuses this: ${String(error)}`;
  if (!(error instanceof ParleyError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error.code === 'files_full') return 'There is no room for the files of the chat. Nothing was changed.';
  return 'The database or the place of the files cannot be reached. Nothing was changed.';
}
