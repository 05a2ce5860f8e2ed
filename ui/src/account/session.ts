import type { Account, AccountSession, ErasureReport, RouteAccess } from '@parley/proto/rest';
import { asFailure, type CallError } from '../call/base/call-failure.ts';
import type { Credentials } from '../call/base/credentials.ts';
import { ObservableState } from '../call/base/observable-state.ts';
import { RestClient, type RestInput } from '../call/base/rest-client.ts';
import type { StoredRecord } from '../call/base/stored-record.ts';
import type { LogInMark } from './log-in-mark.ts';
import type { TabLock } from './tab-lock.ts';

/** An access token lives for 15 minutes. Within these bounds a wrong clock of this device does no harm. */
const LIFETIME_MAX_MS = 15 * 60_000;
const LIFETIME_MIN_MS = 2 * 60_000;
/** Another token is fetched so long before the end of the last one, and requests go on with the last one meanwhile. */
const RENEWED_BEFORE_MS = 45_000;
/** A token that ends so soon may be over when the server reads it. */
const ENDING_MS = 5_000;

export type SessionState = {
  /** `unknown` until the server has said whether the log-in that this browser remembers still holds. */
  readonly status: 'unknown' | 'guest' | 'logged-in';
  /** Null unless somebody is logged in. */
  readonly account: Account | null;
  /** Why the status is still unknown; `resume` asks again. */
  readonly error: CallError | null;
};

/** The state before the page knows anything, and on the server. */
export const SESSION_UNKNOWN: SessionState = { status: 'unknown', account: null, error: null };

/** What tabs say to each other. Any message means: the log-in of this browser has changed. */
type TabChannel = Pick<BroadcastChannel, 'postMessage' | 'close' | 'addEventListener'>;

export type SessionOptions = {
  /** Scheme, host and port; empty: where the page came from. */
  origin: string;
  mark: StoredRecord<LogInMark>;
  lock: TabLock;
  openChannel: () => TabChannel;
  /** Nobody looks at the page, so it does not need another token yet. */
  isHidden: () => boolean;
};

/**
 * The log-in of this page. It holds the access token in memory, and gets another one with the refresh token of the cookie, one tab at a time. A
 * page of a guest asks for nothing. Methods reject with CallFailure only.
 */
