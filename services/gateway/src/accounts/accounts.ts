import type { Logger } from '@parley/common/logging';
import { BackedBuckets } from '@parley/common/limits';
import { PostgresBuckets, type DatabasePool } from '@parley/common/postgres';
import { ParleyError } from '@parley/proto/errors';
import type { AccountId } from '@parley/proto/rest';
import { AccessTokens } from './keys/access-tokens.ts';
import { AccountDatabase } from './store/account-database.ts';
import { AccountKeys } from './keys/account-keys.ts';
import { AccountMails } from './mail/account-mails.ts';
import type { AccountPolicy } from './account-policy.ts';
import { AccountRepository, type AccountRow, type ListedAccount } from './store/account-repository.ts';
import { Attempts } from './attempts.ts';
import { BlockedNetworks } from './blocked-networks.ts';
import { LinkRepository } from './store/link-repository.ts';
import { LogIn } from './log-in.ts';
import type { Mailer } from './mail/mailer.ts';
import { OpenId } from './openid.ts';
import { PasswordReset } from './password-reset.ts';
import { Passwords } from './passwords.ts';
import { Registration } from './registration.ts';
import { SessionRepository } from './store/session-repository.ts';
import { Sessions } from './sessions.ts';
import { SigningKeys } from './keys/signing-keys.ts';

const CLEANING_INTERVAL_MS = 3_600_000;

export type AccountsOptions = {
  pool: DatabasePool;
  /** IDENTITY_KEY. */
  secret: string;
  policy: AccountPolicy;
  /** RATE_LIMIT_FACTOR; 0 for no limit. */
  rateFactor: number;
  mail?: { url: string; from: string; publicUrl: string } | undefined;
  openId?:
    | {
        issuer: string;
        clientId: string;
        clientSecret: string;
        name: string;
        makesAccounts: boolean;
        trustsEmail: boolean;
        publicUrl: string;
      }
    | undefined;
  logger: Logger;
  now?: () => number;
};

/** The accounts of this server: it puts their parts together, and closes them. */
export class Accounts {
  readonly policy: AccountPolicy;
  readonly database: AccountDatabase;
  readonly keys: AccountKeys;
  readonly signingKeys: SigningKeys;
  readonly sessions: Sessions;
  readonly logIn: LogIn;
  readonly registration: Registration;
  readonly passwordReset: PasswordReset;
  readonly attempts: Attempts;
  readonly blockedNetworks: BlockedNetworks;
  readonly openId: OpenId | undefined;
  readonly mails: AccountMails | undefined;
  readonly #buckets: PostgresBuckets;
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #cleaning: NodeJS.Timeout;

  private constructor(options: AccountsOptions, database: AccountDatabase, mailer: Mailer | undefined) {
    const { policy, logger, now = Date.now } = options;
    const passwords = new Passwords();
    this.policy = policy;
    this.database = database;
    this.#logger = logger;
    this.#now = now;
    this.keys = new AccountKeys(options.secret);
    this.signingKeys = new SigningKeys(database, this.keys.signingKeys, now);
    const tokens = new AccessTokens(this.signingKeys, now);
    this.sessions = new Sessions({ database, tokens, refreshKey: this.keys.refreshTokens, now });
    this.#buckets = new PostgresBuckets(database, 'accounts.attempts');
    this.attempts = new Attempts(options.rateFactor, new BackedBuckets(this.#buckets, logger));
    const { sessions, attempts, keys } = this;
    this.logIn = new LogIn({ database, passwords, sessions, attempts, now });
    const { mail } = options;
    this.mails = mail && mailer && new AccountMails({ mailer, publicUrl: mail.publicUrl, logger });
    this.registration = new Registration({ database, keys, passwords, mails: this.mails, policy, now });
    this.passwordReset = new PasswordReset({ database, passwords, mails: this.mails, now });
    this.blockedNetworks = new BlockedNetworks({ database, logger, now });
    const { registration } = this;
    this.openId =
      options.openId &&
      new OpenId({ ...options.openId, key: keys.openId, database, registration, logger, now });
    this.#cleaning = setInterval(() => void this.clean(), CLEANING_INTERVAL_MS).unref();
  }

  /** Rejects if the schema of accounts cannot be brought up to date. That PostgreSQL is away is no reason to reject. */
  static async create(options: AccountsOptions): Promise<Accounts> {
    const database = await AccountDatabase.create(options.pool, options.logger);
    const accounts = new Accounts(options, database, await createMailer(options.mail));
    await accounts.blockedNetworks.refresh();
    return accounts;
  }

  async close(): Promise<void> {
    clearInterval(this.#cleaning);
    await this.mails?.close();
  }

  async rename(id: AccountId, displayName: string): Promise<AccountRow> {
    const account = await new AccountRepository(this.database).rename(id, displayName);
    if (account === undefined) throw new ParleyError('unauthenticated');
    return account;
  }

  /** Rejects with `conflict` for the last operator: nobody could block anybody any more. */
  async delete<Report>(
    { id, isOperator }: AccountRow,
    eraseElsewhere: () => Promise<Report>,
  ): Promise<Report> {
    return this.database.transaction(async (connection) => {
      const accounts = new AccountRepository(connection);
      if (isOperator) await accounts.lockOperators();
      if (isOperator && !(await accounts.hasOtherOperator(id)))
        throw new ParleyError('conflict', 'The last operator of this server cannot leave.');
      await accounts.delete(id);
      // Last, because it cannot be undone. If it fails the account stays, and the person asks again.
      return eraseElsewhere();
    });
  }

  list(search: string, after: string, limit: number): Promise<ListedAccount[]> {
    return new AccountRepository(this.database).list(search, after, limit);
  }

  /** Accounts that are gone are left out. */
  namesOf(ids: readonly AccountId[]): Promise<Map<AccountId, string>> {
    return new AccountRepository(this.database).namesOf(ids);
  }

  /** Ends all sessions of the account. Rejects with `not_found`, and with `conflict` for one's own account. */
  async block(id: AccountId, operator: AccountRow): Promise<void> {
    if (id === operator.id) throw new ParleyError('conflict', 'That is your own account.');
    await this.database.transaction(async (connection) => {
      const isKnown = await new AccountRepository(connection).setBlocked(id, this.#now());
      if (!isKnown) throw new ParleyError('not_found');
      await new SessionRepository(connection).endAllOf(id);
    });
  }

  /** Rejects with `not_found`. */
  async unblock(id: AccountId): Promise<void> {
    if (!(await new AccountRepository(this.database).setBlocked(id, null)))
      throw new ParleyError('not_found');
  }

  /** Deletes what has ended: sessions, links, blocks, and counts of attempts that matter no more. */
  async clean(): Promise<void> {
    try {
      const sessions = await this.sessions.deleteOver();
      await new LinkRepository(this.database).deleteOver(this.#now());
      await this.blockedNetworks.deleteOver();
      await this.#buckets.deleteFull();
      this.#logger.info({ sessions }, 'ended sessions deleted');
    } catch (error) {
      this.#logger.warn({ err: error }, 'ended sessions not deleted');
    }
  }
}

/** Loads what speaks SMTP, 4 MB, only where mails are sent. */
async function createMailer(mail: AccountsOptions['mail']): Promise<Mailer | undefined> {
  if (mail === undefined) return undefined;
  const { Mailer } = await import('./mail/mailer.ts');
  return new Mailer(mail);
}
