import type { DatabasePool } from '@parley/common/postgres';
import type { Logger } from '@parley/common/logging';

const LOOK_INTERVAL_MS = 3_600_000;
const LOCK = 'parley:retention';

/** What is deleted when its time is over: the names in metrics and in the report. */
export const RETAINED = ['messages', 'attendance', 'acts', 'bans', 'rooms', 'files'] as const;
export type Retained = (typeof RETAINED)[number];

export type RetentionStep = {
  readonly what: Retained;
  /** How long it is kept, in milliseconds. */
  readonly keptMs: number;
  /** Deletes what is older than this time (milliseconds since the epoch). Resolves with the number. */
  readonly deleteBefore: (time: number) => Promise<number>;
};

type RetentionOptions = {
  pool: DatabasePool;
  /** One after the other. */
  steps: readonly RetentionStep[];
  metrics: RetentionMetrics;
  logger: Logger;
  /** Milliseconds since the epoch. */
  now?: () => number;
};

export interface RetentionMetrics {
  retentionDeleted(what: Retained, count: number): void;
  retentionDone(outcome: 'ok' | 'failed'): void;
}

/** Deletes what is older than it may be, at the start and every hour, on one instance at a time, and reports what it deleted. */
export class Retention {
  readonly #options: RetentionOptions;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;

  constructor(options: RetentionOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#timer = setInterval(() => void this.look(), LOOK_INTERVAL_MS).unref();
    void this.look();
  }

  /** Resolves when a look in progress has ended. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** Never rejects: what cannot be deleted now is deleted an hour later. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { pool, metrics, logger } = this.#options;
    try {
      // The connection holds the lock, and with the connection it ends, also when this process dies.
      await pool.session(async (connection) => {
        const lock = 'SELECT pg_try_advisory_lock(hashtext($1)) AS held';
        const { rows } = await connection.query<{ held: boolean }>(lock, [LOCK]);
        if (rows[0]?.held !== true) return;
        await this.#deleteAll();
        await connection.query('SELECT pg_advisory_unlock(hashtext($1))', [LOCK]);
      });
    } catch (error) {
      metrics.retentionDone('failed');
      logger.warn({ err: error }, 'old data not deleted');
    }
  }

  async #deleteAll(): Promise<void> {
    const { steps, metrics, logger } = this.#options;
    const report: Partial<Record<Retained, number>> = {};
    for (const { what, keptMs, deleteBefore } of steps) {
      const deleted = await deleteBefore(this.#now() - keptMs);
      report[what] = deleted;
      metrics.retentionDeleted(what, deleted);
    }
    metrics.retentionDone('ok');
    if (Object.values(report).some((count) => count > 0)) logger.info(report, 'old data deleted');
  }
}
