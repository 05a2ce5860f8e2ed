import type { Queryable } from '@parley/common/postgres';
import type { AccountId, SessionDevice } from '@parley/proto/rest';

/** A refresh token with its session. Times in milliseconds since the epoch. */
export type StoredToken = {
  readonly sessionId: string;
  readonly accountId: AccountId;
  readonly startedAt: number;
  readonly lastUsedAt: number;
  readonly endsAt: number;
  readonly usedAt: number | null;
};

/** Times in milliseconds since the epoch. */
export type ListedSession = {
  readonly id: string;
  readonly device: SessionDevice;
  readonly startedAt: number;
  readonly lastUsedAt: number;
};

type NewSession = { id: string; accountId: AccountId; device: SessionDevice; at: number; endsAt: number };

type ListedRow = SessionDevice & { session_id: string; started_at: Date; last_used_at: Date };

type Row = {
  session_id: string;
  account_id: AccountId;
  started_at: Date;
  last_used_at: Date;
  ends_at: Date;
  used_at: Date | null;
};

/** The tables `accounts.sessions` and `accounts.refresh_tokens`. */
export class SessionRepository {
  readonly #database: Queryable;

  /** @param database The pool, or the connection of a transaction. */
  constructor(database: Queryable) {
    this.#database = database;
  }

  async insert({ id, accountId, device, at, endsAt }: NewSession): Promise<void> {
    await this.#database.query(
      `INSERT INTO accounts.sessions (session_id, account_id, started_at, last_used_at, ends_at, browser, system)
       VALUES ($1, $2, $3, $3, $4, $5, $6)`,
      [id, accountId, new Date(at), new Date(endsAt), device.browser, device.system],
    );
  }

  async addToken(tokenHash: Buffer, sessionId: string, at: number): Promise<void> {
    await this.#database.query(
      'INSERT INTO accounts.refresh_tokens (token_hash, session_id, issued_at) VALUES ($1, $2, $3)',
      [tokenHash, sessionId, new Date(at)],
    );
  }

  /** Until the transaction ends, no other one uses a token of the session. */
  async lockToken(tokenHash: Buffer): Promise<StoredToken | undefined> {
    const { rows } = await this.#database.query<Row>(
      `SELECT session_id, account_id, started_at, last_used_at, ends_at, used_at
       FROM accounts.sessions JOIN accounts.refresh_tokens USING (session_id)
       WHERE token_hash = $1 FOR UPDATE`,
      [tokenHash],
    );
    return rows[0] && fromRow(rows[0]);
  }

  /** Whether the token was given out and not used yet. */
  async isUnused(tokenHash: Buffer): Promise<boolean> {
    const { rows } = await this.#database.query(
      'SELECT 1 FROM accounts.refresh_tokens WHERE token_hash = $1 AND used_at IS NULL',
      [tokenHash],
    );
    return rows.length > 0;
  }

  async markUsed(tokenHash: Buffer, sessionId: string, at: number): Promise<void> {
    await this.#database.query('UPDATE accounts.refresh_tokens SET used_at = $2 WHERE token_hash = $1', [
      tokenHash,
      new Date(at),
    ]);
    await this.#database.query('UPDATE accounts.sessions SET last_used_at = $2 WHERE session_id = $1', [
      sessionId,
      new Date(at),
    ]);
  }

  /** When the session began; undefined if it has ended. */
  async startOf(sessionId: string, accountId: AccountId): Promise<number | undefined> {
    const { rows } = await this.#database.query<{ started_at: Date }>(
      'SELECT started_at FROM accounts.sessions WHERE session_id = $1 AND account_id = $2',
      [sessionId, accountId],
    );
    return rows[0]?.started_at.getTime();
  }

  /** The sessions that go on, the one that was used last first. */
  async list(accountId: AccountId, over: { unusedSince: number; now: number }): Promise<ListedSession[]> {
    const { rows } = await this.#database.query<ListedRow>(
      `SELECT session_id, started_at, last_used_at, browser, system FROM accounts.sessions
       WHERE account_id = $1 AND last_used_at >= $2 AND ends_at > $3
       ORDER BY last_used_at DESC, session_id`,
      [accountId, new Date(over.unusedSince), new Date(over.now)],
    );
    return rows.map(({ session_id: id, started_at, last_used_at, browser, system }) => ({
      id,
      device: { browser, system },
      startedAt: started_at.getTime(),
      lastUsedAt: last_used_at.getTime(),
    }));
  }

  /** Resolves with whether the account had it. */
  async endOf(accountId: AccountId, sessionId: string): Promise<boolean> {
    const { rowCount } = await this.#database.query(
      'DELETE FROM accounts.sessions WHERE session_id = $1 AND account_id = $2',
      [sessionId, accountId],
    );
    return rowCount === 1;
  }

  async end(sessionId: string): Promise<void> {
    await this.#database.query('DELETE FROM accounts.sessions WHERE session_id = $1', [sessionId]);
  }

  async endByToken(tokenHash: Buffer): Promise<void> {
    await this.#database.query(
      `DELETE FROM accounts.sessions
       WHERE session_id = (SELECT session_id FROM accounts.refresh_tokens WHERE token_hash = $1)`,
      [tokenHash],
    );
  }

  /** `except`: the session that goes on. */
  async endAllOf(accountId: AccountId, except: string | null = null): Promise<void> {
    await this.#database.query(
      'DELETE FROM accounts.sessions WHERE account_id = $1 AND session_id IS DISTINCT FROM $2::uuid',
      [accountId, except],
    );
  }

  /** Leaves an account its newest sessions only. */
  async endOldest(accountId: AccountId, keep: number): Promise<void> {
    await this.#database.query(
      `DELETE FROM accounts.sessions WHERE session_id IN (
         SELECT session_id FROM accounts.sessions WHERE account_id = $1
         ORDER BY last_used_at DESC, session_id OFFSET $2)`,
      [accountId, keep],
    );
  }

  /** Deletes sessions that were not used since, or whose time is over. Returns how many. */
  async deleteOver(unusedSince: number, now: number): Promise<number> {
    const { rowCount } = await this.#database.query(
      'DELETE FROM accounts.sessions WHERE last_used_at < $1 OR ends_at <= $2',
      [new Date(unusedSince), new Date(now)],
    );
    return rowCount ?? 0;
  }
}

function fromRow(row: Row): StoredToken {
  return {
    sessionId: row.session_id,
    accountId: row.account_id,
    startedAt: row.started_at.getTime(),
    lastUsedAt: row.last_used_at.getTime(),
    endsAt: row.ends_at.getTime(),
    usedAt: row.used_at?.getTime() ?? null,
  };
}
