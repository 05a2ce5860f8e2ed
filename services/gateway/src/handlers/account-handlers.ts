import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import { ACCOUNT_PAGES, type SessionDevice } from '@parley/proto/rest';
import { accountIdentity } from '@parley/proto/room';
import { toAccount } from '../accounts/store/account-repository.ts';
import type { Reader } from '../accounts/mail/account-mails.ts';
import { EVERYTHING_OPEN } from '../accounts/account-policy.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { readRefreshToken, removeRefreshToken, writeRefreshToken } from '../accounts/refresh-cookie.ts';
import { sessionDevice } from '../accounts/session-device.ts';
import type { Login, StartedSession } from '../accounts/sessions.ts';
import type { Handlers, RouteInput } from '../http/handler-types.ts';
import type { Rooms } from '../rooms/rooms.ts';

type SessionRoute = 'register' | 'confirmRegistration' | 'logIn' | 'refreshSession' | 'logOut';
type OwnAccountRoute =
  | 'getAccount'
  | 'changeAccount'
  | 'listSessions'
  | 'endSession'
  | 'endOtherSessions'
  | 'changePassword'
  | 'deleteAccount'
  | 'requestPasswordReset'
  | 'resetPassword';
type OpenIdRoute = 'startOpenId' | 'finishOpenId';
type AccountRoute = 'getAccountOptions' | 'getSigningKeys' | SessionRoute | OwnAccountRoute | OpenIdRoute;

type Cookies = Pick<RouteInput<'logIn'>, 'setHeader' | 'isSecure'>;

/** The routes by which people have an account. On a server without accounts they answer `unavailable`. */
export function createAccountHandlers(
  given: Accounts | undefined,
  rooms: Pick<Rooms, 'erase'>,
): Pick<Handlers, AccountRoute> {
  return {
    getAccountOptions: async () => optionsOf(given),
    getSigningKeys: async () => ({
      keys: (await using(given).signingKeys.publicKeys()) as Record<string, string>[],
    }),
    ...createSessionHandlers(given),
    ...createOwnAccountHandlers(given, rooms),
    ...createOpenIdHandlers(given),
  };
}

function createSessionHandlers(given: Accounts | undefined): Pick<Handlers, SessionRoute> {
  return {
    register: async ({ body, address, headers, ...cookies }) => {
      const { registration, sessions, attempts } = using(given);
      await attempts.take('mail', body.email, address);
      const account = await registration.register(body, readerOf(headers));
      if (account === undefined) return { session: null };
      return { session: started(await sessions.start(account, deviceOf(headers)), cookies) };
    },
    confirmRegistration: async ({ body, headers, ...cookies }) => {
      const { registration, sessions } = using(given);
      const account = await registration.confirm(body.token);
      return started(await sessions.start(account, deviceOf(headers)), cookies);
    },
    logIn: async ({ body: { email, password }, address, headers, ...cookies }) => {
      const device = deviceOf(headers);
      return started(await using(given).logIn.withPassword(email, password, { address, device }), cookies);
    },
    refreshSession: async ({ headers, ...cookies }) => {
      const token = readRefreshToken(headers.cookie);
      if (token === undefined) throw new ParleyError('unauthenticated');
      return started(await using(given).sessions.refresh(token), cookies);
    },
    logOut: async ({ headers, setHeader, isSecure }) => {
      const token = readRefreshToken(headers.cookie);
      // The browser forgets it, also if the session cannot be ended now.
      setHeader('set-cookie', removeRefreshToken(isSecure));
      if (token !== undefined) await using(given).sessions.end(token);
    },
  };
}

