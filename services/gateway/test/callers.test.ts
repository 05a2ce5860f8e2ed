import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROUTES, type RouteAccess } from '@parley/proto/rest';
import { accountIdentity, browserIdentity, NOBODY, type Caller } from '@parley/proto/room';
import type { AccountPolicy } from '../src/accounts/account-policy.ts';
import { assertAccess, Callers } from '../src/http/callers.ts';
import { IDENTITY_KEY, RoomOwner, startGateway, type Gateway } from './gateway-harness.ts';

type Asked = { caller?: { identity: string; addressHash: string } };

const COOKIE =
  /^parley_browser=([\w-]{22}\.[\w-]{43}); Path=\/api; Max-Age=34560000; HttpOnly; SameSite=Lax$/;

const cookieOf = (response: Response): string => {
  const [, value = ''] = COOKIE.exec(response.headers.get('set-cookie') ?? '') ?? [];
  return `parley_browser=${value}`;
};

describe('the browser id of a guest', () => {
  const callers = new Callers(IDENTITY_KEY);
  const recognise = (cookie: string, of = callers) =>
    of.recognise({ headers: { cookie }, address: '192.0.2.1' }, ROUTES.getRoom);
  const issue = async () => {
    const { caller, cookie = '' } = await callers.recognise(
      { headers: {}, address: '192.0.2.1' },
      ROUTES.joinRoom,
    );
    return { identity: caller.identity, cookie: cookie.split(';')[0] ?? '' };
  };

  test('is known again by every gateway with the same key, among other cookies too', async () => {
    const { identity, cookie } = await issue();
    const other = new Callers(IDENTITY_KEY);
    expect((await recognise(`a=b; ${cookie}; c=d`, other)).caller.identity).toBe(identity);
    expect(identity).toMatch(/^browser:[\w-]{22}$/);
  });

  test('is another one for each browser', async () => {
    expect((await issue()).identity).not.toBe((await issue()).identity);
  });

  test.each<[string, (cookie: string) => string]>([
    ['of another id', (cookie) => cookie.replace(/=.{4}/, '=AAAA')],
    ['with another signature', (cookie) => cookie.replace(/.{4}$/, 'AAAA')],
    ['without a signature', (cookie) => cookie.replace(/\..*/, '')],
    ['of another name', (cookie) => `x${cookie}`],
    ['that is empty', () => 'parley_browser='],
  ])('is not believed from a cookie %s', async (_what, change) => {
    const { cookie } = await issue();
    expect((await recognise(change(cookie))).caller.identity).toBeNull();
  });

  test('is not believed by a gateway with another key', async () => {
    const { cookie } = await issue();
    const stranger = new Callers('another-key-of-another-installation');
    expect((await recognise(cookie, stranger)).caller.identity).toBeNull();
  });

  test('comes in a cookie for https only, where the page came so', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    const { cookie } = await callers.recognise({ headers, address: '192.0.2.1' }, ROUTES.joinRoom);
    expect(cookie).toMatch(/; Secure$/);
  });

  test('goes with a name of the network that nobody can read the address from', async () => {
    const of = async (address: string) =>
      (await callers.recognise({ headers: {}, address }, ROUTES.getRoom)).caller.addressHash;
    expect(await of('2001:db8::1')).toBe(await of('2001:db8::2'));
    expect(await of('192.0.2.1')).not.toBe(await of('192.0.2.2'));
    expect(await of('192.0.2.1')).toMatch(/^[\w-]{22}$/);
  });
});

test('attempts at a passcode count for the network that the edge has seen, whatever X-Forwarded-For says before', async () => {
  const owner = await RoomOwner.create();
  const gateway = await startGateway({ signaling: [owner.address] });
  const hashOf = async (forwarded: string): Promise<string | undefined> => {
    const body = { displayName: 'Eve', passcode: 'guess' };
    await gateway.post('/api/rooms/abcd-efgh-jkm/join', body, { 'x-forwarded-for': forwarded });
    const { request } = owner.calls.findLast(({ method }) => method === 'authorizeJoin') ?? {};
    return (request as Asked).caller?.addressHash;
  };
  const own = await hashOf('203.0.113.9');
  expect(own).toMatch(/^[\w-]{22}$/);
  expect(await hashOf('6.6.6.6, 203.0.113.9')).toBe(own);
  expect(await hashOf('6.6.6.7, 10.0.0.1, 203.0.113.9')).toBe(own);
  expect(await hashOf('203.0.113.9, 203.0.113.10')).not.toBe(own);
  await gateway.close();
  await owner.close();
});

