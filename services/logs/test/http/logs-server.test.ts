import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { TestViewer, type ViewerClient } from '../support/test-viewer.ts';

let viewer: TestViewer;
let client: ViewerClient;

beforeEach(async () => {
  viewer = await TestViewer.start();
  client = viewer.client;
});
afterEach(() => viewer.stop());

/** Asks with these bytes as the target, which no URL could hold. Resolves with the status, or 0 if there is no answer. */
function ask(target: string, cookie: string): Promise<number> {
  const { port } = new URL(client.origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(
        `GET ${target} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
        'latin1',
      ),
    );
    socket.once('data', (data: Buffer) => {
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(data.toString())?.[1] ?? 0));
      socket.destroy();
    });
    socket.once('close', () => resolve(0)).once('error', reject);
  });
}

describe('every answer', () => {
  test('allows no inline script, no other origin, and no cache', async () => {
    await client.logIn();
    for (const path of ['/login', '/', '/api/sources', '/nowhere']) {
      const { headers } = await client.request(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toMatch(/unsafe|\*|data:/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  test('has only relative links, so that the viewer works under any prefix', async () => {
    await client.logIn();
    for (const path of ['/login', '/']) {
      const html = await (await client.request(path)).text();
      const references = [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map((match) => match[1]);
      expect(references.length).toBeGreaterThan(1);
      for (const reference of references) expect(reference).not.toMatch(/^\/|:/);
      expect(html).not.toMatch(/<script(?![^>]* src=)|\son\w+=|style=/);
    }
  });
});

describe('a request', () => {
  test('is refused as malformed if its path has a malformed escape, with or without a login', async () => {
    const refused = async () => {
      const response = await client.request('/assets/%zz');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { error: { code: 'invalid_request' } },
      ]);
    };
    await refused();
    await client.logIn();
    await refused();
  });

  test.each([
    '/%',
    '/%zz',
    '/login%',
    '/assets/%00',
    '/assets/%c0%af',
    '/assets/..%5c..%5cx',
    '//',
    '//login',
    '/\\',
    '/api/%E0%A4%A',
    '/?%',
    '/api/lines?%00=%ff',
    'http://[/login',
    'http:///login',
    '*',
    'login',
    '/\u00ff',
  ])('for %j causes no error of the server, with or without a login', async (target) => {
    await client.logIn();
    for (const cookie of ['', client.cookie, '%', `x=%zz; ${client.cookie}`]) {
      const status = await ask(target, cookie);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(status).toBeLessThan(500);
    }
  });

  test('may have a malformed escape in its query, which is then searched for as it is', async () => {
    await client.logIn();
    expect((await client.request('/api/lines?q=%zz')).status).toBe(200);
  });

  test('is answered with the methods that the path takes', async () => {
    await client.logIn();
    const allowed: string[][] = [];
    for (const [method, path] of [
      ['DELETE', '/api/lines'],
      ['HEAD', '/api/tail'],
      ['GET', '/logout'],
      ['POST', '/login/other'],
    ] as const) {
      const { status, headers } = await client.request(path, { method });
      allowed.push([String(status), headers.get('allow') ?? '']);
    }
    expect(allowed).toEqual([
      ['405', 'GET'],
      ['405', 'GET'],
      ['405', 'POST'],
      ['404', ''],
    ]);
  });

  test('is answered without a body if it is a HEAD of a page', async () => {
    const response = await client.request('/login', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(500);
  });
});

describe('a file of the page', () => {
  test('is sent again only when it changed', async () => {
    const first = await client.request('/assets/style.css');
    expect(first.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const headers = { 'if-none-match': first.headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
    const second = await client.request('/assets/style.css', { headers });
    expect([second.status, await second.text()]).toEqual([304, '']);
  });

  test('is a script, a style, a picture or a font, and nothing else of that folder', async () => {
    await client.logIn();
    for (const name of ['index.html', 'login.html', 'tsconfig.json', 'wire-types.d.ts'])
      expect([name, (await client.request(`/assets/${name}`)).status]).toEqual([name, 404]);
    expect((await client.request('/assets/app.js')).headers.get('content-type')).toMatch(/javascript/);
  });
});
