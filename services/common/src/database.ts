import pg from 'pg';
import { ParleyError } from '@parley/proto';
import { mapDatabaseError } from './database-errors.ts';
import type { Logger } from './logger.ts';

const CONNECT_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 30_000;
const CONNECTIONS_MAX = 10;

type PoolOptions = {
  databaseUrl: string;
  logger: Logger;
  maxConnections?: number;
  statementTimeoutMs?: number;
  connectTimeoutMs?: number;
};

/** One connection inside of a transaction, or the pool: what statements need. */
export interface Queryable {
  /** Rejects with `unavailable` or `timeout` when the database is the problem, with pg's own error otherwise. */
  query<R extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<R>>;
}

/** A pool of connections to PostgreSQL. A database that is away now does not stop it: the next query tries again. */
export class DatabasePool implements Queryable {
  readonly #pool: pg.Pool;
  #closing: Promise<void> | undefined;

  constructor(options: PoolOptions) {
    this.#pool = new pg.Pool({
      connectionString: options.databaseUrl,
      max: options.maxConnections ?? CONNECTIONS_MAX,
      connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      statement_timeout: options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
      // A server that froze does not answer its own timeout either.
      query_timeout: (options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS) + 1_000,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'parley',
    });
    // Without a listener, an idle connection that the server drops would end the process.
    this.#pool.on('error', (error) => options.logger.warn({ err: error }, 'database connection lost'));
  }

  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** Connections, those of them that do nothing, and queries that wait for one. */
  get usage(): { total: number; idle: number; waiting: number } {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return { total: totalCount, idle: idleCount, waiting: waitingCount };
  }

  /** Lets queries in progress finish, then closes every connection. */
  close(): Promise<void> {
    this.#closing ??= this.#pool.end();
    return this.#closing;
  }

  async query<R extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<pg.QueryResult<R>> {
    if (this.closed) throw new ParleyError('closed');
    return mapped(this.#pool.query<R>(text, [...values]));
  }

  /** Commits what the task did, or rolls it back when it throws. */
  async transaction<T>(task: (connection: Queryable) => Promise<T>): Promise<T> {
    return this.session(async (connection) => {
      await connection.query('BEGIN');
      const result = await task(connection);
      await connection.query('COMMIT');
      return result;
    });
  }

  /** One connection for the length of the task. It is thrown away when the task fails, so no state outlives it. */
  async session<T>(task: (connection: Queryable) => Promise<T>): Promise<T> {
    if (this.closed) throw new ParleyError('closed');
    const client = await mapped(this.#pool.connect());
    // The connection may be lost between two queries of the task; the next query says so.
    const ignore = (): void => undefined;
    client.on('error', ignore);
    let failed = true;
    try {
      const result = await task({ query: (text, values = []) => mapped(client.query(text, [...values])) });
      failed = false;
      return result;
    } finally {
      client.off('error', ignore);
      client.release(failed);
    }
  }
}

/** Makes no connection yet. */
export function createPool(options: PoolOptions): DatabasePool {
  return new DatabasePool(options);
}

async function mapped<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw mapDatabaseError(error);
  }
}
