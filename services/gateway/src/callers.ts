import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { networkName } from '@parley/common/limits';
import { browserIdentity, ParleyError, type Caller, type RouteAccess } from '@parley/proto';
import { BrowserIds } from './browser-ids.ts';

/** What shows who makes a request. */
export type Asking = {
  readonly headers: IncomingHttpHeaders;
  /** Of the client. */
  readonly address: string;
};

type Recognised = {
  readonly caller: Caller;
  /** For the header Set-Cookie of the answer. */
  readonly cookie?: string;
};

/** Recognises who makes a request: today a guest by the id of the browser. */
export class Callers {
  readonly #browsers: BrowserIds;
  readonly #addressKey: string;

  /** @param key IDENTITY_KEY. Without it only this process knows its guests again. */
  constructor(key: string | undefined) {
    const secret = key ?? randomBytes(32).toString('base64url');
    this.#browsers = new BrowserIds(Buffer.from(secret));
    this.#addressKey = secret;
  }

  /** `givesBrowserId`: a guest without an id gets one, and an id that is there lives on. */
  async recognise({ headers, address }: Asking, givesBrowserId = false): Promise<Recognised> {
    const known = this.#browsers.read(headers.cookie);
    const id = known ?? (givesBrowserId ? this.#browsers.create() : undefined);
    const caller: Caller = {
      identity: id === undefined ? null : browserIdentity(id),
      accountName: null,
      isOperator: false,
      addressHash: networkName(this.#addressKey, address),
    };
    if (id === undefined || !givesBrowserId) return { caller };
    return { caller, cookie: this.#browsers.write(id, headers['x-forwarded-proto'] === 'https') };
  }
}

/**
 * Checks what can be known of a caller before the room is looked at. Throws `unauthenticated`, or `not_found` where only operators
 * may know that there is such a route.
 */
export function assertAccess(access: RouteAccess, { identity, isOperator }: Caller): void {
  if (access === 'anybody') return;
  if (access === 'operator' && !isOperator) throw new ParleyError('not_found');
  if (identity === null) throw new ParleyError('unauthenticated');
  if (access === 'account' && !identity.startsWith('account:')) throw new ParleyError('unauthenticated');
}
