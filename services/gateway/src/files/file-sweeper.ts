import type { Logger } from '@parley/common/logging';
import type { FileOwner } from './file-owner.ts';
import type { FileStore } from './file-store.ts';

const INTERVAL_MS = 60_000;
/** The place itself is away, and asking it for each file would only take time. */
const FAILURES_MAX = 20;

type FileSweeperOptions = {
  owner: Pick<FileOwner, 'listDeadFiles' | 'forgetFiles'>;
  store: Pick<FileStore, 'delete'>;
  logger: Logger;
  intervalMs?: number;
};

/**
 * Deletes the bytes of files that belong to no message any more, every minute. Their owner forgets them only afterwards, so that nothing is
 * left behind by a process that dies in between. Harmless on several gateways.
 */
export class FileSweeper {
  readonly #options: FileSweeperOptions;
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> | undefined;
  #closed = false;

  constructor(options: FileSweeperOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.sweep(), options.intervalMs ?? INTERVAL_MS).unref();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  /** Never rejects: what fails now is tried again a minute later. */
  sweep(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#sweeping ??= this.#run().finally(() => (this.#sweeping = undefined));
    return this.#sweeping;
  }

  async #run(): Promise<void> {
    const { owner, logger } = this.#options;
    try {
      const failed = new Set<string>();
      let dead = await owner.listDeadFiles();
      // Files that were listed before come last, so one that failed means that all others were here.
      while (dead.some((fileId) => !failed.has(fileId)) && !this.#closed) {
        const deleted: string[] = [];
        for (const fileId of dead.filter((each) => !failed.has(each)))
          if (await this.#delete(fileId)) deleted.push(fileId);
          else failed.add(fileId);
        if (deleted.length > 0) await owner.forgetFiles(deleted);
        if (deleted.length > 0) logger.info({ files: deleted.length }, 'files deleted');
        if (failed.size >= FAILURES_MAX) break;
        dead = await owner.listDeadFiles();
      }
      if (failed.size > 0) logger.warn({ files: failed.size }, 'dead files left for later');
    } catch (error) {
      logger.warn({ err: error }, 'dead files not deleted');
    }
  }

  async #delete(fileId: string): Promise<boolean> {
    const { store, logger } = this.#options;
    try {
      await store.delete(fileId);
      return true;
    } catch (error) {
      logger.warn({ err: error }, 'dead file not deleted');
      return false;
    }
  }
}
