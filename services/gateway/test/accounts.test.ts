import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startPostgres, type TestPostgres } from '@parley/common/testing';
import { ParleyError } from '@parley/proto/errors';
import { ROUTES } from '@parley/proto/rest';
import { accountIdentity } from '@parley/proto/room';
import { ERASED } from './gateway-harness.ts';
import { AccountServer, outcome, PASSWORD, type TestBrowser } from './account-harness.ts';

let postgres: TestPostgres;
let server: AccountServer;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
afterEach(() => server.close());

const start = async (options: Parameters<typeof AccountServer.create>[1] = {}) => {
  server = await AccountServer.create(postgres, options);
  return server;
};
const optionsOf = async () => (await server.browser().get(ROUTES.getAccountOptions.path)).json();
const countOf = async () => (await server.accounts.list('', '', 50)).length;

describe('a fresh server', () => {
  test('needs its setup code for the first account, which becomes an operator', async () => {
    await start();
    expect(await optionsOf()).toMatchObject({ available: true, setupNeeded: true });
    const stranger = server.browser();
    expect(await outcome(stranger.register('first@example.com'))).toBe('403 setup_needed');
    expect(await outcome(stranger.register('first@example.com', { setupCode: 'ABCD-EFGH-JKMN-PQRS' }))).toBe(
      '403 setup_needed',
    );
    const operator = await server.setUp();
    expect(operator.session?.account.isOperator).toBe(true);
    expect(await optionsOf()).toMatchObject({ setupNeeded: false });
  });

  test('takes the code as people type it, and never again', async () => {
    await start();
    const typed = server.accounts.keys.setupCode.toLowerCase().replaceAll('-', ' ');
    const operator = server.browser();
    await operator.register('first@example.com', { setupCode: typed });
    expect(operator.session?.account.isOperator).toBe(true);
    const next = server.browser();
    await next.register('next@example.com', { setupCode: typed });
    expect(next.session?.account.isOperator).toBe(false);
  });

  test('has one operator, however many use the code at the same time', async () => {
    await start();
    const { setupCode } = server.accounts.keys;
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        server.browser().register(`${index}@example.com`, { setupCode }),
      ),
    );
    const accounts = await server.accounts.list('', '', 50);
    expect(accounts.filter(({ isOperator }) => isOperator)).toHaveLength(1);
    expect(made.filter(({ status }) => status === 200)).toHaveLength(accounts.length);
  });

  test('has another code than a server with another key', async () => {
    await start();
    expect(server.accounts.keys.setupCode).toMatch(/^[A-Z0-9]{4}(-[A-Z0-9]{4}){3}$/);
    const { AccountKeys } = await import('../src/accounts/keys/account-keys.ts');
    expect(new AccountKeys('another key of a decent length').setupCode).not.toBe(
      server.accounts.keys.setupCode,
    );
  });
});

