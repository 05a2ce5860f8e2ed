import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startPostgres, type TestPostgres } from '@parley/common/testing';
import { ACCESS_RULES, ROUTES, type RouteAccess, type RouteName } from '@parley/proto/rest';
import { AccountServer, outcome, type TestBrowser } from './account-harness.ts';

type Person = 'nobody' | 'guest' | 'account' | 'operator' | 'blocked';

/** As every access token whose session has ended. */
const BLOCKED = '401 unauthenticated';

/** The people whom each rule refuses, and the answer. A rule without an entry is a type error, and so is a route without a rule. */
const REFUSED: Record<RouteAccess, Partial<Record<Person, string>>> = {
  anybody: {},
  guest: { nobody: '401 account_needed', guest: '401 account_needed', blocked: BLOCKED },
  'room-creator': { nobody: '401 account_needed', guest: '401 account_needed', blocked: BLOCKED },
  identity: { nobody: '401 unauthenticated', guest: '401 account_needed', blocked: BLOCKED },
  session: { nobody: '401 unauthenticated', guest: '401 unauthenticated', blocked: BLOCKED },
  account: { nobody: '401 unauthenticated', guest: '401 unauthenticated', blocked: BLOCKED },
  operator: {
    nobody: '404 not_found',
    guest: '404 not_found',
    account: '404 not_found',
    blocked: BLOCKED,
  },
  'room:host': { nobody: '401 unauthenticated', guest: '401 account_needed', blocked: BLOCKED },
  'room:owner': { nobody: '401 unauthenticated', guest: '401 account_needed', blocked: BLOCKED },
};

/** What stands in a path for each of its names. */
const EXAMPLES: Readonly<Record<string, string>> = { code: 'abcd-efgh-jkm' };

describe('every route refuses who its rule does not let in, where guests need an account', () => {
  let postgres: TestPostgres;
  let server: AccountServer;
  const people = new Map<Person, TestBrowser>();

  beforeAll(async () => {
    postgres = await startPostgres();
    server = await AccountServer.create(postgres, {
      policy: { guests: false, registration: 'open', roomCreation: 'accounts' },
    });
    const operator = await server.setUp();
    const [guest, account, blocked] = [server.browser(), server.browser(), server.browser()];
    guest.cookies.set('parley_browser', await browserId());
    await account.register('ada@example.com');
    await blocked.register('blocked@example.com');
    const { id } = blocked.session?.account ?? { id: '' };
    expect((await operator.post(ROUTES.blockAccount.path.replace('{accountId}', id))).status).toBe(204);
    for (const browser of [account, blocked, operator]) browser.cookies.delete('parley_refresh');
    people.set('nobody', server.browser()).set('guest', guest).set('account', account);
    people.set('operator', operator).set('blocked', blocked);
  });
  afterAll(async () => {
    await server.close();
    await postgres.stop();
  });

  /** Of a browser that was here when guests were let in. */
  async function browserId(): Promise<string> {
    const open = await AccountServer.create(postgres);
    const browser = open.browser();
    await browser.post(ROUTES.createRoom.path, {});
    await open.close();
    return browser.cookies.get('parley_browser') ?? '';
  }

  const ask = (person: Person, name: RouteName): Promise<string> => {
    const { method, path } = ROUTES[name];
    const url = path.replace(/\{(\w+)\}/g, (_, key: string) => EXAMPLES[key] ?? crypto.randomUUID());
    const browser = people.get(person) as TestBrowser;
    return outcome(method === 'GET' ? browser.get(url) : browser.post(url, {}));
  };

  test('each route has a rule, and each rule is described', () => {
    for (const { access } of Object.values(ROUTES)) expect(Object.keys(ACCESS_RULES)).toContain(access);
    expect(Object.keys(REFUSED).sort()).toEqual(Object.keys(ACCESS_RULES).sort());
  });

  const cases = (Object.keys(ROUTES) as RouteName[]).flatMap((name) =>
    Object.entries(REFUSED[ROUTES[name].access]).map(
      ([person, expected]) => [name, person, expected] as const,
    ),
  );
  test.each(cases)('%s: %s is answered %s', async (name, person, expected) => {
    expect(await ask(person as Person, name)).toBe(expected);
  });

  const open = (Object.keys(ROUTES) as RouteName[]).filter(
    (name) => ROUTES[name].access !== 'anybody' && REFUSED[ROUTES[name].access].account === undefined,
  );
  test.each(open.filter((name) => ROUTES[name].access !== 'session'))(
    '%s: an account is let in, and so is an operator',
    async (name) => {
      for (const person of ['account', 'operator'] as const)
        expect(await ask(person, name)).not.toMatch(/unauthenticated|account_needed/);
    },
  );

  test('an operator is let into what is for operators', async () => {
    for (const name of ['listAccounts', 'listBlockedAddresses'] as const)
      expect(await ask('operator', name)).toBe('200');
  });

  const writing = (Object.keys(ROUTES) as RouteName[]).filter((name) => ROUTES[name].method !== 'GET');
  const readable = new Set<string>(
    Object.values(ROUTES).flatMap(({ method, path }) => (method === 'GET' ? [path] : [])),
  );
  test.each(writing.filter((name) => !readable.has(ROUTES[name].path)))(
    '%s does nothing for a GET',
    async (name) => {
      const url = ROUTES[name].path.replace(
        /\{(\w+)\}/g,
        (_, key: string) => EXAMPLES[key] ?? crypto.randomUUID(),
      );
      const answer = await (people.get('account') as TestBrowser).get(url);
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toContain(ROUTES[name].method);
    },
  );
});
