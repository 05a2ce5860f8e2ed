import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { networkName } from '@parley/common/limits';
import { ParleyError } from '@parley/proto/errors';
import type { RouteAccess } from '@parley/proto/rest';
import { accountIdentity, browserIdentity, type Caller } from '@parley/proto/room';
import { EVERYTHING_OPEN, type AccountPolicy } from '../accounts/account-policy.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Login } from '../accounts/sessions.ts';
import { BrowserIds } from './browser-ids.ts';

/** What shows who makes a request. */
export type Asking = {
  readonly headers: IncomingHttpHeaders;
  /** The address of the client. */
  readonly address: string;
};

/** The part of a route that the recognition depends on. */
type AskedRoute = { readonly access: RouteAccess; readonly givesBrowserId?: true; readonly rate: unknown };

type Recognised = {
  readonly caller: Caller;
  /** Undefined for a guest, and while the database of accounts is away. */
  readonly login?: Login;
  /** The value of the header Set-Cookie of the answer. */
  readonly cookie?: string;
};

/** Recognises who makes a request: an account by its access token, a guest by the id of the browser. */
export class Callers {
  readonly #browsers: BrowserIds;
  readonly #addressKey: string;
  readonly #accounts: Accounts | undefined;

  /**
   * @param key IDENTITY_KEY. Without it only this process knows its guests again.
   * @param accounts Undefined on a server without accounts.
   */
  constructor(key: string | undefined, accounts?: Accounts) {
    const secret = key ?? randomBytes(32).toString('base64url');
    this.#browsers = new BrowserIds(Buffer.from(secret));
    this.#addressKey = secret;
    this.#accounts = accounts;
  }

  /** What the server allows people without an account. */
  get policy(): AccountPolicy {
    return this.#accounts?.policy ?? EVERYTHING_OPEN;
  }

  /** Throws `address_blocked`. */
  assertNotBlocked(address: string): void {
    if (this.#accounts?.blockedNetworks.isBlocked(address) === true) throw new ParleyError('address_blocked');
  }

  /**
   * A route with `givesBrowserId` gives a guest without an id one, and an id that is there lives on. Rejects with `address_blocked`, with
   * `unauthenticated` for an access token that is not valid, and with `unavailable` where only the database knows the answer.
   */
  async recognise({ headers, address }: Asking, route: AskedRoute): Promise<Recognised> {
    // Health is asked by machines of the operator.
    if (route.rate !== null) this.assertNotBlocked(address);
    const addressHash = networkName(this.#addressKey, address);
    const login = await this.#verify(headers.authorization, route.access);
    if (login !== undefined) {
      const { id, displayName, isOperator, row } = login;
      const caller: Caller = {
        identity: accountIdentity(id),
        accountName: displayName,
        isOperator,
        addressHash,
      };
      return row === undefined ? { caller } : { caller, login: row };
    }
    const givesId = route.givesBrowserId ?? false;
    const browserId = this.#browsers.read(headers.cookie) ?? (givesId ? this.#browsers.create() : undefined);
    const identity = browserId === undefined ? null : browserIdentity(browserId);
    const caller: Caller = { identity, accountName: null, isOperator: false, addressHash };
    if (browserId === undefined || !givesId) return { caller };
    return { caller, cookie: this.#browsers.write(browserId, isSecure(headers)) };
  }

  /** Undefined for a guest. Where everybody may ask, a token that is not valid counts as none. */
  async #verify(authorization: string | undefined, access: RouteAccess) {
    if (authorization === undefined || this.#accounts === undefined || access === 'session') return undefined;
    try {
      const login = await this.#accounts.sessions.verify(authorization);
      if ('account' in login) return { ...login.account, row: login };
      if (access === 'account' || access === 'operator') throw new ParleyError('unavailable');
      return { id: login.accountId, displayName: login.name, isOperator: false, row: undefined };
    } catch (error) {
      if (access === 'anybody') return undefined;
      throw error;
    }
  }
}

/** Whether the page came over https, as our edge says. */
export function isSecure(headers: IncomingHttpHeaders): boolean {
  return headers['x-forwarded-proto'] === 'https';
}

/**
 * Checks what can be known of a caller before the room is looked at. Throws `unauthenticated`, `account_needed` where the server asks
 * guests for an account, or `not_found` where only operators may know that there is such a route.
 */
export function assertAccess(
  access: RouteAccess,
  { identity, isOperator }: Caller,
  policy: AccountPolicy = EVERYTHING_OPEN,
): void {
  const isAccount = identity?.startsWith('account:') === true;
  switch (access) {
    case 'anybody':
    case 'session':
      return;
    case 'guest':
      if (!isAccount && !policy.guests) throw new ParleyError('account_needed');
      return;
    case 'room-creator':
      if (!isAccount && (!policy.guests || policy.roomCreation === 'accounts'))
        throw new ParleyError('account_needed');
      return;
    case 'operator':
      if (!isOperator) throw new ParleyError('not_found');
      return;
    case 'account':
      if (!isAccount) throw new ParleyError('unauthenticated');
      return;
    case 'identity':
    case 'room:host':
    case 'room:owner':
      if (identity === null) throw new ParleyError('unauthenticated');
      if (!isAccount && !policy.guests) throw new ParleyError('account_needed');
  }
}
