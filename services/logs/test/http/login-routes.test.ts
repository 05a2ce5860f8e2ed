import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PASSWORD, TestViewer, type ViewerClient } from '../support/test-viewer.ts';

let viewer: TestViewer;
let client: ViewerClient;

beforeEach(async () => {
  viewer = await TestViewer.start();
  client = viewer.client;
});
afterEach(() => viewer.stop());

describe('the login', () => {
  const PUBLIC = ['GET /login', 'POST /login', 'GET /assets/style.css', 'GET /assets/icon.svg'];
  const FONTS = ['GET /assets/geist.woff2', 'GET /assets/geist-mono.woff2'];

  test('is needed for every route but those of the login page, and no forged cookie replaces it', async () => {
    const isPublic = (key: string) => [...PUBLIC, ...FONTS].includes(key.replace('HEAD', 'GET'));
    const guarded = viewer.routes.filter((key) => !isPublic(key));
    expect(guarded.length).toBeGreaterThan(15);
    for (const key of [...guarded, 'GET /nowhere', 'DELETE /api/lines', 'GET /assets/../src/main.ts']) {
      const [method = '', path = ''] = key.split(' ');
      for (const cookie of [
        '',
        'parley_logs=',
        'parley_logs=mwqv3fer.AAAAAAAAAAAAAAAAAAAAAA.x',
        'parley_logs=__proto__',
      ]) {
        const response = await client.request(path, { method, headers: { cookie } });
        const expected = key.endsWith(' /') ? [303, 'login'] : [401, null];
        expect([key, response.status, response.headers.get('location')]).toEqual([key, ...expected]);
        await response.body?.cancel();
      }
    }
  });

  test('is not needed for the login page and its files', async () => {
    for (const key of [...PUBLIC, ...FONTS].filter((name) => name.startsWith('GET'))) {
      expect((await client.request(key.slice(4))).status).toBe(200);
    }
  });

  test('gives a cookie that works, that scripts cannot read and other sites cannot send', async () => {
    const response = await client.logIn();
    expect([response.status, response.headers.get('location')]).toEqual([303, './']);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^parley_logs=[\w.-]+; Max-Age=36000; HttpOnly; SameSite=Strict$/);
    expect((await client.request('/')).status).toBe(200);
    expect((await client.request('/api/sources')).status).toBe(200);
  });

  test('gives a cookie for HTTPS only if the request came over HTTPS', async () => {
    const body = new URLSearchParams({ password: PASSWORD });
    const response = await client.post('/login', body, { 'x-forwarded-proto': 'https' });
    expect(response.headers.get('set-cookie')).toMatch(
      /^parley_logs=[\w.-]+; Max-Age=36000; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  test('refuses a wrong password, and after five attempts every password for a while', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await client.logIn('wrong password')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    const limited = await client.logIn();
    expect([limited.status, limited.headers.get('set-cookie')]).toEqual([429, null]);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await viewer.metrics()).toContain('parley_logs_logins_total{outcome="limited",service="logs"} 1');
  });

  test.each([
    ['an IPv4 address and its IPv6 form', '::ffff:192.0.2.1', '192.0.2.1'],
    ['two IPv6 addresses of one /64', '2001:db8:0:7::1', '2001:db8:0:7:ffff:1:2:3'],
  ])('counts the attempts of %s together', async (_what, one, other) => {
    const edged = await TestViewer.start({ proxyHops: 1 });
    const attempt = async (address: string) => {
      const body = new URLSearchParams({ password: 'wrong password' });
      const headers = { 'x-forwarded-for': `198.51.100.1, ${address}` };
      return (await edged.client.post('/login', body, headers)).status;
    };
    for (let n = 0; n < 5; n += 1) expect(await attempt(one)).toBe(401);
    expect(await attempt(other)).toBe(429);
    expect(await attempt('2001:db8:0:8::1')).toBe(401);
    await edged.stop();
  });

  test('refuses bodies that are not a small form', async () => {
    const bad: [string | undefined, string, number][] = [
      ['text/plain', 'password=x', 400],
      ['application/json', '{"password":"x"}', 400],
      ['application/x-www-form-urlencoded', 'x'.repeat(10_000), 413],
    ];
    for (const [type = '', body, status] of bad) {
      const response = await client.request('/login', {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      });
      expect(response.status).toBe(status);
    }
  });

  test('refuses a request that a page of another site caused', async () => {
    const body = new URLSearchParams({ password: PASSWORD });
    const response = await client.post('/login', body, { 'sec-fetch-site': 'cross-site' });
    expect(response.status).toBe(403);
  });

  test('ends with the logout, and its cookie is refused from then on', async () => {
    await client.logIn();
    const response = await client.post('/logout', new URLSearchParams());
    expect([response.status, response.headers.get('location')]).toEqual([303, 'login']);
    expect(response.headers.get('set-cookie')).toMatch(/^parley_logs=; Max-Age=0;/);
    expect((await client.request('/api/sources')).status).toBe(401);
  });
});
