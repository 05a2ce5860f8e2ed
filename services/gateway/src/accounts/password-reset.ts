import { ParleyError } from '@parley/proto/errors';
import type { AccountDatabase } from './store/account-database.ts';
import type { AccountMails, Reader } from './mail/account-mails.ts';
import { AccountRepository } from './store/account-repository.ts';
import { LinkRepository } from './store/link-repository.ts';
import type { Passwords } from './passwords.ts';
import { newSecretToken } from './store/secret-token.ts';
import { SessionRepository } from './store/session-repository.ts';

const RESET_MS = 3_600_000;

type PasswordResetOptions = {
  database: AccountDatabase;
  passwords: Passwords;
  /** Undefined where this server sends no mails. */
  mails: AccountMails | undefined;
  now: () => number;
};

/** Another password for people who have forgotten theirs: by a link in a mail, or by one that an operator hands over. */
export class PasswordReset {
  readonly #options: PasswordResetOptions;

  constructor(options: PasswordResetOptions) {
    this.#options = options;
  }

  /** Throws `unavailable` where no mails are sent. Otherwise nothing shows whether the address has an account. */
  request(email: string, reader: Reader): void {
    const { mails } = this.#options;
    if (mails === undefined)
      throw new ParleyError('unavailable', 'This server sends no mails. Ask its operator.');
    mails.inBackground(async () => {
      const token = await this.createToken(email);
      if (token !== undefined) await mails.sendReset(email, token, reader);
    });
  }

  /** The token of a link that works for an hour; undefined if no account has this address. Older links end. */
  async createToken(email: string): Promise<string | undefined> {
    const { database, now } = this.#options;
    const account = await new AccountRepository(database).findByEmail(email);
    if (account === undefined) return undefined;
    const token = newSecretToken();
    await database.transaction(async (connection) => {
      const links = new LinkRepository(connection);
      await links.deleteResetsOf(account.id);
      await links.insert('reset', token, now() + RESET_MS, { accountId: account.id });
    });
    return token;
  }

  /** Ends all sessions of the account. Rejects with `link_invalid`. */
  async reset(token: string, password: string): Promise<void> {
    const { database, passwords, mails, now } = this.#options;
    const passwordHash = await passwords.hash(password);
    await database.transaction(async (connection) => {
      const link = await new LinkRepository(connection).take('reset', token, now());
      const accountId = link?.accountId ?? undefined;
      if (accountId === undefined) throw new ParleyError('link_invalid');
      const accounts = new AccountRepository(connection);
      await accounts.setPassword(accountId, passwordHash);
      // Without mails the link came by an operator, who knows the person.
      if (mails !== undefined) await accounts.verifyEmail(accountId);
      await new SessionRepository(connection).endAllOf(accountId);
    });
  }
}
