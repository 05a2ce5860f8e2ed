import { randomUUID } from 'node:crypto';
import type { Logger } from '@parley/common/logging';
import type { ActEntry, ActRepository } from './act-repository.ts';
import { WriteBacklog } from './write-backlog.ts';

/** The log of the acts of all rooms. Writing it makes no call wait, see `WriteBacklog`. */
export class ActLog {
  readonly #repository: ActRepository;
  readonly #writes: WriteBacklog;

  constructor(repository: ActRepository, logger: Logger) {
    this.#repository = repository;
    this.#writes = new WriteBacklog(logger.child({ writes: 'acts' }));
  }

  /** Acts that wait for PostgreSQL. */
  get backlog(): number {
    return this.#writes.size;
  }

  /** See `WriteBacklog.close`. */
  close(timeoutMs: number): Promise<void> {
    return this.#writes.close(timeoutMs);
  }

  add(act: Omit<ActEntry, 'actId'>): void {
    const entry = { actId: randomUUID(), ...act };
    this.#writes.push(() => this.#repository.insert(entry));
  }
}
