import path from 'node:path';
import type { Logger } from '@parley/common/logging';
import { migrate, type DatabasePool, type Queryable } from '@parley/common/postgres';
import { ParleyError } from '@parley/proto/errors';

const MIGRATIONS = path.resolve(import.meta.dirname, '../../../migrations');

/**
 * The schema `accounts`. PostgreSQL may be away when the gateway starts, because guests need no account: then the schema is brought up to
 * date by the first query that finds it there.
 */
export class AccountDatabase implements Queryable {
  readonly #pool: DatabasePool;
  readonly #logger: Logger;
  #opening: Promise<void> | undefined;

  private constructor(pool: DatabasePool, logger: Logger) {
    this.#pool = pool;
    this.#logger = logger;
  }

  /** Rejects if the schema is there and cannot be brought up to date. */
  static async create(pool: DatabasePool, logger: Logger): Promise<AccountDatabase> {
    const database = new AccountDatabase(pool, logger);
    try {
      await database.#open();
    } catch (error) {
      if (!isAway(error)) throw error;
      logger.warn({ err: error }, 'no database of accounts yet');
    }
    return database;
  }

  /** Waits until the schema is up to date. */
  readonly query: Queryable['query'] = async (text, values) => {
    await this.#open();
    return this.#pool.query(text, values);
  };

  /** Commits what the task did, or rolls it back when it throws. */
  async transaction<T>(task: (connection: Queryable) => Promise<T>): Promise<T> {
    await this.#open();
    return this.#pool.transaction(task);
  }

  /** Rejects while the database is away. */
  async check(): Promise<void> {
    await this.query('SELECT 1');
  }

  #open(): Promise<void> {
    this.#opening ??= migrate(this.#pool, {
      schema: 'accounts',
      directory: MIGRATIONS,
      logger: this.#logger,
    }).catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }
}

function isAway(error: unknown): boolean {
  return error instanceof ParleyError && (error.code === 'unavailable' || error.code === 'timeout');
}
