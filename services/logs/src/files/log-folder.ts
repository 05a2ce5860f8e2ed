import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@parley/common/logging';
import { LogFile, type FileFacts } from './log-file.ts';

/** `*.ndjson` of our services, and the names that other writers and `logrotate` use: `*.jsonl`, `*.log`, `*.log.1`. */
const LOG_NAME = /\.(?:ndjson|jsonl|log)(?:\.\d{1,4})?$/;
const STAMP = /\.(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\./;
const FILES_MAX = 20_000;
/** A listing is used again for this long. */
const FRESH_MS = 200;

/** Where a file lies. `folder` is empty for a file directly in LOG_DIR. */
type Place = { service: string; folder: string; name: string; repeatsLines: boolean };

/** The log files of LOG_DIR and of its folders, one folder for each service. Links are not followed. */
export class LogFolder {
  readonly #directory: string;
  readonly #logger: Logger;
  #files = new Map<string, LogFile>();
  #listing: Promise<void> | undefined;
  #listedAt = Number.NEGATIVE_INFINITY;
  #isOverfull = false;

  constructor(directory: string, logger: Logger) {
    this.#directory = directory;
    this.#logger = logger;
  }

  /** The files, as listed at most FRESH_MS ago. Throws when the folder cannot be read. */
  async files(): Promise<readonly LogFile[]> {
    if (performance.now() - this.#listedAt >= FRESH_MS) {
      this.#listing ??= this.#list().finally(() => {
        this.#listing = undefined;
      });
      await this.#listing;
    }
    return [...this.#files.values()];
  }

  async #list(): Promise<void> {
    const found = new Map<string, LogFile>();
    const entries = await readdir(this.#directory, { withFileTypes: true });
    const folders = new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name));
    for (const folder of folders) await this.#listService(folder, found);
    for (const { name } of entries.filter((entry) => entry.isFile())) {
      const service = name.replace(/[.-].*$/, '');
      await this.#addFile({ service, folder: '', name, repeatsLines: folders.has(service) }, found);
    }
    this.#files = found;
    this.#listedAt = performance.now();
    this.#reportOverfull(found.size >= FILES_MAX);
  }

  async #listService(service: string, found: Map<string, LogFile>): Promise<void> {
    const names = await readdir(join(this.#directory, service)).catch(() => []);
    for (const name of names)
      await this.#addFile({ service, folder: service, name, repeatsLines: false }, found);
  }

  async #addFile({ service, folder, name, repeatsLines }: Place, found: Map<string, LogFile>): Promise<void> {
    if (!LOG_NAME.test(name) || found.size >= FILES_MAX) return;
    const path = join(this.#directory, folder, name);
    const stats = await lstat(path).catch(() => undefined);
    if (stats?.isFile() !== true || stats.size === 0) return;
    const createdAt = Math.floor(stats.birthtimeMs);
    const facts: FileFacts = {
      // A renamed file keeps its inode. A new file may get the inode of a deleted one, but not its time of birth.
      id: `${stats.ino.toString(36)}-${createdAt.toString(36)}`,
      path,
      service,
      instance: name.replace(/\..*$/, ''),
      repeatsLines,
      begunAt: readStamp(name),
      createdAt,
      size: stats.size,
      modifiedAt: stats.mtimeMs,
    };
    const file = this.#files.get(facts.id) ?? new LogFile(facts);
    file.update(facts);
    found.set(facts.id, file);
  }

  #reportOverfull(isOverfull: boolean): void {
    if (isOverfull && !this.#isOverfull)
      this.#logger.warn({ files: FILES_MAX }, 'too many log files, some are not shown');
    this.#isOverfull = isOverfull;
  }
}

/** When the writer began the file, from the file's name. */
function readStamp(name: string): number | undefined {
  const match = STAMP.exec(name);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, millisecond] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
  return Number.isNaN(time) ? undefined : time;
}