describe('an account', () => {
  let ada: TestBrowser;

  const setUp = async (options: Parameters<typeof AccountServer.create>[1] = {}) => {
    await start(options);
    await server.setUp();
    ada = server.browser();
    await ada.register('ada@example.com');
  };

  test('is made once for each address, in whatever letters it is written', async () => {
    await setUp();
    expect(ada.session?.account).toMatchObject({ email: 'ada@example.com', displayName: 'Ada' });
    expect(await outcome(server.browser().register(' ADA@Example.com '))).toBe('409 email_taken');
    expect(await outcome(server.browser().logIn('Ada@EXAMPLE.com'))).toBe('200');
  });

  test.each([
    ['a short password', { password: 'short' }],
    ['no address', { email: 'ada' }],
    ['two addresses', { email: 'a@example.com, b@example.com' }],
    ['an address with a line end', { email: 'a@example.com\r\nBcc: b@example.com' }],
    ['a name without a letter', { displayName: '...' }],
    ['a password that is no text', { password: { length: 20 } }],
    ['an operator flag', { isOperator: true }],
  ])('is not made with %s', async (_what, wrong) => {
    await setUp();
    expect(await outcome(server.browser().register('eve@example.com', wrong))).toBe('400 invalid_request');
    expect(await countOf()).toBe(2);
  });

  test('knows its person by the password, whatever keyboard wrote it', async () => {
    await setUp();
    const composed = server.browser();
    await composed.register('zoe@example.com', { password: 'caf\u00e9 au lait' });
    expect(await outcome(server.browser().logIn('zoe@example.com', 'cafe\u0301 au lait'))).toBe('200');
  });

  test('answers alike for a wrong password and an unknown address', async () => {
    await setUp();
    const answers = await Promise.all([
      server.browser().logIn('ada@example.com', 'another password'),
      server.browser().logIn('nobody@example.com', 'another password'),
    ]);
    const bodies = await Promise.all(
      answers.map(async (answer) => {
        const { error } = (await answer.json()) as { error: Record<string, unknown> };
        return [answer.status, { ...error, traceId: '' }, answer.headers.getSetCookie()];
      }),
    );
    expect(bodies[0]).toEqual(bodies[1]);
    expect(bodies[0]?.[0]).toBe(401);
  });

  test('says who is logged in, and takes another name', async () => {
    await setUp();
    expect(await (await ada.get(ROUTES.getAccount.path)).json()).toEqual(ada.session?.account);
    expect(await outcome(ada.post(ROUTES.changeAccount.path, { displayName: 'Countess' }))).toBe('200');
    expect(await (await ada.get(ROUTES.getAccount.path)).json()).toMatchObject({ displayName: 'Countess' });
  });

  test('changes its password with the old one, and ends its other sessions', async () => {
    await setUp();
    const other = server.browser();
    await other.logIn('ada@example.com');
    const change = (currentPassword: string) =>
      ada.post(ROUTES.changePassword.path, { currentPassword, newPassword: 'a whole new password' });
    expect(await outcome(change('a wrong password'))).toBe('401 credentials_invalid');
    expect(await outcome(other.get(ROUTES.getAccount.path))).toBe('200');
    expect(await outcome(change(PASSWORD))).toBe('204');
    expect(await outcome(other.get(ROUTES.getAccount.path))).toBe('401 unauthenticated');
    expect(await outcome(other.refresh())).toBe('401 unauthenticated');
    expect(await outcome(ada.get(ROUTES.getAccount.path))).toBe('200');
    expect(await outcome(server.browser().logIn('ada@example.com'))).toBe('401 credentials_invalid');
    expect(await outcome(server.browser().logIn('ada@example.com', 'a whole new password'))).toBe('200');
  });

  test('is deleted with the password, and its address is free again', async () => {
    await setUp();
    expect(await outcome(ada.post(ROUTES.deleteAccount.path, {}))).toBe('401 credentials_invalid');
    const id = ada.session?.account.id ?? '';
    const answer = await ada.post(ROUTES.deleteAccount.path, { password: PASSWORD });
    expect([answer.status, await answer.json()]).toEqual([200, ERASED]);
    expect(server.owner.calls.filter(({ method }) => method === 'eraseIdentity')).toMatchObject([
      { request: { identity: accountIdentity(id), successor: '' } },
    ]);
    expect(ada.cookies.has('parley_refresh')).toBe(false);
    expect(await outcome(ada.get(ROUTES.getAccount.path))).toBe('401 unauthenticated');
    expect(await outcome(server.browser().logIn('ada@example.com'))).toBe('401 credentials_invalid');
    expect(await outcome(server.browser().register('ada@example.com'))).toBe('200');
  });

  test('stays with its sessions while what it leaves in rooms cannot be erased', async () => {
    await setUp();
    server.owner.override = {
      eraseIdentity: () => {
        throw new ParleyError('unavailable');
      },
    };
    expect(await outcome(ada.post(ROUTES.deleteAccount.path, { password: PASSWORD }))).toBe(
      '503 unavailable',
    );
    expect(await outcome(ada.get(ROUTES.getAccount.path))).toBe('200');
    server.owner.override = {};
    expect(await outcome(ada.post(ROUTES.deleteAccount.path, { password: PASSWORD }))).toBe('200');
    expect(await outcome(ada.get(ROUTES.getAccount.path))).toBe('401 unauthenticated');
  });

  test('of the last operator stays', async () => {
    await start();
    const operator = await server.setUp();
    expect(await outcome(operator.post(ROUTES.deleteAccount.path, { password: PASSWORD }))).toBe(
      '409 conflict',
    );
    expect(await outcome(operator.get(ROUTES.getAccount.path))).toBe('200');
  });

  test('gets another password by a link, once, within an hour, and its sessions end', async () => {
    await setUp();
    const reset = (token: string) =>
      server.browser().post(ROUTES.resetPassword.path, { token, newPassword: 'a whole new password' });
    const old = (await server.accounts.passwordReset.createToken('ada@example.com')) ?? '';
    const token = (await server.accounts.passwordReset.createToken('ada@example.com')) ?? '';
    expect(await outcome(reset(old))).toBe('403 link_invalid');
    expect(await outcome(reset('A'.repeat(43)))).toBe('403 link_invalid');
    expect(await outcome(reset(token))).toBe('204');
    expect(await outcome(reset(token))).toBe('403 link_invalid');
    expect(await outcome(ada.get(ROUTES.getAccount.path))).toBe('401 unauthenticated');
    expect(await outcome(server.browser().logIn('ada@example.com', 'a whole new password'))).toBe('200');
    const late = (await server.accounts.passwordReset.createToken('ada@example.com')) ?? '';
    server.moveClock(3_600_001);
    expect(await outcome(reset(late))).toBe('403 link_invalid');
    expect(await server.accounts.passwordReset.createToken('nobody@example.com')).toBeUndefined();
  });

  test('can ask for a link only where mails are sent', async () => {
    await setUp();
    const ask = server.browser().post(ROUTES.requestPasswordReset.path, { email: 'ada@example.com' });
    expect(await outcome(ask)).toBe('503 unavailable');
  });
});