export class Session {
  /** Requests as the person who is logged in, or as a guest. */
  readonly rest: RestClient;
  readonly credentials: Credentials = {
    token: (access) => this.#tokenFor(access),
    renew: (refused) => this.#renew(refused),
  };
  readonly #options: SessionOptions;
  readonly #state = new ObservableState<SessionState>(SESSION_UNKNOWN);
  /**
   * The client without a token, for log-in, refresh and log-out, which have the cookie. Its requests outlive the page, or the browser would miss
   * the next cookie.
   */
  readonly #plain: RestClient;
  #channel: TabChannel | null = null;
  #token: { text: string; endsAt: number } | null = null;
  #refreshing: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SessionOptions) {
    const { origin } = options;
    this.#options = options;
    this.#plain = new RestClient({ origin, traceId: () => null, keepalive: true });
    this.rest = new RestClient({ origin, traceId: () => null, credentials: this.credentials });
  }

  getState(): SessionState {
    return this.#state.get();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  /** Finds out who is logged in, once for each page. Anything that asks for a token does it too. */
  start(): void {
    if (this.#channel !== null) return;
    this.#channel = this.#options.openChannel();
    this.#channel.addEventListener('message', () => this.#lookAgain());
    this.#lookAgain();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#channel?.close();
  }

  /** Finds out again who is logged in, also if this browser remembers nobody: a log-in through a provider leaves only the cookie. */
  async resume(): Promise<SessionState> {
    this.start();
    await this.#refresh().catch(() => {});
    return this.getState();
  }

  /** The page is looked at again: its token may have ended, and another tab may have logged in or out. */
  wake(): void {
    if (this.#channel === null) return;
    const { loggedIn } = this.#options.mark.load();
    if (loggedIn !== (this.getState().status === 'logged-in')) this.#lookAgain();
    else if (loggedIn && this.#leftMs() < RENEWED_BEFORE_MS) this.#refreshInBackground();
  }

  logIn(body: RestInput<'logIn'>['body']): Promise<Account> {
    return this.#begin(() => this.#plain.call('logIn', { body }));
  }

  /** Null where a mail brings the link to go on. */
  async register(body: RestInput<'register'>['body']): Promise<Account | null> {
    return this.#exclusively(async () => {
      const { session } = await this.#plain.call('register', { body });
      return session === null ? null : this.#changed(session);
    });
  }

  /** @param token From the link of the mail. */
  confirmRegistration(token: string): Promise<Account> {
    return this.#begin(() => this.#plain.call('confirmRegistration', { body: { token } }));
  }

  async requestPasswordReset(email: string): Promise<void> {
    await this.#plain.call('requestPasswordReset', { body: { email } });
  }

  /** Ends every log-in of the account, which may be the one of this page. */
  async resetPassword(body: RestInput<'resetPassword'>['body']): Promise<void> {
    await this.#plain.call('resetPassword', { body });
    if (this.#options.mark.load().loggedIn) await this.resume();
  }

  /** On failure the person is still logged in: only the server can end the session. */
  async logOut(): Promise<void> {
    await this.#exclusively(async () => {
      await this.#plain.call('logOut', {});
      this.#ended();
    });
  }

  async rename(displayName: string): Promise<void> {
    const account = await this.rest.call('changeAccount', { body: { displayName } });
    this.#state.update({ account });
    this.#channel?.postMessage('changed');
  }

  /** All other log-ins of the account end. */
  async changePassword(body: RestInput<'changePassword'>['body']): Promise<void> {
    await this.rest.call('changePassword', { body });
  }

  async deleteAccount(body: RestInput<'deleteAccount'>['body']): Promise<ErasureReport> {
    const report = await this.rest.call('deleteAccount', { body });
    this.#ended();
    return report;
  }

  async #begin(ask: () => Promise<AccountSession>): Promise<Account> {
    return this.#exclusively(async () => this.#changed(await ask()));
  }

  /** Lets no tab refresh meanwhile, because a refresh would write its cookie over that of the log-in. */
  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.start();
    return this.#options.lock.run(work);
  }

  #tokenFor(access: RouteAccess): string | null | Promise<string | null> {
    this.start();
    const leftMs = this.#leftMs();
    if (this.#token !== null && leftMs > ENDING_MS) {
      if (leftMs < RENEWED_BEFORE_MS) this.#refreshInBackground();
      return this.#token.text;
    }
    if (this.getState().status === 'guest') return null;
    return this.#waitForToken(access);
  }

  /** While accounts are away, what guests may do goes on as for a guest. */
  async #waitForToken(access: RouteAccess): Promise<string | null> {
    try {
      await this.#refresh();
    } catch (error) {
      if (access !== 'anybody' && access !== 'guest') throw asFailure(error);
    }
    return this.#token?.text ?? null;
  }

  async #renew(refused: string): Promise<string | null> {
    if (this.#token?.text === refused) this.#token = null;
    if (this.#token === null) await this.#refresh();
    return this.#token?.text ?? null;
  }

  #lookAgain(): void {
    this.#token = null;
    if (this.#options.mark.load().loggedIn) this.#refreshInBackground();
    else this.#becomeGuest();
  }

  #refreshInBackground(): void {
    this.#refresh().catch(() => {});
  }

  /** One at a time: all who ask meanwhile get the same answer. */
  #refresh(): Promise<void> {
    this.#refreshing ??= this.#options.lock
      .run(() => this.#askForSession())
      .finally(() => {
        this.#refreshing = null;
      });
    return this.#refreshing;
  }

  async #askForSession(): Promise<void> {
    try {
      this.#take(await this.#plain.call('refreshSession', {}));
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code === 'unauthenticated') return this.#forget();
      if (this.getState().status !== 'logged-in') this.#state.update({ error: failure.toError() });
      throw failure;
    }
  }

  #changed(session: AccountSession): Account {
    this.#take(session);
    this.#channel?.postMessage('changed');
    return session.account;
  }

  #take({ accessToken, expiresAt, account }: AccountSession): void {
    const lifetimeMs = Math.min(LIFETIME_MAX_MS, Math.max(LIFETIME_MIN_MS, expiresAt - Date.now()));
    this.#token = { text: accessToken, endsAt: Date.now() + lifetimeMs };
    this.#options.mark.save({ loggedIn: true });
    this.#state.update({ status: 'logged-in', account, error: null });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // A page that is hidden asks when somebody looks at it again.
      if (!this.#options.isHidden()) this.#refreshInBackground();
    }, lifetimeMs - RENEWED_BEFORE_MS);
  }

  #ended(): void {
    this.#forget();
    this.#channel?.postMessage('changed');
  }

  #forget(): void {
    this.#options.mark.save({ loggedIn: false });
    this.#becomeGuest();
  }

  #becomeGuest(): void {
    clearTimeout(this.#timer);
    this.#token = null;
    this.#state.update({ status: 'guest', account: null, error: null });
  }

  #leftMs(): number {
    return (this.#token?.endsAt ?? 0) - Date.now();
  }
}
