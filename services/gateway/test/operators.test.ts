import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startPostgres, type TestPostgres } from '@parley/common/testing';
import { ROUTES } from '@parley/proto/rest';
import { AccountServer, outcome, type TestBrowser } from './account-harness.ts';

let postgres: TestPostgres;
let server: AccountServer;
let operator: TestBrowser;
let ada: TestBrowser;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  server = await AccountServer.create(postgres);
  operator = await server.setUp();
  ada = server.browser('203.0.113.5');
  await ada.register('ada@example.com');
});
afterEach(() => server.close());

const list = async (query = '') => {
  const answer = await operator.get(`${ROUTES.listAccounts.path}${query}`);
  return ROUTES.listAccounts.response.parse(await answer.json());
};
const blockPath = (id: string | undefined, verb: 'block' | 'unblock' = 'block') =>
  ROUTES.blockAccount.path.replace('{accountId}', id ?? '').replace('block', verb);

describe('an operator', () => {
  test('lists accounts, finds them by address or name, and turns pages', async () => {
    for (let index = 0; index < 55; index++)
      await server.accounts.registration.makeByProvider({
        email: `${String(index).padStart(2, '0')}@example.org`,
        displayName: `Person ${index}`,
      });
    const first = await list();
    expect(first).toMatchObject({ hasMore: true, accounts: { length: 50 } });
    const rest = await list(`?after=${first.accounts.at(-1)?.email}`);
    expect(rest).toMatchObject({ hasMore: false, accounts: { length: 7 } });
    const found = await list('?search=ADA@');
    expect(found.accounts).toMatchObject([{ email: 'ada@example.com', isBlocked: false, isOperator: false }]);
    expect(found.accounts[0]?.lastSeenAt).toEqual(expect.any(Number));
    expect((await list('?search=person%2054')).accounts).toMatchObject([
      { lastSeenAt: null, hasPassword: false },
    ]);
    expect((await list('?search=%25')).accounts).toEqual([]);
    expect(await outcome(operator.get(`${ROUTES.listAccounts.path}?search=a&search=b`))).toBe(
      '400 invalid_request',
    );
    expect(await outcome(operator.get(`${ROUTES.listAccounts.path}?other=a`))).toBe('400 invalid_request');
  });

  test('blocks an account: its sessions end, and it says so to nobody who lacks the password', async () => {
    expect(await outcome(operator.post(blockPath(ada.session?.account.id)))).toBe('204');
    expect(await outcome(ada.get(ROUTES.getAccount.path))).toBe('401 unauthenticated');
    expect(await outcome(ada.refresh())).toBe('401 unauthenticated');
    expect(await outcome(ada.logIn('ada@example.com'))).toBe('403 account_blocked');
    expect(await outcome(ada.logIn('ada@example.com', 'a wrong password'))).toBe('401 credentials_invalid');
    expect((await list('?search=ada@')).accounts).toMatchObject([{ isBlocked: true }]);
    expect(await outcome(operator.post(blockPath(ada.session?.account.id, 'unblock')))).toBe('204');
    expect(await outcome(ada.logIn('ada@example.com'))).toBe('200');
  });

  test('cannot block an account that is none, or their own', async () => {
    expect(await outcome(operator.post(blockPath(randomUUID())))).toBe('404 not_found');
    expect(await outcome(operator.post(blockPath('me')))).toBe('400 invalid_request');
    expect(await outcome(operator.post(blockPath(operator.session?.account.id)))).toBe('409 conflict');
  });

  test('blocks an address: nothing but health answers it, until its time is over', async () => {
    const block = (body: object) => operator.post(ROUTES.blockAddress.path, body);
    const made = await block({ address: '203.0.113.5', note: 'spam', days: 2 });
    expect(made.status).toBe(201);
    expect(await outcome(ada.get(ROUTES.getAccount.path))).toBe('403 address_blocked');
    expect(await outcome(ada.logIn('ada@example.com'))).toBe('403 address_blocked');
    expect(await outcome(ada.post(ROUTES.createRoom.path, {}))).toBe('403 address_blocked');
    expect(await outcome(ada.get('/api/files/a-link'))).toBe('403 address_blocked');
    expect(await outcome(ada.get(ROUTES.getHealth.path))).toBe('200');
    expect(await outcome(server.browser('203.0.113.6').post(ROUTES.createRoom.path, {}))).toBe('201');
    const listed = await operator.get(ROUTES.listBlockedAddresses.path);
    expect(await listed.json()).toMatchObject({ addresses: [{ network: '203.0.113.5', note: 'spam' }] });
    server.moveClock(2 * 86_400_000);
    expect(await outcome(ada.logIn('ada@example.com'))).toBe('200');
  });

  test('unblocks an address again', async () => {
    const made = await operator.post(ROUTES.blockAddress.path, { address: '203.0.113.5' });
    const { id } = ROUTES.blockAddress.response.parse(await made.json());
    const unblock = () => operator.post(ROUTES.unblockAddress.path.replace('{blockId}', id));
    expect(await outcome(unblock())).toBe('204');
    expect(await outcome(ada.get(ROUTES.getAccount.path))).toBe('200');
    expect(await outcome(unblock())).toBe('404 not_found');
  });

  test('blocks the network around an address of IPv6, but never their own network', async () => {
    const block = (address: string) => outcome(operator.post(ROUTES.blockAddress.path, { address }));
    expect(await block('2001:db8::1')).toBe('201');
    expect(await outcome(server.browser('2001:db8::2').post(ROUTES.createRoom.path, {}))).toBe(
      '403 address_blocked',
    );
    expect(await outcome(server.browser('2001:db8:0:1::2').post(ROUTES.createRoom.path, {}))).toBe('201');
    expect(await block('192.0.2.1')).toBe('409 conflict');
    expect(await block('here')).toBe('400 invalid_request');
    expect(await block('10.0.0.0/8')).toBe('400 invalid_request');
  });
});
