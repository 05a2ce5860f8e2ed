import { ParleyError } from '@parley/proto/errors';
import type { AccountId, SessionDevice } from '@parley/proto/rest';
import { AccountRepository, type AccountRow } from './store/account-repository.ts';
import type { AccountDatabase } from './store/account-database.ts';
import type { Attempts } from './attempts.ts';
import type { Passwords } from './passwords.ts';
import type { Login, Sessions, StartedSession } from './sessions.ts';

/** An account without a password, which logs in through a provider, confirms by a log-in that is no older than this. */
const RECENTLY_MS = 10 * 60_000;

type LogInOptions = {
  database: AccountDatabase;
  passwords: Passwords;
  sessions: Sessions;
  attempts: Attempts;
  now: () => number;
};

/** Finds out whether somebody is the person of an account: by the password, or by a log-in of the last minutes. */
export class LogIn {
  readonly #options: LogInOptions;
  readonly #accounts: AccountRepository;

  constructor(options: LogInOptions) {
    this.#options = options;
    this.#accounts = new AccountRepository(options.database);
  }

  /**
   * Rejects with `credentials_invalid`, after the same time whether there is such an account or not, with `rate_limited`, and
   * with `account_blocked` for people who know the password.
   */
  async withPassword(
    email: string,
    password: string,
    { address, device }: { address: string; device: SessionDevice },
  ): Promise<StartedSession> {
    const { attempts, passwords, sessions } = this.#options;
    await attempts.take('log-in', email, address);
    const account = await this.#accounts.findByEmail(email);
    const isRight = await passwords.matches(password, account?.passwordHash);
    if (account === undefined || !isRight) throw new ParleyError('credentials_invalid');
    if (account.isBlocked) throw new ParleyError('account_blocked');
    await this.#renewHash(account, password);
    return sessions.start(account, device);
  }

  /** Confirms who the person is, before something that a stranger at an open page must not do. Rejects with `credentials_invalid`. */
  async confirm({ account, startedAt }: Login, password: string | undefined, address: string): Promise<void> {
    const { attempts, passwords, now } = this.#options;
    if (account.passwordHash === null) {
      if (now() - startedAt < RECENTLY_MS) return;
      throw new ParleyError('credentials_invalid', 'Log in again first.');
    }
    await attempts.take('log-in', account.email, address);
    if (password === undefined || !(await passwords.matches(password, account.passwordHash)))
      throw new ParleyError('credentials_invalid');
  }

  async setPassword(accountId: AccountId, password: string, except?: string): Promise<void> {
    const { passwords, sessions } = this.#options;
    await this.#accounts.setPassword(accountId, await passwords.hash(password));
    await sessions.endAllOf(accountId, except);
  }

  async #renewHash({ id, passwordHash }: AccountRow, password: string): Promise<void> {
    const { passwords } = this.#options;
    if (passwordHash === null || !passwords.isOutdated(passwordHash)) return;
    await this.#accounts.setPassword(id, await passwords.hash(password));
  }
}
