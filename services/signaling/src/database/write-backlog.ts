import { jittered, withDeadline } from '@parley/common/async';
import { OutageLog, type Logger } from '@parley/common/logging';

const RETRY_AFTER_MS = 2_000;
const BACKLOG_MAX = 10_000;

type Write = () => Promise<void>;

/** Writes to PostgreSQL in order, without making a call wait. While PostgreSQL is away up to 10,000 writes are kept. */
export class WriteBacklog {
  readonly #writes: Write[] = [];
  readonly #logger: Logger;
  readonly #outage: OutageLog;
  readonly #overflow: OutageLog;
  #retry: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #closed = false;

  /** @param logger Bound to what is written. */
  constructor(logger: Logger) {
    this.#logger = logger;
    this.#outage = new OutageLog({ message: 'write failed', logger });
    this.#overflow = new OutageLog({ message: 'backlog is full, its oldest write is lost', logger });
  }

  /** Writes that wait for PostgreSQL. */
  get size(): number {
    return this.#writes.length;
  }

  /** Resolves when everything is written or `timeoutMs` is over. Writes that remain then are lost, and their number is logged. */
  async close(timeoutMs: number): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#start();
    if (this.#writing !== undefined) await withDeadline(this.#writing, timeoutMs, () => undefined);
    clearTimeout(this.#retry);
    if (this.#writes.length > 0) this.#logger.warn({ writes: this.#writes.length }, 'writes lost');
  }

  push(write: Write): void {
    if (this.#writes.length >= BACKLOG_MAX) {
      this.#writes.shift();
      this.#overflow.failed(undefined);
    }
    this.#writes.push(write);
    if (this.#retry === undefined) this.#start();
  }

  #start(): void {
    this.#retry = undefined;
    if (this.#writes.length > 0) this.#writing ??= this.#drain();
  }

  async #drain(): Promise<void> {
    for (let write = this.#writes[0]; write !== undefined; write = this.#writes[0]) {
      if (!(await this.#attempt(write))) {
        if (!this.#closed) this.#retry = setTimeout(() => this.#start(), jittered(RETRY_AFTER_MS)).unref();
        break;
      }
      if (this.#writes[0] === write) this.#writes.shift();
    }
    this.#writing = undefined;
  }

  /** True if the write was made, or can never succeed. */
  async #attempt(write: Write): Promise<boolean> {
    try {
      await write();
      this.#outage.worked();
      return true;
    } catch (error) {
      const lasts = isLasting(error);
      if (lasts) this.#logger.warn({ err: error }, 'write refused');
      else this.#outage.failed(error);
      return lasts;
    }
  }
}

/** An error of the statement itself repeats. Only `unavailable` passes. */
function isLasting(error: unknown): boolean {
  return !(error instanceof Error && 'code' in error && error.code === 'unavailable');
}
