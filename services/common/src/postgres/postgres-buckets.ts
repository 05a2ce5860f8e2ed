import { createHash } from 'node:crypto';
import type { NamedBucket, SharedBuckets } from '../limits/shared-buckets.ts';
import type { Queryable } from './database.ts';

type Transactions = Queryable & {
  transaction<T>(task: (connection: Queryable) => Promise<T>): Promise<T>;
};

type Row = { tokens: number; per_second: number };

const PARTS = 'unnest($1::text[], $2::float8[], $3::float8[]) AS given (key, burst, per_second)';

/** What a stored bucket has now. A clock that goes back takes nothing away. */
const tokensOf = (stored: string): string =>
  `LEAST(${stored}.burst, ${stored}.tokens
     + GREATEST(0, extract(epoch FROM clock_timestamp() - ${stored}.refilled_at)::float8) * ${stored}.per_second)`;

/**
 * Buckets in a table of PostgreSQL with the columns key, tokens, burst, per_second and refilled_at. Keys are stored as hashes, because they
 * may name people.
 */
export class PostgresBuckets implements SharedBuckets {
  readonly #database: Transactions;
  readonly #table: string;

  /** `table`: with its schema, as SQL writes it. */
  constructor(database: Transactions, table: string) {
    this.#database = database;
    this.#table = table;
  }

  async take(buckets: readonly NamedBucket[]): Promise<number> {
    const values = valuesOf(buckets);
    return this.#database.transaction(async (connection) => {
      // In one order, or two of these might wait for each other.
      const { rows } = await connection.query<Row>(
        `INSERT INTO ${this.#table} AS stored (key, tokens, burst, per_second, refilled_at)
         SELECT key, burst, burst, per_second, clock_timestamp() FROM ${PARTS} ORDER BY key
         ON CONFLICT (key) DO UPDATE SET tokens = ${tokensOf('stored')}, refilled_at = clock_timestamp()
         RETURNING tokens, per_second`,
        values,
      );
      const waitMs = longestWait(rows);
      if (waitMs > 0) return waitMs;
      await connection.query(`UPDATE ${this.#table} SET tokens = tokens - 1 WHERE key = ANY($1::text[])`, [
        values[0],
      ]);
      return 0;
    });
  }

  async waitMs(buckets: readonly NamedBucket[]): Promise<number> {
    const [keys] = valuesOf(buckets);
    const { rows } = await this.#database.query<Row>(
      `SELECT ${tokensOf('stored')} AS tokens, per_second FROM ${this.#table} stored WHERE key = ANY($1::text[])`,
      [keys],
    );
    return longestWait(rows);
  }

  /** Deletes the buckets that are full again: a new one behaves the same. */
  async deleteFull(): Promise<void> {
    await this.#database.query(
      `DELETE FROM ${this.#table} stored WHERE ${tokensOf('stored')} >= stored.burst`,
    );
  }
}

function valuesOf(buckets: readonly NamedBucket[]): [string[], number[], number[]] {
  return [
    buckets.map(({ key }) => createHash('sha256').update(key).digest('base64url')),
    buckets.map(({ rate }) => rate.burst),
    buckets.map(({ rate }) => rate.perSecond),
  ];
}

function longestWait(rows: readonly Row[]): number {
  const waits = rows.map(({ tokens, per_second }) => (tokens < 1 ? ((1 - tokens) * 1_000) / per_second : 0));
  return Math.ceil(Math.max(0, ...waits));
}
