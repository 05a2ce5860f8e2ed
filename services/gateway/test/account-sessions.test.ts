import { createSecretKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startPostgres, type TestPostgres } from '@parley/common/testing';
import { ROUTES } from '@parley/proto/rest';
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
  SignJWT,
  type JSONWebKeySet,
} from 'jose';
import { AccountServer, outcome, PASSWORD, type TestBrowser } from './account-harness.ts';

const DAY_MS = 86_400_000;

let postgres: TestPostgres;
let server: AccountServer;
let ada: TestBrowser;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  server = await AccountServer.create(postgres);
  await server.setUp();
  ada = server.browser();
  await ada.register('ada@example.com');
});
afterEach(() => server.close());

const me = (browser: TestBrowser, headers: Record<string, string> = {}) =>
  outcome(browser.get(ROUTES.getAccount.path, headers));
const refreshToken = (browser: TestBrowser) => browser.cookies.get('parley_refresh') ?? '';
/** A browser with a copy of the cookies. */
const copyOf = (browser: TestBrowser): TestBrowser => {
  const copy = server.browser();
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
  return copy;
};

describe('a session', () => {
  test('has its refresh token in a cookie that no script and no other site can use', async () => {
    const answer = await server.browser().logIn('ada@example.com');
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^parley_refresh=[\w-]{43}; Path=\/api\/auth; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
    );
    expect(await answer.text()).not.toContain(refreshToken(ada));
    const secure = await copyOf(ada).refresh({ 'x-forwarded-proto': 'https' });
    expect(secure.headers.getSetCookie()[0]).toMatch(/; Secure$/);
  });

  test('goes on by its refresh token, which is another one each time', async () => {
    const seen = new Set([refreshToken(ada)]);
    for (let count = 0; count < 3; count++) {
      // The clocks of two gateways may differ by five seconds.
      server.moveClock(15 * 60_000 + 5_000);
      expect(await me(ada)).toBe('401 unauthenticated');
      expect(await outcome(ada.refresh())).toBe('200');
      expect(await me(ada)).toBe('200');
      seen.add(refreshToken(ada));
    }
    expect(seen.size).toBe(4);
  });

  test('lives on when two tabs refresh it at once, or an answer was lost', async () => {
    const tabs = [copyOf(ada), copyOf(ada)];
    expect(await Promise.all(tabs.map((tab) => outcome(tab.refresh())))).toEqual(['200', '200']);
    expect(new Set(tabs.map(refreshToken)).size).toBe(1);
    expect(await outcome(copyOf(ada).refresh())).toBe('200');
    expect(await me(tabs[0] as TestBrowser)).toBe('200');
  });

  test('ends for everybody when a used refresh token comes again', async () => {
    const thief = copyOf(ada);
    await ada.refresh();
    server.moveClock(10_000);
    expect(await outcome(thief.refresh())).toBe('401 unauthenticated');
    expect(await outcome(ada.refresh())).toBe('401 unauthenticated');
    expect(await me(ada)).toBe('401 unauthenticated');
    expect(await outcome(ada.logIn('ada@example.com'))).toBe('200');
  });

  test('ends as well when the thief was first, and went on', async () => {
    const thief = copyOf(ada);
    await thief.refresh();
    await thief.refresh();
    expect(await outcome(ada.refresh())).toBe('401 unauthenticated');
    expect(await outcome(thief.refresh())).toBe('401 unauthenticated');
  });

  test('ends with a log-out, and its access token at once', async () => {
    const stolen = ada.session?.accessToken ?? '';
    expect(await outcome(ada.post(ROUTES.logOut.path))).toBe('204');
    expect(refreshToken(ada)).toBe('');
    expect(await me(server.browser(), { authorization: `Bearer ${stolen}` })).toBe('401 unauthenticated');
    expect(await outcome(ada.post(ROUTES.logOut.path))).toBe('204');
  });

  test('that is not used ends after thirty days, and any after half a year', async () => {
    const idle = copyOf(ada);
    server.moveClock(30 * DAY_MS);
    expect(await outcome(idle.refresh())).toBe('401 unauthenticated');
    await ada.logIn('ada@example.com');
    for (let day = 0; day < 180; day += 20) {
      expect(await outcome(ada.refresh())).toBe('200');
      server.moveClock(20 * DAY_MS);
    }
    expect(await outcome(ada.refresh())).toBe('401 unauthenticated');
  });

  test('leaves nothing behind when it has ended', async () => {
    server.moveClock(31 * DAY_MS);
    await server.accounts.clean();
    const { rows } = await server.accounts.database.query('SELECT 1 FROM accounts.refresh_tokens');
    expect(rows).toEqual([]);
  });

  test('is one of fifty at most', async () => {
    for (let count = 0; count < 50; count++) await server.browser().logIn('ada@example.com');
    const { rows } = await server.accounts.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM accounts.sessions JOIN accounts.accounts USING (account_id)
       WHERE email = 'ada@example.com'`,
    );
    expect(rows).toEqual([{ count: 50 }]);
    expect(await outcome(ada.refresh())).toBe('401 unauthenticated');
  });

  const sessionsOf = async (browser: TestBrowser) =>
    ROUTES.listSessions.response.parse(await (await browser.get(ROUTES.listSessions.path)).json()).sessions;
  const end = (browser: TestBrowser, sessionId: string) =>
    outcome(browser.post(ROUTES.endSession.path.replace('{sessionId}', sessionId)));

  test('is one of those that its person sees: with device and times, the last used first, and which is this one', async () => {
    const phone = server.browser();
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
    server.moveClock(60_000);
    await phone.logIn('ada@example.com', PASSWORD, { 'user-agent': userAgent });
    await server.browser().register('bob@example.com');
    const [last, first, ...others] = await sessionsOf(ada);
    expect(last).toMatchObject({ device: { browser: 'Firefox', system: 'Linux' }, isCurrent: false });
    expect(first).toMatchObject({ device: { browser: null, system: null }, isCurrent: true });
    expect(others).toEqual([]);
    expect((last?.startedAt ?? 0) - (first?.startedAt ?? 0)).toBeGreaterThanOrEqual(60_000);
    expect((await sessionsOf(phone)).map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
    server.moveClock(60_000);
    await ada.refresh();
    expect((await sessionsOf(ada)).map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
    expect(JSON.stringify(await sessionsOf(ada))).not.toContain('Gecko');
  });

  test('is ended by its person from another one, at once, and by nobody else', async () => {
    const [phone, bob] = [server.browser(), server.browser()];
    await phone.logIn('ada@example.com');
    await bob.register('bob@example.com');
    const id = (await sessionsOf(phone)).find(({ isCurrent }) => isCurrent)?.id ?? '';
    expect(await end(bob, id)).toBe('404 not_found');
    expect(await end(server.browser(), id)).toBe('401 unauthenticated');
    expect(await end(ada, 'x')).toBe('400 invalid_request');
    expect(await me(phone)).toBe('200');
    expect(await end(ada, id)).toBe('204');
    expect(await end(ada, id)).toBe('404 not_found');
    expect(await me(phone)).toBe('401 unauthenticated');
    expect(await outcome(phone.refresh())).toBe('401 unauthenticated');
    expect(await me(ada)).toBe('200');
  });

  test('goes on when its person ends all others, and so do those of other people', async () => {
    const [phone, tablet, bob] = [server.browser(), server.browser(), server.browser()];
    for (const browser of [phone, tablet]) await browser.logIn('ada@example.com');
    await bob.register('bob@example.com');
    expect(await outcome(ada.post(ROUTES.endOtherSessions.path))).toBe('204');
    const answers = await Promise.all([phone, tablet, ada, bob].map((browser) => me(browser)));
    expect(answers).toEqual(['401 unauthenticated', '401 unauthenticated', '200', '200']);
    expect((await sessionsOf(ada)).map(({ isCurrent }) => isCurrent)).toEqual([true]);
  });

  test('that is over is not shown', async () => {
    const phone = server.browser();
    await phone.logIn('ada@example.com');
    server.moveClock(30 * DAY_MS - 60_000);
    await ada.refresh();
    server.moveClock(60_000);
    expect((await sessionsOf(ada)).length).toBe(1);
  });

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['a browser that hides the origin', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }],
  ])('cannot be refreshed or ended by %s', async (_who, headers) => {
    const before = refreshToken(ada);
    expect(await outcome(copyOf(ada).refresh(headers))).toBe('403 origin_not_allowed');
    expect(await outcome(copyOf(ada).post(ROUTES.logOut.path, undefined, headers))).toBe(
      '403 origin_not_allowed',
    );
    expect(refreshToken(ada)).toBe(before);
    expect(await outcome(ada.refresh())).toBe('200');
  });

  test.each(['parley_refresh=', `parley_refresh=${'A'.repeat(43)}`, 'parley_refresh[$ne]=1', ''])(
    'is not found by the cookie "%s"',
    async (cookie) => {
      const stranger = server.browser();
      expect(await outcome(stranger.post(ROUTES.refreshSession.path, undefined, { cookie }))).toBe(
        '401 unauthenticated',
      );
    },
  );

  test('keeps no refresh token in the database, only hashes', async () => {
    const { rows } = await server.accounts.database.query<{ token_hash: Buffer }>(
      'SELECT * FROM accounts.refresh_tokens',
    );
    expect(JSON.stringify(rows)).not.toContain(refreshToken(ada));
    expect(rows.every(({ token_hash: hash }) => hash.length === 32)).toBe(true);
    expect(rows.some(({ token_hash: hash }) => hash.toString('base64url') === refreshToken(ada))).toBe(false);
  });
});

describe('an access token', () => {
  const claims = () => decodeJwt(ada.session?.accessToken ?? '');
  const header = () => decodeProtectedHeader(ada.session?.accessToken ?? '');
  const publicKeys = async () =>
    (await (await ada.get(ROUTES.getSigningKeys.path)).json()) as JSONWebKeySet & { keys: { x: string }[] };
  const withToken = (token: string) => me(server.browser(), { authorization: `Bearer ${token}` });
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  /** Signed with the right key: only the claims are wrong. */
  const signed = async (change: Record<string, unknown>, typ = 'at+jwt') => {
    const { id, key } = await server.accounts.signingKeys.current();
    return new SignJWT({ ...claims(), ...change })
      .setProtectedHeader({ alg: 'EdDSA', kid: id, typ })
      .sign(key);
  };
  const now = () => Math.floor(Date.now() / 1_000);
  /** As signaling makes it, with a secret of its own. */
  const joinToken = () =>
    new SignJWT({ room: 'abcd-efgh-jkm', name: 'Ada', role: 'owner', identity: `account:${claims().sub}` })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('parley')
      .setAudience('parley-signaling')
      .setSubject(claims().sub ?? '')
      .setExpirationTime('1m')
      .sign(createSecretKey(Buffer.from('the secret of join tokens of this server')));

  test('can be verified by others with the published keys, which hold nothing private', async () => {
    const keys = await publicKeys();
    const { payload, protectedHeader } = await jwtVerify(
      ada.session?.accessToken ?? '',
      createLocalJWKSet(keys),
      { issuer: 'parley', audience: 'parley-api', algorithms: ['EdDSA'] },
    );
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt' });
    expect(payload).toMatchObject({ sub: ada.session?.account.id, name: 'Ada' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
    expect(keys.keys.flatMap((key) => Object.keys(key))).not.toContain('d');
    const { rows } = await server.accounts.database.query<{ sealed_private: Buffer }>(
      'SELECT sealed_private FROM accounts.signing_keys',
    );
    expect(rows.map((row) => row.sealed_private.toString('latin1')).join()).not.toContain('"d"');
  });

  test.each<[string, () => Promise<string> | string]>([
    [
      'with alg none',
      () => `${encode({ alg: 'none', typ: 'at+jwt', kid: header().kid })}.${encode(claims())}.`,
    ],
    [
      'with alg none and an old signature',
      () =>
        `${encode({ ...header(), alg: 'none' })}.${encode(claims())}.${(ada.session?.accessToken ?? '').split('.')[2]}`,
    ],
    [
      'signed by another key of the same name',
      async () => {
        const { privateKey } = generateKeyPairSync('ed25519');
        return new SignJWT(claims()).setProtectedHeader({ ...header(), alg: 'EdDSA' }).sign(privateKey);
      },
    ],
    [
      'signed by a key that it brings itself',
      async () => {
        const { privateKey, publicKey } = generateKeyPairSync('ed25519');
        const jwk = publicKey.export({ format: 'jwk' }) as { kty: string; crv: string; x: string };
        return new SignJWT(claims())
          .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', jwk })
          .sign(privateKey);
      },
    ],
    [
      'signed with the public key as a secret',
      async () => {
        const x = (await publicKeys()).keys[0]?.x ?? '';
        return new SignJWT(claims())
          .setProtectedHeader({ ...header(), alg: 'HS256' })
          .sign(createSecretKey(Buffer.from(x, 'base64url')));
      },
    ],
    [
      'of an unknown key',
      async () => {
        const { privateKey } = generateKeyPairSync('ed25519');
        return new SignJWT(claims())
          .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: randomUUID() })
          .sign(privateKey);
      },
    ],
    ['for another audience', () => signed({ aud: 'parley-signaling' })],
    ['for several audiences', () => signed({ aud: ['parley-api', 'other'] })],
    ['of another issuer', () => signed({ iss: 'evil' })],
    ['of another type', () => signed({}, 'JWT')],
    ['that has expired', () => signed({ iat: now() - 1_000, nbf: now() - 1_000, exp: now() - 10 })],
    ['that never expires', () => signed({ exp: undefined })],
    ['that is not valid yet', () => signed({ nbf: now() + 60 })],
    ['of another account, with this session', () => signed({ sub: randomUUID() })],
    ['of a session that is none', () => signed({ sid: randomUUID() })],
    ['of no session', () => signed({ sid: undefined })],
    ['whose subject is an object', () => signed({ sub: { $ne: '' } })],
    ['with a claim too many', () => signed({ isOperator: true })],
    [
      'with changed claims',
      () => {
        const [first, , last] = (ada.session?.accessToken ?? '').split('.');
        return `${first}.${encode({ ...claims(), sub: randomUUID() })}.${last}`;
      },
    ],
    ['that is the join token of a room', joinToken],
    ['that is an object', () => '[object Object]'],
    ['that is empty', () => ''],
    ['that is too long', () => `${ada.session?.accessToken ?? ''}${'A'.repeat(4_000)}`],
  ])('%s is refused', async (_what, make) => {
    expect(await withToken(await make())).toBe('401 unauthenticated');
    expect(await me(ada)).toBe('200');
  });

  test('that is not valid makes nobody a guest who was not logged in', async () => {
    const made = server.browser().post(ROUTES.createRoom.path, {}, { authorization: 'Bearer a.b.c' });
    expect(await outcome(made)).toBe('401 unauthenticated');
    expect(server.owner.rooms.size).toBe(0);
  });

  test('names its account to the owner of rooms, and gives the browser no id', async () => {
    expect(await outcome(ada.post(ROUTES.createRoom.path, {}))).toBe('201');
    expect(ada.cookies.has('parley_browser')).toBe(false);
    expect(server.owner.calls.at(-1)?.request).toMatchObject({
      caller: { identity: `account:${ada.session?.account.id}`, accountName: 'Ada', isOperator: false },
    });
  });

  test('stays good while another key signs, for as long as it lives', async () => {
    const old = ada.session?.accessToken ?? '';
    await server.accounts.signingKeys.rotate();
    await ada.refresh();
    expect(decodeProtectedHeader(ada.session?.accessToken ?? '').kid).not.toBe(
      decodeProtectedHeader(old).kid,
    );
    expect(await withToken(old)).toBe('200');
    expect((await publicKeys()).keys).toHaveLength(2);
    server.moveClock(3_600_001);
    expect((await publicKeys()).keys).toHaveLength(1);
  });

  test('is signed by another key after a month', async () => {
    const old = header().kid;
    server.moveClock(29 * DAY_MS);
    await ada.refresh();
    expect(header().kid).toBe(old);
    server.moveClock(1 * DAY_MS);
    await ada.refresh();
    expect(header().kid).not.toBe(old);
  });

  test('is good at every gateway with the same database and key', async () => {
    const second = await AccountServer.create(postgres, { databaseUrl: server.databaseUrl });
    const authorization = `Bearer ${ada.session?.accessToken}`;
    expect(await me(second.browser(), { authorization })).toBe('200');
    await second.accounts.signingKeys.rotate();
    const there = second.browser();
    await there.logIn('ada@example.com');
    server.moveClock(1_001);
    expect(await withToken(there.session?.accessToken ?? '')).toBe('200');
    await second.close();
  });
});
