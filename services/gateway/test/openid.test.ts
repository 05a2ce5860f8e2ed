import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { freePort, startPostgres, type TestPostgres } from '@parley/common/testing';
import { ROUTES } from '@parley/proto/rest';
import { Provider } from 'oidc-provider';
import { AccountServer, outcome, type TestBrowser } from './account-harness.ts';

const PUBLIC_URL = 'https://meet.example';
const CALLBACK = `${PUBLIC_URL}${ROUTES.finishOpenId.path}`;
const CLIENT = { clientId: 'parley', clientSecret: 'a-secret-between-parley-and-the-provider' };

type Person = Record<string, unknown> & { sub: string };

/** A provider of OpenID Connect on this machine. The person of the test is logged in there. */
class TestProvider {
  readonly issuer: string;
  person: Person = { sub: '1', email: 'ada@example.com', email_verified: true, name: 'Ada Lovelace' };
  denies = false;
  readonly #server: Server;

  private constructor(issuer: string, server: Server) {
    this.issuer = issuer;
    this.#server = server;
  }

  static async create(): Promise<TestProvider> {
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}`;
    const holder: { provider?: TestProvider } = {};
    const oidc = new Provider(issuer, {
      clients: [
        { client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [CALLBACK] },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      features: { devInteractions: { enabled: false } },
      findAccount: (_context, sub) => ({
        accountId: sub,
        claims: () => ({ ...holder.provider?.person, sub }),
      }),
      loadExistingGrant: async ({ oidc: { client, session, provider } }) => {
        const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    });
    const answer = oidc.callback();
    const server = createServer((request, response) => {
      if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
      const { person, denies } = holder.provider as TestProvider;
      const result = denies ? { error: 'access_denied' } : { login: { accountId: person.sub } };
      void oidc.interactionFinished(request, response, result);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    holder.provider = new TestProvider(issuer, server);
    return holder.provider;
  }

  /** What a browser does at the provider, until it is led back to us. Returns the query of the callback. */
  async visit(location: string): Promise<string> {
    const cookies = new Map<string, string>();
    let url = location;
    for (let steps = 0; steps < 10 && !url.startsWith(CALLBACK); steps++) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      url = new URL(response.headers.get('location') ?? '', url).href;
    }
    return new URL(url).search;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

let postgres: TestPostgres;
let provider: TestProvider;
let server: AccountServer;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const start = async (more: { makesAccounts?: boolean; trustsEmail?: boolean } = {}) => {
  const openId = {
    ...CLIENT,
    issuer: provider.issuer,
    publicUrl: PUBLIC_URL,
    name: 'Example',
    makesAccounts: true,
    trustsEmail: false,
    ...more,
  };
  server = await AccountServer.create(postgres, { openId });
};
const leave = async (browser: TestBrowser): Promise<string> => {
  const response = await browser.get(ROUTES.startOpenId.path);
  expect(response.status).toBe(302);
  return response.headers.get('location') ?? '';
};
const comeBack = async (browser: TestBrowser, search: string): Promise<string> => {
  const response = await browser.get(`${ROUTES.finishOpenId.path}${search}`);
  expect(response.status).toBe(302);
  return response.headers.get('location') ?? '';
};
const logIn = async (browser = server.browser()): Promise<string> =>
  comeBack(browser, await provider.visit(await leave(browser)));

describe('a log-in through a provider', () => {
  beforeEach(async () => {
    provider = await TestProvider.create();
    await start();
    await server.setUp();
  });
  afterEach(async () => {
    await server.close();
    await provider.close();
  });

  test('makes an account the first time, and is the same account later', async () => {
    const first = server.browser();
    expect(await logIn(first)).toBe('/login?openid=done');
    expect(first.cookies.has('parley_openid')).toBe(false);
    expect(await outcome(first.refresh())).toBe('200');
    expect(first.session?.account).toMatchObject({
      email: 'ada@example.com',
      displayName: 'Ada Lovelace',
      hasPassword: false,
      isOperator: false,
    });
    provider.person = { ...provider.person, email: 'countess@example.com' };
    const later = server.browser();
    await logIn(later);
    await later.refresh();
    expect(later.session?.account.id).toBe(first.session?.account.id);
  });

  test('asks the provider with PKCE, state and nonce, and for the public address', async () => {
    const browser = server.browser();
    const asked = new URL(await leave(browser)).searchParams;
    expect(asked.get('redirect_uri')).toBe(CALLBACK);
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    const again = new URL(await leave(browser)).searchParams;
    expect(again.get('state')).not.toBe(asked.get('state'));
  });

  test('is known to the page by its name', async () => {
    const options = await (await server.browser().get(ROUTES.getAccountOptions.path)).json();
    expect(options).toMatchObject({ openId: { name: 'Example' } });
  });

  test.each<[string, (search: string, browser: TestBrowser) => string]>([
    ['in another browser', (search, browser) => (browser.cookies.clear(), search)],
    ['with another state', (search) => search.replace(/state=[^&]+/, `state=${'A'.repeat(43)}`)],
    ['with another code', (search) => search.replace(/code=[^&]+/, `code=${'A'.repeat(43)}`)],
    ['of another issuer', (search) => search.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example')],
    [
      'with a changed cookie',
      (search, browser) => {
        const cookie = browser.cookies.get('parley_openid') ?? '';
        browser.cookies.set('parley_openid', `A${cookie.slice(1)}`);
        return search;
      },
    ],
    ['without anything', () => ''],
  ])('that comes back %s is refused', async (_what, change) => {
    const browser = server.browser();
    const search = change(await provider.visit(await leave(browser)), browser);
    expect(await comeBack(browser, search)).toMatch(/^\/login\?openid=(?:link_invalid|credentials_invalid)$/);
    expect(browser.cookies.has('parley_refresh')).toBe(false);
  });

  test('that comes back twice, or after ten minutes, is refused', async () => {
    const browser = server.browser();
    const search = await provider.visit(await leave(browser));
    const cookie = browser.cookies.get('parley_openid') ?? '';
    expect(await comeBack(browser, search)).toBe('/login?openid=done');
    const second = server.browser();
    second.cookies.set('parley_openid', cookie);
    expect(await comeBack(second, search)).toBe('/login?openid=credentials_invalid');
    const late = server.browser();
    const lateSearch = await provider.visit(await leave(late));
    server.moveClock(600_001);
    expect(await comeBack(late, lateSearch)).toBe('/login?openid=link_invalid');
  });

  test('that the person refuses is refused', async () => {
    provider.denies = true;
    expect(await logIn()).toBe('/login?openid=credentials_invalid');
  });

  test.each([
    ['an address that is not verified', { email_verified: false }],
    ['an address about which the provider says nothing', { email_verified: undefined }],
    ['no address', { email: undefined }],
    ['something else as address', { email: 'ada' }],
  ])('with %s makes no account', async (_what, wrong) => {
    provider.person = { ...provider.person, ...wrong };
    expect(await logIn()).toBe('/login?openid=credentials_invalid');
    expect(await server.accounts.list('ada@', '', 10)).toEqual([]);
  });

  test('does not open an account whose address was never confirmed', async () => {
    const squatter = server.browser();
    await squatter.register('ada@example.com');
    expect(await logIn()).toBe('/login?openid=email_taken');
  });

  test('opens the account that has confirmed the address', async () => {
    const browser = server.browser();
    await browser.register('ada@example.com');
    await server.accounts.database.query('UPDATE accounts.accounts SET email_verified = true');
    const there = server.browser();
    expect(await logIn(there)).toBe('/login?openid=done');
    await there.refresh();
    expect(there.session?.account.id).toBe(browser.session?.account.id);
  });

  test('of a blocked account is refused', async () => {
    const browser = server.browser();
    await logIn(browser);
    await browser.refresh();
    await server.accounts.database.query(
      `UPDATE accounts.accounts SET blocked_at = now() WHERE NOT is_operator`,
    );
    expect(await logIn()).toBe('/login?openid=account_blocked');
  });

  test('lets its account be deleted for ten minutes, and later after another log-in', async () => {
    const browser = server.browser();
    await logIn(browser);
    await browser.refresh();
    const remove = () => outcome(browser.post(ROUTES.deleteAccount.path, {}));
    server.moveClock(600_000);
    expect(await remove()).toBe('401 credentials_invalid');
    await logIn(browser);
    await browser.refresh();
    expect(await remove()).toBe('200');
    const { rows } = await server.accounts.database.query('SELECT 1 FROM accounts.provider_logins');
    expect(rows).toEqual([]);
  });
});

describe('a provider', () => {
  beforeEach(async () => {
    provider = await TestProvider.create();
  });
  afterEach(async () => {
    await server.close();
    await provider.close();
  });

  test('makes nobody the operator of a fresh server', async () => {
    await start();
    expect(await logIn()).toBe('/login?openid=setup_needed');
    expect(await server.accounts.list('', '', 10)).toEqual([]);
  });

  test('makes no account where only known people may log in', async () => {
    await start({ makesAccounts: false });
    await server.setUp();
    expect(await logIn()).toBe('/login?openid=registration_closed');
  });

  test('is believed about addresses where the operator says so, but not against its own word', async () => {
    await start({ trustsEmail: true });
    await server.setUp();
    provider.person = { ...provider.person, email_verified: false };
    expect(await logIn()).toBe('/login?openid=credentials_invalid');
    const { email_verified: _none, ...person } = provider.person;
    provider.person = person;
    expect(await logIn()).toBe('/login?openid=done');
  });

  test('that is away makes its log-in unavailable, until it is back', async () => {
    await start();
    await server.setUp();
    await provider.close();
    expect(await leave(server.browser())).toBe('/login?openid=unavailable');
  });
});

test('without a provider there is no such log-in', async () => {
  server = await AccountServer.create(postgres);
  expect(await outcome(server.browser().get(ROUTES.startOpenId.path))).toBe('404 not_found');
  expect(await outcome(server.browser().get(`${ROUTES.finishOpenId.path}?code=a&state=b`))).toBe(
    '404 not_found',
  );
  await server.close();
});