function createOwnAccountHandlers(
  given: Accounts | undefined,
  rooms: Pick<Rooms, 'erase'>,
): Pick<Handlers, OwnAccountRoute> {
  return {
    getAccount: async ({ login }) => toAccount(loggedIn(login).account),
    changeAccount: async ({ login, body }) =>
      toAccount(await using(given).rename(loggedIn(login).account.id, body.displayName)),
    listSessions: async ({ login }) => ({ sessions: await using(given).sessions.list(loggedIn(login)) }),
    endSession: ({ login, params }) => using(given).sessions.endOf(loggedIn(login), params.sessionId),
    endOtherSessions: async ({ login: shown }) => {
      const login = loggedIn(shown);
      await using(given).sessions.endAllOf(login.account.id, login.sessionId);
    },
    changePassword: async ({ login: shown, body, address }) => {
      const login = loggedIn(shown);
      const { logIn } = using(given);
      await logIn.confirm(login, body.currentPassword, address);
      await logIn.setPassword(login.account.id, body.newPassword, login.sessionId);
    },
    deleteAccount: async ({ login: shown, body, address, traceId, setHeader, isSecure }) => {
      const login = loggedIn(shown);
      const accounts = using(given);
      await accounts.logIn.confirm(login, body.password, address);
      const report = await accounts.delete(login.account, () =>
        rooms.erase(accountIdentity(login.account.id), undefined, traceId),
      );
      setHeader('set-cookie', removeRefreshToken(isSecure));
      return report;
    },
    requestPasswordReset: async ({ body, address, headers }) => {
      const { passwordReset, attempts } = using(given);
      await attempts.take('mail', body.email, address);
      passwordReset.request(body.email, readerOf(headers));
    },
    resetPassword: async ({ body }) => using(given).passwordReset.reset(body.token, body.newPassword),
  };
}

function createOpenIdHandlers(given: Accounts | undefined): Pick<Handlers, OpenIdRoute> {
  return {
    startOpenId: async ({ setHeader }) => {
      const { openId } = using(given);
      if (openId === undefined) throw new ParleyError('not_found');
      try {
        const { location, cookie } = await openId.start();
        setHeader('set-cookie', cookie);
        setHeader('location', location);
      } catch (error) {
        setHeader('location', openIdPage(codeOf(error)));
      }
    },
    finishOpenId: async ({ search, headers, setHeader, isSecure }) => {
      const { openId, sessions } = using(given);
      if (openId === undefined) throw new ParleyError('not_found');
      setHeader('set-cookie', openId.endCookie);
      try {
        const { refreshToken } = await sessions.start(
          await openId.finish(search, headers.cookie),
          deviceOf(headers),
        );
        setHeader('set-cookie', writeRefreshToken(refreshToken, isSecure));
        setHeader('location', openIdPage('done'));
      } catch (error) {
        setHeader('location', openIdPage(codeOf(error)));
      }
    },
  };
}

/** A person stands there, and no program: a page says what went wrong. */
function codeOf(error: unknown): ErrorCode {
  if (!(error instanceof ParleyError)) throw error;
  return error.code;
}

function openIdPage(outcome: ErrorCode | 'done'): string {
  return `${ACCOUNT_PAGES.logIn}?openid=${outcome}`;
}

async function optionsOf(accounts: Accounts | undefined) {
  const { guests, registration, roomCreation } = accounts?.policy ?? EVERYTHING_OPEN;
  const setupNeeded = await accounts?.registration.isSetupNeeded().catch(() => undefined);
  return {
    available: setupNeeded !== undefined,
    guests,
    registration,
    roomCreation,
    setupNeeded: setupNeeded ?? false,
    mail: accounts?.mails !== undefined,
    openId: accounts?.openId === undefined ? null : { name: accounts.openId.name },
  };
}

function started({ session, refreshToken }: StartedSession, { setHeader, isSecure }: Cookies) {
  setHeader('set-cookie', writeRefreshToken(refreshToken, isSecure));
  return session;
}

function deviceOf(headers: RouteInput<'logIn'>['headers']): SessionDevice {
  return sessionDevice(headers['user-agent']);
}

function readerOf(headers: RouteInput<'logIn'>['headers']): Reader {
  return { acceptLanguage: headers['accept-language'] };
}

function using(accounts: Accounts | undefined): Accounts {
  if (accounts === undefined) throw new ParleyError('unavailable', 'This server has no accounts.');
  return accounts;
}

function loggedIn(login: Login | undefined): Login {
  if (login === undefined) throw new ParleyError('unauthenticated');
  return login;
}
