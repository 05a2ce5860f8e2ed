import { lstat, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of the kind `trouble` have the lines of warn and above. Those are few and are kept for longer. */
export type LogFileKind = 'usual' | 'trouble';

export const LOG_FILE_SUFFIXES = { usual: '.ndjson', trouble: '.trouble.ndjson' } as const;

export type RetentionBounds = {
  /** Files of the other kind stay. */
  kind: LogFileKind;
  /** The most bytes that the files of a folder may take together. */
  bytesMax: number;
  /** Files that were last written before this time (milliseconds since the Unix epoch) are removed, whatever their size. */
  notBefore: number;
  /** The file that is being written; it is kept. */
  keep?: string | undefined;
};

type StoredFile = { path: string; size: number; modifiedAt: number };

/**
 * Removes the oldest log files of a folder until it is within its bounds. Several instances may do so at the same time:
 * a file that another instance removed is no error, and a writer whose file was removed notices that and begins a new one.
 */
export async function applyRetention(folder: string, bounds: RetentionBounds): Promise<void> {
  const files = (await list(folder, bounds.kind)).sort((a, b) => a.modifiedAt - b.modifiedAt);
  let total = files.reduce((sum, file) => sum + file.size, 0);
  for (const file of files) {
    if (total <= bounds.bytesMax && file.modifiedAt >= bounds.notBefore) continue;
    if (file.path === bounds.keep) continue;
    await unlink(file.path).catch(ignoreMissing);
    total -= file.size;
  }
}

async function list(folder: string, kind: LogFileKind): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  for (const name of await readdir(folder)) {
    if (kindOf(name) !== kind) continue;
    const path = join(folder, name);
    const stats = await lstat(path).catch(ignoreMissing);
    if (stats?.isFile() === true) files.push({ path, size: stats.size, modifiedAt: stats.mtimeMs });
  }
  return files;
}

function kindOf(name: string): LogFileKind | undefined {
  if (name.endsWith(LOG_FILE_SUFFIXES.trouble)) return 'trouble';
  return name.endsWith(LOG_FILE_SUFFIXES.usual) ? 'usual' : undefined;
}

function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
