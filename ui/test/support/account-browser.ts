import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ERRORS, type ErrorCode } from '@parley/proto/errors';
import { accountIdSchema } from '@parley/proto/rest';
import { DEFAULT_ROOM_SETTINGS } from '@parley/proto/room';
import { logInMark } from '../../src/account/log-in-mark.ts';
import { Session } from '../../src/account/session.ts';
import { TabLock } from '../../src/account/tab-lock.ts';
import { routeProblem } from './contract.ts';
import { ROOM_CODE } from './records.ts';

const ROOM = {
  code: ROOM_CODE,
  title: 'T',
  createdAt: 1,
  peerCount: 0,
  peerLimit: 100,
  settings: DEFAULT_ROOM_SETTINGS,
  role: 'participant',
};

type Answer = { status: number; body?: unknown; cookie?: string };

/**
 * A browser with one cookie, one storage and several tabs, before a server of accounts that is stricter than ours: a refresh token that comes a
 * second time ends the session at once.
 */
export class AccountBrowser {
  /** What the server was asked for, in order. */
  readonly asked: string[] = [];
  readonly stored = new Map<string, string>();
  readonly account = {
    id: accountIdSchema.parse(randomUUID()),
    email: 'anna@example.org',
    displayName: 'Anna',
    isOperator: false,
    hasPassword: true,
    createdAt: 1,
  };
  /** Refuses the named requests. */
  readonly refusals = new Map<string, ErrorCode>();
  /** How long the next access tokens live. */
  lifetimeMs = 900_000;
  reuses = 0;
  #cookie = '';
  /** What the server knows: the refresh token that is good, and access tokens. */
  #refreshToken: string | null = null;
  readonly #used = new Set<string>();
  readonly #accessTokens = new Set<string>();
  #count = 0;
  readonly #name = `parley.test.${randomUUID()}`;
  readonly #tabs: Session[] = [];
  readonly #server: Server;
  readonly #fetch = globalThis.fetch;

  static async open(): Promise<AccountBrowser> {
    const browser = new AccountBrowser();
    await new Promise<void>((resolve) => browser.#server.listen(0, '127.0.0.1', resolve));
    return browser;
  }

  private constructor() {
    this.#server = createServer((request, response) => void this.#respond(request, response));
    globalThis.fetch = async (url, init) => {
      const headers = new Headers(init?.headers);
      if (this.#cookie !== '') headers.set('cookie', this.#cookie);
      const response = await this.#fetch(url, { ...init, headers });
      this.#cookie = response.headers.get('set-cookie') ?? this.#cookie;
      return response;
    };
  }

  close(): void {
    globalThis.fetch = this.#fetch;
    for (const tab of this.#tabs) tab.close();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  openTab({ isSecure = true } = {}): Session {
    const storage = () => this.#storage();
    const tab = new Session({
      origin: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`,
      mark: logInMark(storage),
      lock: new TabLock(this.#name, { locks: () => (isSecure ? navigator.locks : undefined), storage }),
      openChannel: () => new BroadcastChannel(this.#name),
      isHidden: () => false,
    });
    this.#tabs.push(tab);
    return tab;
  }

  /** As if the session had ended on another device. */
  endSession(): void {
    this.#refreshToken = null;
    this.forgetAccessTokens();
  }

  forgetAccessTokens(): void {
    this.#accessTokens.clear();
  }

  #storage(): Storage {
    return {
      getItem: (key) => this.stored.get(key) ?? null,
      setItem: (key, value) => void this.stored.set(key, value),
    } as Storage;
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += String(part);
    const { method = '', url = '', headers } = request;
    const wrong = routeProblem(method, url, body);
    if (wrong !== null) throw new Error(wrong);
    const token = headers.authorization?.replace('Bearer ', '');
    this.asked.push(`${method} ${url}${token === undefined ? '' : ' with a token'}`);
    const { status, body: answer, cookie } = this.#answer(url, headers.cookie ?? '', token);
    if (cookie !== undefined) response.setHeader('set-cookie', cookie);
    response.writeHead(status).end(answer === undefined ? undefined : JSON.stringify(answer));
  }

  #answer(url: string, cookie: string, token: string | undefined): Answer {
    const refusal = this.refusals.get(url);
    if (refusal !== undefined) return refuse(refusal);
    if (url === '/api/auth/login') return this.#begin();
    if (url === '/api/auth/refresh') return this.#refresh(cookie);
    if (url === '/api/auth/logout') {
      this.endSession();
      return { status: 204, cookie: '' };
    }
    if (token !== undefined && !this.#accessTokens.has(token)) return refuse('unauthenticated');
    if (url === '/api/rooms') return { status: 201, body: ROOM };
    return token === undefined ? refuse('unauthenticated') : { status: 200, body: this.account };
  }

  #refresh(cookie: string): Answer {
    if (this.#used.has(cookie)) {
      this.reuses += 1;
      this.endSession();
    }
    if (this.#refreshToken === null || cookie !== this.#refreshToken) return refuse('unauthenticated');
    this.#used.add(cookie);
    return this.#begin();
  }

  #begin(): Answer {
    this.#count += 1;
    this.#refreshToken = `refresh-${this.#count}`;
    const accessToken = `access-${this.#count}`;
    this.#accessTokens.add(accessToken);
    const expiresAt = Date.now() + this.lifetimeMs;
    return {
      status: 200,
      cookie: this.#refreshToken,
      body: { accessToken, expiresAt, account: this.account },
    };
  }
}

function refuse(code: ErrorCode): Answer {
  return { status: ERRORS[code].http, body: { error: { code, message: 'No.' } } };
}
