import { randomUUID } from 'node:crypto';
import { ParleyError } from '@parley/proto/errors';
import {
  SESSIONS_MAX,
  type AccountId,
  type AccountSession,
  type SessionDevice,
  type SessionInfo,
} from '@parley/proto/rest';
import type { AccessTokens } from './keys/access-tokens.ts';
import type { AccountDatabase } from './store/account-database.ts';
import { AccountRepository, toAccount, type AccountRow } from './store/account-repository.ts';
import { newSecretToken, tokenAfter, tokenHash } from './store/secret-token.ts';
import { SessionRepository } from './store/session-repository.ts';

const DAY_MS = 86_400_000;
/** A session that is not used ends after this time, and any session after the other. */
const IDLE_MS = 30 * DAY_MS;
const LIFETIME_MS = 180 * DAY_MS;
/** In this time after its use a refresh token gets the same answer again: the answer was lost, or two tabs asked at once. */
const GRACE_MS = 10_000;

/** What a log-in brings: the answer, and the refresh token for its cookie. */
export type StartedSession = { readonly session: AccountSession; readonly refreshToken: string };

/** An account that is logged in, as an access token has shown. */
export type Login = {
  readonly account: AccountRow;
  readonly sessionId: string;
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
};

/** The account that an access token names, where the database cannot be asked whether that still holds. */
export type ClaimedLogin = { readonly accountId: AccountId; readonly name: string };

type SessionsOptions = {
  database: AccountDatabase;
  tokens: AccessTokens;
  /** Makes each refresh token of the one before. */
  refreshKey: Buffer;
  now: () => number;
};

/** The log-ins: they begin, go on by their refresh tokens, and end. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #sessions: SessionRepository;
  readonly #accounts: AccountRepository;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#sessions = new SessionRepository(options.database);
    this.#accounts = new AccountRepository(options.database);
  }

  async start(account: AccountRow, device: SessionDevice): Promise<StartedSession> {
    const { database, now } = this.#options;
    const [id, refreshToken, at] = [randomUUID(), newSecretToken(), now()];
    await database.transaction(async (connection) => {
      const sessions = new SessionRepository(connection);
      await sessions.insert({ id, accountId: account.id, device, at, endsAt: at + LIFETIME_MS });
      await sessions.addToken(tokenHash(refreshToken), id, at);
      await sessions.endOldest(account.id, SESSIONS_MAX);
    });
    return this.#answer(account, id, refreshToken);
  }

  /**
   * Rejects with `unauthenticated`. A token that was used before shows that somebody else has a copy. Nobody can say which of the two is the
   * right person, so the session ends for both.
   */
  async refresh(token: string): Promise<StartedSession> {
    const refreshed = await this.#options.database.transaction((connection) =>
      this.#useToken(new SessionRepository(connection), token),
    );
    if (refreshed === undefined) throw new ParleyError('unauthenticated');
    const account = await this.#accounts.find(refreshed.accountId);
    if (account === undefined || account.isBlocked) throw new ParleyError('unauthenticated');
    return this.#answer(account, refreshed.sessionId, refreshed.next);
  }

  async end(token: string): Promise<void> {
    await this.#sessions.endByToken(tokenHash(token));
  }

  /** The sessions of the account that asks. */
  async list({ account, sessionId }: Login): Promise<SessionInfo[]> {
    const now = this.#options.now();
    const sessions = await this.#sessions.list(account.id, { unusedSince: now - IDLE_MS, now });
    return sessions.map((session) => ({ ...session, isCurrent: session.id === sessionId }));
  }

  /** Rejects with `not_found`, also for a session of another account. */
  async endOf({ account }: Login, sessionId: string): Promise<void> {
    if (!(await this.#sessions.endOf(account.id, sessionId))) throw new ParleyError('not_found');
  }

  /** `except`: the session that goes on. */
  async endAllOf(accountId: AccountId, except?: string): Promise<void> {
    await this.#sessions.endAllOf(accountId, except);
  }

  /**
   * The log-in that the header Authorization names; only what the token claims while the database is away. Rejects with
   * `unauthenticated` if the token is not valid, its session has ended or its account is blocked.
   */
  async verify(authorization: string): Promise<Login | ClaimedLogin> {
    const { sub, sid, name } = await this.#options.tokens.verify(authorization);
    try {
      const startedAt = await this.#sessions.startOf(sid, sub);
      const account = await this.#accounts.find(sub);
      if (startedAt === undefined || account === undefined || account.isBlocked)
        throw new ParleyError('unauthenticated');
      return { account, sessionId: sid, startedAt };
    } catch (error) {
      const isAway =
        error instanceof ParleyError && (error.code === 'unavailable' || error.code === 'timeout');
      if (isAway) return { accountId: sub, name };
      throw error;
    }
  }

  async deleteOver(): Promise<number> {
    const now = this.#options.now();
    return this.#sessions.deleteOver(now - IDLE_MS, now);
  }

  /** The next token; undefined if this one is not good, and then its session is over. */
  async #useToken(sessions: SessionRepository, token: string) {
    const now = this.#options.now();
    const hash = tokenHash(token);
    const stored = await sessions.lockToken(hash);
    if (stored === undefined) return undefined;
    const { sessionId, accountId, usedAt } = stored;
    const next = tokenAfter(token, this.#options.refreshKey);
    const isOver = now >= stored.endsAt || now - stored.lastUsedAt >= IDLE_MS;
    if (!isOver && usedAt === null) {
      await sessions.markUsed(hash, sessionId, now);
      await sessions.addToken(tokenHash(next), sessionId, now);
      return { sessionId, accountId, next };
    }
    const isRepeated =
      usedAt !== null && now - usedAt < GRACE_MS && (await sessions.isUnused(tokenHash(next)));
    if (!isOver && isRepeated) return { sessionId, accountId, next };
    await sessions.end(sessionId);
    return undefined;
  }

  async #answer(account: AccountRow, sessionId: string, refreshToken: string): Promise<StartedSession> {
    const { token, expiresAt } = await this.#options.tokens.issue(account, sessionId);
    return { session: { accessToken: token, expiresAt, account: toAccount(account) }, refreshToken };
  }
}
