import { isUniqueViolation, type Queryable } from '@parley/common/postgres';
import { ParleyError } from '@parley/proto/errors';
import type { Account, AccountId } from '@parley/proto/rest';

/** A row of `accounts.accounts`. */
export type AccountRow = {
  readonly id: AccountId;
  readonly email: string;
  /** A mail or a provider has shown that the address is theirs. */
  readonly isEmailVerified: boolean;
  readonly displayName: string;
  readonly passwordHash: string | null;
  readonly isOperator: boolean;
  readonly isBlocked: boolean;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
};

export type NewAccount = Omit<AccountRow, 'isBlocked'>;
export type ListedAccount = AccountRow & { readonly lastSeenAt: number | null };

type Row = {
  account_id: AccountId;
  email: string;
  email_verified: boolean;
  display_name: string;
  password_hash: string | null;
  is_operator: boolean;
  blocked_at: Date | null;
  created_at: Date;
};

const COLUMNS =
  'account_id, email, email_verified, display_name, password_hash, is_operator, blocked_at, created_at';
/** Two accounts at the same time are not both the first one, and two operators at the same time do not both leave. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtext('parley:accounts:operators'))`;

/** The tables `accounts.accounts` and `accounts.provider_logins`. */
export class AccountRepository {
  readonly #database: Queryable;

  /** @param database The pool, or the connection of a transaction. */
  constructor(database: Queryable) {
    this.#database = database;
  }

  /** Until the transaction ends, no other one adds or removes operators. */
  async lockOperators(): Promise<void> {
    await this.#database.query(LOCK);
  }

  /** Rejects with `email_taken`. */
  async insert(account: NewAccount): Promise<AccountRow> {
    const { id, email, isEmailVerified, displayName, passwordHash, isOperator, createdAt } = account;
    try {
      const { rows } = await this.#database.query<Row>(
        `INSERT INTO accounts.accounts
           (account_id, email, email_verified, display_name, password_hash, is_operator, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`,
        [id, email, isEmailVerified, displayName, passwordHash, isOperator, new Date(createdAt)],
      );
      return one(rows);
    } catch (error) {
      throw isUniqueViolation(error) ? new ParleyError('email_taken') : error;
    }
  }

  find(id: AccountId): Promise<AccountRow | undefined> {
    return this.#first(`SELECT ${COLUMNS} FROM accounts.accounts WHERE account_id = $1`, id);
  }

  findByEmail(email: string): Promise<AccountRow | undefined> {
    return this.#first(`SELECT ${COLUMNS} FROM accounts.accounts WHERE email = $1`, email);
  }

  findByProvider(issuer: string, subject: string): Promise<AccountRow | undefined> {
    return this.#first(
      `SELECT ${COLUMNS} FROM accounts.accounts JOIN accounts.provider_logins USING (account_id)
       WHERE issuer = $1 AND subject = $2`,
      issuer,
      subject,
    );
  }

  async linkProvider(issuer: string, subject: string, id: AccountId): Promise<void> {
    await this.#database.query(
      `INSERT INTO accounts.provider_logins (issuer, subject, account_id) VALUES ($1, $2, $3)
       ON CONFLICT (issuer, subject) DO NOTHING`,
      [issuer, subject, id],
    );
  }

  async isEmpty(): Promise<boolean> {
    const { rows } = await this.#database.query('SELECT 1 FROM accounts.accounts LIMIT 1');
    return rows.length === 0;
  }

  /** Operators who can log in, besides this account. */
  async hasOtherOperator(id: AccountId): Promise<boolean> {
    const { rows } = await this.#database.query(
      `SELECT 1 FROM accounts.accounts
       WHERE is_operator AND blocked_at IS NULL AND account_id <> $1 LIMIT 1`,
      [id],
    );
    return rows.length > 0;
  }

  rename(id: AccountId, displayName: string): Promise<AccountRow | undefined> {
    return this.#first(
      `UPDATE accounts.accounts SET display_name = $2 WHERE account_id = $1 RETURNING ${COLUMNS}`,
      id,
      displayName,
    );
  }

  async setPassword(id: AccountId, passwordHash: string): Promise<void> {
    await this.#database.query('UPDATE accounts.accounts SET password_hash = $2 WHERE account_id = $1', [
      id,
      passwordHash,
    ]);
  }

  async verifyEmail(id: AccountId): Promise<void> {
    await this.#database.query('UPDATE accounts.accounts SET email_verified = true WHERE account_id = $1', [
      id,
    ]);
  }

  /** Returns whether there is such an account. */
  async setBlocked(id: AccountId, at: number | null): Promise<boolean> {
    const { rowCount } = await this.#database.query(
      'UPDATE accounts.accounts SET blocked_at = $2 WHERE account_id = $1',
      [id, at === null ? null : new Date(at)],
    );
    return rowCount === 1;
  }

  /** Returns whether there is such an account. */
  async makeOperator(email: string): Promise<boolean> {
    const { rowCount } = await this.#database.query(
      'UPDATE accounts.accounts SET is_operator = true WHERE email = $1',
      [email],
    );
    return rowCount === 1;
  }

  async delete(id: AccountId): Promise<void> {
    await this.#database.query('DELETE FROM accounts.accounts WHERE account_id = $1', [id]);
  }

  /** The accounts in the order of their addresses, from the address after `after` on. */
  async list(search: string, after: string, limit: number): Promise<ListedAccount[]> {
    const { rows } = await this.#database.query<Row & { last_seen_at: Date | null }>(
      `SELECT ${COLUMNS}, (
         SELECT max(last_used_at) FROM accounts.sessions WHERE sessions.account_id = accounts.account_id
       ) AS last_seen_at
       FROM accounts.accounts
       WHERE email > $2 AND (position(lower($1) IN email) > 0 OR position(lower($1) IN lower(display_name)) > 0)
       ORDER BY email LIMIT $3`,
      [search, after, limit],
    );
    return rows.map((row) => ({ ...fromRow(row), lastSeenAt: row.last_seen_at?.getTime() ?? null }));
  }

  async namesOf(ids: readonly AccountId[]): Promise<Map<AccountId, string>> {
    const { rows } = await this.#database.query<Pick<Row, 'account_id' | 'display_name'>>(
      'SELECT account_id, display_name FROM accounts.accounts WHERE account_id = ANY($1::uuid[])',
      [ids],
    );
    return new Map(rows.map(({ account_id, display_name }) => [account_id, display_name]));
  }

  async #first(text: string, ...values: string[]): Promise<AccountRow | undefined> {
    const { rows } = await this.#database.query<Row>(text, values);
    return rows[0] && fromRow(rows[0]);
  }
}

/** An account as its owner sees it. */
export function toAccount({
  id,
  email,
  displayName,
  passwordHash,
  isOperator,
  createdAt,
}: AccountRow): Account {
  return { id, email, displayName, isOperator, hasPassword: passwordHash !== null, createdAt };
}

function one(rows: readonly Row[]): AccountRow {
  const [row] = rows;
  if (row === undefined) throw new Error('The database returned no row.');
  return fromRow(row);
}

function fromRow(row: Row): AccountRow {
  return {
    id: row.account_id,
    email: row.email,
    isEmailVerified: row.email_verified,
    displayName: row.display_name,
    passwordHash: row.password_hash,
    isOperator: row.is_operator,
    isBlocked: row.blocked_at !== null,
    createdAt: row.created_at.getTime(),
  };
}
