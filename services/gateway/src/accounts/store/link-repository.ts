import type { Queryable } from '@parley/common/postgres';
import type { AccountId } from '@parley/proto/rest';
import { tokenHash } from './secret-token.ts';

type LinkKind = 'confirmation' | 'invitation' | 'reset';

/** What a link is good for, besides its kind. */
type Content = {
  readonly accountId?: AccountId;
  readonly email?: string | undefined;
  readonly displayName?: string;
  readonly passwordHash?: string;
};

export type StoredLink = {
  readonly accountId: AccountId | null;
  readonly email: string | null;
  readonly displayName: string | null;
  readonly passwordHash: string | null;
};

type Row = {
  account_id: AccountId | null;
  email: string | null;
  display_name: string | null;
  password_hash: string | null;
};

/** The table `accounts.links`. */
export class LinkRepository {
  readonly #database: Queryable;

  /** @param database The pool, or the connection of a transaction. */
  constructor(database: Queryable) {
    this.#database = database;
  }

  async insert(kind: LinkKind, token: string, expiresAt: number, content: Content): Promise<void> {
    const { accountId, email, displayName, passwordHash } = content;
    await this.#database.query(
      `INSERT INTO accounts.links (token_hash, kind, expires_at, account_id, email, display_name, password_hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [tokenHash(token), kind, new Date(expiresAt), accountId, email, displayName, passwordHash],
    );
  }

  /** The link, which is used up by it. Undefined if there is none of this kind, or its time is over. */
  async take(kind: LinkKind, token: string, now: number): Promise<StoredLink | undefined> {
    const { rows } = await this.#database.query<Row>(
      `DELETE FROM accounts.links WHERE token_hash = $1 AND kind = $2 AND expires_at > $3
       RETURNING account_id, email, display_name, password_hash`,
      [tokenHash(token), kind, new Date(now)],
    );
    const [row] = rows;
    return (
      row && {
        accountId: row.account_id,
        email: row.email,
        displayName: row.display_name,
        passwordHash: row.password_hash,
      }
    );
  }

  /** A newer link to the same end makes older ones void. */
  async deleteResetsOf(accountId: AccountId): Promise<void> {
    await this.#database.query(`DELETE FROM accounts.links WHERE kind = 'reset' AND account_id = $1`, [
      accountId,
    ]);
  }

  async deleteConfirmationsOf(email: string): Promise<void> {
    await this.#database.query(`DELETE FROM accounts.links WHERE kind = 'confirmation' AND email = $1`, [
      email,
    ]);
  }

  async deleteOver(now: number): Promise<void> {
    await this.#database.query('DELETE FROM accounts.links WHERE expires_at <= $1', [new Date(now)]);
  }
}