describe('who may use a route', () => {
  const guest: Caller = { ...NOBODY, identity: browserIdentity('b'.repeat(22)) };
  const account: Caller = { ...NOBODY, identity: accountIdentity(crypto.randomUUID()), accountName: 'Ada' };
  const operator: Caller = { ...account, isOperator: true };
  const outcome = (access: RouteAccess, caller: Caller, policy?: AccountPolicy): string => {
    try {
      assertAccess(access, caller, policy);
      return 'ok';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  test.each([
    ['anybody', 'ok', 'ok', 'ok', 'ok'],
    ['session', 'ok', 'ok', 'ok', 'ok'],
    ['guest', 'ok', 'ok', 'ok', 'ok'],
    ['room-creator', 'ok', 'ok', 'ok', 'ok'],
    ['identity', 'unauthenticated', 'ok', 'ok', 'ok'],
    ['account', 'unauthenticated', 'unauthenticated', 'ok', 'ok'],
    ['operator', 'not_found', 'not_found', 'not_found', 'ok'],
    ['room:host', 'unauthenticated', 'ok', 'ok', 'ok'],
    ['room:owner', 'unauthenticated', 'ok', 'ok', 'ok'],
  ] as const)('%s: nobody %s, a guest %s, an account %s, an operator %s', (access, ...expected) => {
    expect([NOBODY, guest, account, operator].map((caller) => outcome(access, caller))).toEqual(expected);
  });

  test.each([
    ['guest', 'account_needed', 'account_needed', 'ok'],
    ['room-creator', 'account_needed', 'account_needed', 'ok'],
    ['identity', 'unauthenticated', 'account_needed', 'ok'],
    ['room:host', 'unauthenticated', 'account_needed', 'ok'],
    ['anybody', 'ok', 'ok', 'ok'],
  ] as const)('%s where no guests are taken: nobody %s, a guest %s, an account %s', (access, ...expected) => {
    const closed: AccountPolicy = { guests: false, registration: 'invited', roomCreation: 'accounts' };
    expect([NOBODY, guest, account].map((caller) => outcome(access, caller, closed))).toEqual(expected);
  });

  test('where accounts make the rooms, guests come into them', () => {
    const policy: AccountPolicy = { guests: true, registration: 'open', roomCreation: 'accounts' };
    expect(outcome('room-creator', guest, policy)).toBe('account_needed');
    expect(outcome('guest', guest, policy)).toBe('ok');
    expect(outcome('room-creator', account, policy)).toBe('ok');
  });
});

describe('a guest at the gateway', () => {
  let owner: RoomOwner;
  let gateway: Gateway;

  beforeAll(async () => {
    owner = await RoomOwner.create();
    gateway = await startGateway({ signaling: [owner.address] });
  });
  afterAll(async () => {
    await gateway.close();
    await owner.close();
  });

  const lastCaller = () => {
    const request: Asked = owner.calls.at(-1)?.request ?? {};
    return request.caller;
  };

  test('gets an id with the first room, and comes into it with the same one', async () => {
    const created = await gateway.post('/api/rooms', {});
    const identity = lastCaller()?.identity;
    expect(identity).toMatch(/^browser:[\w-]{22}$/);
    const { code } = (await created.json()) as { code: string };
    const joined = await gateway.post(
      `/api/rooms/${code}/join`,
      { displayName: 'Ada' },
      { cookie: cookieOf(created) },
    );
    expect(joined.status).toBe(200);
    expect(lastCaller()).toMatchObject({ identity, addressHash: expect.stringMatching(/^[\w-]{22}$/) });
    expect(cookieOf(joined)).toBe(cookieOf(created));
  });

  test('who only reads gets none', async () => {
    const { code } = (await (await gateway.post('/api/rooms', {})).json()) as { code: string };
    expect((await gateway.get(`/api/rooms/${code}`)).headers.get('set-cookie')).toBeNull();
  });

  test('cannot say in a header or body who it is', async () => {
    const forged = { identity: 'account:00000000-0000-0000-0000-000000000000' };
    const refused = await gateway.post('/api/rooms', { title: '', caller: forged });
    expect(refused.status).toBe(400);
    await gateway.post('/api/rooms', {}, { 'x-parley-caller': JSON.stringify(forged) });
    expect(lastCaller()?.identity).toMatch(/^browser:/);
  });
});
