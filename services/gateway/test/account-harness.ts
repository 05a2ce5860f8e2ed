import { createPool } from '@parley/common/postgres';
import { silentLogger, type TestPostgres } from '@parley/common/testing';
import { ROUTES, type AccountSession } from '@parley/proto/rest';
import { EVERYTHING_OPEN } from '../src/accounts/account-policy.ts';
import { Accounts, type AccountsOptions } from '../src/accounts/accounts.ts';
import { IDENTITY_KEY, RoomOwner, startGateway, type Gateway } from './gateway-harness.ts';

export const PASSWORD = 'correct horse battery';

let databases = 0;

type Options = Partial<Pick<AccountsOptions, 'policy' | 'mail' | 'openId' | 'rateFactor'>> & {
  /** Instead of an empty one. */
  databaseUrl?: string;
  routeFactor?: number;
};

/** A gateway with accounts in a database of its own, a clock that the test moves, and signaling behind it. */
export class AccountServer {
  readonly gateway: Gateway;
  readonly accounts: Accounts;
  readonly owner: RoomOwner;
  readonly databaseUrl: string;
  readonly #clock: { aheadMs: number };
  readonly #closePool: () => Promise<void>;

  private constructor(
    parts: Pick<AccountServer, 'gateway' | 'accounts' | 'owner' | 'databaseUrl'>,
    clock: { aheadMs: number },
    closePool: () => Promise<void>,
  ) {
    this.gateway = parts.gateway;
    this.accounts = parts.accounts;
    this.owner = parts.owner;
    this.databaseUrl = parts.databaseUrl;
    this.#clock = clock;
    this.#closePool = closePool;
  }

  static async create(postgres: TestPostgres, options: Options = {}): Promise<AccountServer> {
    databases += 1;
    const databaseUrl = options.databaseUrl ?? (await postgres.createDatabase(`accounts-${databases}`));
    const pool = createPool({ databaseUrl, logger: silentLogger, connectTimeoutMs: 30_000 });
    const clock = { aheadMs: 0 };
    const accounts = await Accounts.create({
      policy: EVERYTHING_OPEN,
      rateFactor: 0,
      ...options,
      pool,
      secret: IDENTITY_KEY,
      logger: silentLogger,
      now: () => Date.now() + clock.aheadMs,
    });
    const owner = await RoomOwner.create();
    const gateway = await startGateway({
      signaling: [owner.address],
      accounts,
      rateFactor: options.routeFactor ?? 0,
    });
    const close = async () => {
      await accounts.close();
      await pool.close();
    };
    return new AccountServer({ gateway, accounts, owner, databaseUrl }, clock, close);
  }

  moveClock(ms: number): void {
    this.#clock.aheadMs += ms;
  }

  browser(address = '192.0.2.1'): TestBrowser {
    return new TestBrowser(this.gateway.url, address);
  }

  /** Makes the first account. */
  async setUp(email = 'operator@example.com'): Promise<TestBrowser> {
    const browser = this.browser();
    await browser.register(email, { setupCode: this.accounts.keys.setupCode });
    return browser;
  }

  async close(): Promise<void> {
    await this.gateway.close();
    await this.owner.close();
    await this.#closePool();
  }
}

/** One browser: it keeps cookies, and the access token as the page does. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  session: AccountSession | undefined;
  readonly #url: string;
  readonly #address: string;

  constructor(url: string, address: string) {
    this.#url = url;
    this.#address = address;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send('POST', path, body, headers);
  }

  async register(email: string, more: Record<string, unknown> = {}): Promise<Response> {
    const body = { email, password: PASSWORD, displayName: 'Ada', ...more };
    const response = await this.post(ROUTES.register.path, body);
    const { session } = (await response.clone().json()) as { session?: AccountSession | null };
    this.session = session ?? undefined;
    return response;
  }

  logIn(email: string, password = PASSWORD, headers: Record<string, string> = {}): Promise<Response> {
    return this.#keep(this.post(ROUTES.logIn.path, { email, password }, headers));
  }

  refresh(headers: Record<string, string> = {}): Promise<Response> {
    return this.#keep(this.post(ROUTES.refreshSession.path, undefined, headers));
  }

  async #keep(answer: Promise<Response>): Promise<Response> {
    const response = await answer;
    if (response.ok) this.session = ROUTES.logIn.response.parse(await response.clone().json());
    return response;
  }

  async #send(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Response> {
    const token = this.session?.accessToken;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(this.#url + path, {
      method,
      redirect: 'manual',
      headers: {
        'x-forwarded-for': this.#address,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(cookie !== '' && { cookie }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) this.#take(line);
    return response;
  }

  #take(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/Max-Age=0(?:;|$)/.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** Status and code of an answer. */
export async function outcome(answer: Promise<Response> | Response): Promise<string> {
  const response = await answer;
  if (response.status < 400) return String(response.status);
  const { error } = (await response.json()) as { error: { code: string } };
  return `${response.status} ${error.code}`;
}
