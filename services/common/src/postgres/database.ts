import pg from 'pg';
import { ParleyError } from '@parley/proto/errors';
import { mapDatabaseError } from './database-errors.ts';
import type { Logger } from '../logging/logger.ts';
import { tlsOptionsOf, type ServerTrust } from '../trust/server-trust.ts';
import { WaryClient } from './wary-client.ts';

const CONNECT_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 5_000;
const QUERY_ALLOWANCE_MS = 1_000;
const IDLE_TIMEOUT_MS = 30_000;
const CONNECTIONS_MAX = 10;

type PoolOptions = {
  databaseUrl: string;
  /** The server has to prove itself. Without it the address says by `sslmode` whether there is TLS. */
  trust?: ServerTrust | undefined;
  logger: Logger;
  maxConnections?: number;
  statementTimeoutMs?: number;
  /** How long an answer may take. A server that froze does not keep its own timeout. */
  queryTimeoutMs?: number;
  connectTimeoutMs?: number;
};

/** Runs statements: the pool, or one connection inside of a transaction. */
export interface Queryable {
  /** Rejects with `unavailable` or `timeout` when the database is the problem, with pg's own error otherwise. */
  query<R extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<R>>;
}

/** A pool of connections to PostgreSQL. While the database is away each query fails, and the next one tries again. */
export class DatabasePool implements Queryable {
  readonly #pool: pg.Pool;
  readonly #connection: pg.ClientConfig;
  #closing: Promise<void> | undefined;

  constructor(options: PoolOptions) {
    const { statementTimeoutMs = STATEMENT_TIMEOUT_MS } = options;
    this.#connection = {
      connectionString: options.databaseUrl,
      ...(options.trust && { ssl: tlsOptionsOf(options.trust, new URL(options.databaseUrl).hostname) }),
      connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'parley',
    };
    this.#pool = new pg.Pool({
      ...this.#connection,
      Client: WaryClient,
      max: options.maxConnections ?? CONNECTIONS_MAX,
      statement_timeout: statementTimeoutMs,
      query_timeout: options.queryTimeoutMs ?? statementTimeoutMs + QUERY_ALLOWANCE_MS,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
    });
    // Without a listener, an idle connection that the server drops would end the process.
    this.#pool.on('error', (error) => options.logger.warn({ err: error }, 'database connection lost'));
  }

  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** All connections, idle connections, and queries that wait for a connection. */
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
    client.on('error', ignore);
    let failed = true;
    try {
      const result = await task(queryableOf(client));
      failed = false;
      return result;
    } finally {
      client.off('error', ignore);
      client.release(failed);
    }
  }

  /**
   * A connection beside the pool for the length of the task. Its statements may take as long as they need, while those
   * of the pool have a timeout in the client. If the task fails, everything that is not committed is undone.
   */
  async patientSession<T>(task: (connection: Queryable) => Promise<T>): Promise<T> {
    if (this.closed) throw new ParleyError('closed');
    const client = new WaryClient(this.#connection);
    client.on('error', ignore);
    try {
      await mapped(client.connect());
      // The role or the database may set a timeout.
      await mapped(client.query('SET statement_timeout = 0'));
      return await task(queryableOf(client));
    } finally {
      await client.end().catch(ignore);
    }
  }
}

/** Opens no connection yet. */
export function createPool(options: PoolOptions): DatabasePool {
  return new DatabasePool(options);
}

function queryableOf(client: pg.ClientBase): Queryable {
  return { query: (text, values = []) => mapped(client.query(text, [...values])) };
}

/** A connection may be lost between two queries; the next query fails then. */
function ignore(): void {}

async function mapped<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw mapDatabaseError(error);
  }
}