describe('who may register', () => {
  const withPolicy = (registration: 'open' | 'invited' | 'closed') =>
    start({ policy: { guests: true, registration, roomCreation: 'anybody' } });

  test('is nobody where registration is closed, with an invitation or without', async () => {
    await withPolicy('closed');
    await server.setUp();
    const { token } = await server.accounts.registration.invite(undefined, { acceptLanguage: undefined });
    for (const more of [{}, { invitation: token }])
      expect(await outcome(server.browser().register('eve@example.com', more))).toBe(
        '403 registration_closed',
      );
  });

  test('is one person with each invitation where they are needed', async () => {
    await withPolicy('invited');
    const operator = await server.setUp();
    expect(await outcome(server.browser().register('eve@example.com'))).toBe('403 registration_closed');
    const made = await operator.post(ROUTES.createInvitation.path, {});
    const { token, path } = ROUTES.createInvitation.response.parse(await made.json());
    expect(path).toBe(`/register#${token}`);
    const use = (email: string) => outcome(server.browser().register(email, { invitation: token }));
    // An address that is taken does not use it up.
    expect(await use('operator@example.com')).toBe('409 email_taken');
    expect(await use('ada@example.com')).toBe('200');
    expect(await use('eve@example.com')).toBe('403 link_invalid');
  });

  test('is the person with the address that an invitation is for, within seven days', async () => {
    await withPolicy('invited');
    const operator = await server.setUp();
    const invite = async (email: string) => {
      const made = await operator.post(ROUTES.createInvitation.path, { email });
      return ROUTES.createInvitation.response.parse(await made.json()).token;
    };
    const invitation = await invite('Ada@example.com');
    expect(await outcome(server.browser().register('eve@example.com', { invitation }))).toBe(
      '403 link_invalid',
    );
    expect(await outcome(server.browser().register('ada@example.com', { invitation }))).toBe('200');
    const late = await invite('bob@example.com');
    server.moveClock(7 * 86_400_000 + 1);
    expect(await outcome(server.browser().register('bob@example.com', { invitation: late }))).toBe(
      '403 link_invalid',
    );
  });
});
