import type { Logger } from '@parley/common/logging';
import type { FileOwner } from './file-owner.ts';
import type { FileStore } from './file-store.ts';

const INTERVAL_MS = 60_000;

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
    const { owner, store, logger } = this.#options;
    try {
      let dead = await owner.listDeadFiles();
      while (dead.length > 0 && !this.#closed) {
        for (const fileId of dead) await store.delete(fileId);
        await owner.forgetFiles(dead);
        logger.info({ files: dead.length }, 'files deleted');
        dead = await owner.listDeadFiles();
      }
    } catch (error) {
      logger.warn({ err: error }, 'dead files not deleted');
    }
  }
}
