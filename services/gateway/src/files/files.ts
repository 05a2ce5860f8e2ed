import type { Logger } from '@parley/common/logging';
import type { GatewayMetrics } from '../base/metrics.ts';
import { FileIntake } from './file-intake.ts';
import type { FileOwner } from './file-owner.ts';
import type { FileStore } from './file-store.ts';
import { FileSweeper } from './file-sweeper.ts';

type FilesOptions = { owner: FileOwner; store: FileStore; metrics: GatewayMetrics; logger: Logger };

/** What this gateway has for files: where their bytes are, what takes them in, and what deletes them. */
export class Files {
  readonly owner: FileOwner;
  readonly store: FileStore;
  readonly intake: FileIntake;
  readonly sweeper: FileSweeper;

  constructor(options: FilesOptions) {
    this.owner = options.owner;
    this.store = options.store;
    this.intake = new FileIntake(options);
    this.sweeper = new FileSweeper(options);
  }

  close(): void {
    this.sweeper.close();
    this.store.close();
  }
}
