import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { withDeadline } from '@parley/common/async';
import { createMetrics } from '@parley/common/service';
import { waitFor } from '@parley/common/testing';
import type { LogViewer } from '../src/log-viewer.ts';
import type { WireLine } from '../src/lines/log-line.ts';
import { line, LogFixture, START } from './support/log-fixture.ts';
import { startViewer, ViewerClient } from './support/viewer-client.ts';

let logs: LogFixture;
let viewer: LogViewer;
let client: ViewerClient;
let metrics: ReturnType<typeof createMetrics>;

beforeEach(async () => {
  logs = new LogFixture();
  metrics = createMetrics('logs');
  viewer = await startViewer(logs.directory, { metrics });
  client = new ViewerClient(viewer.port);
});
afterEach(async () => {
  await viewer.close();
  logs.remove();
});

const words = (lines: readonly WireLine[]) => lines.map(({ message }) => message);

describe('the login', () => {
  const PUBLIC = ['GET /login', 'POST /login', 'GET /assets/style.css', 'GET /assets/icon.svg'];
  const FONTS = ['GET /assets/geist.woff2', 'GET /assets/geist-mono.woff2'];

  test('is asked for by every route but its own, whatever cookie comes', async () => {
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
        const expected = / \/$/.test(key) ? [303, 'login'] : [401, null];
        expect([key, response.status, response.headers.get('location')]).toEqual([key, ...expected]);
        await response.body?.cancel();
      }
    }
  });

  test('needs nothing for its own page', async () => {
    for (const key of [...PUBLIC, ...FONTS].filter((name) => name.startsWith('GET'))) {
      expect((await client.request(key.slice(4))).status).toBe(200);
    }
  });

  test('gives a cookie that scripts cannot read, other sites cannot send, and that works', async () => {
    const response = await client.logIn();
    expect([response.status, response.headers.get('location')]).toEqual([303, './']);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^parley_logs=[\w.-]+; Max-Age=36000; HttpOnly; SameSite=Strict$/);
    expect((await client.request('/')).status).toBe(200);
    expect((await client.request('/api/sources')).status).toBe(200);
  });

  test('gives a cookie for encrypted connections only when it came over one', async () => {
    const body = new URLSearchParams({ password: 'correct horse battery' });
    const response = await client.post('/login', body, { 'x-forwarded-proto': 'https' });
    expect(response.headers.get('set-cookie')).toMatch(
      /^parley_logs=[\w.-]+; Max-Age=36000; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  test('refuses a wrong password, and after five attempts any for a while', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await client.logIn('wrong password')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    const limited = await client.logIn();
    expect([limited.status, limited.headers.get('set-cookie')]).toEqual([429, null]);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await metrics.registry.metrics()).toContain(
      'parley_logs_logins_total{outcome="limited",service="logs"} 1',
    );
  });

  test.each([
    ['an IPv4 address and its IPv6 form', '::ffff:192.0.2.1', '192.0.2.1'],
    ['two IPv6 addresses of one /64', '2001:db8:0:7::1', '2001:db8:0:7:ffff:1:2:3'],
  ])('counts the attempts of %s together', async (_what, one, other) => {
    const edged = await startViewer(logs.directory, { proxyHops: 1 });
    const attempt = async (address: string) => {
      const body = new URLSearchParams({ password: 'wrong password' });
      const headers = { 'x-forwarded-for': `198.51.100.1, ${address}` };
      return (await new ViewerClient(edged.port).post('/login', body, headers)).status;
    };
    for (let n = 0; n < 5; n += 1) expect(await attempt(one)).toBe(401);
    expect(await attempt(other)).toBe(429);
    expect(await attempt('2001:db8:0:8::1')).toBe(401);
    await edged.close();
  });

  test('refuses bodies that are no form of its own', async () => {
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

  test('refuses what another site sends', async () => {
    const body = new URLSearchParams({ password: 'correct horse battery' });
    const response = await client.post('/login', body, { 'sec-fetch-site': 'cross-site' });
    expect(response.status).toBe(403);
  });

  test('ends with the logout, for that cookie too', async () => {
    await client.logIn();
    const response = await client.post('/logout', new URLSearchParams());
    expect([response.status, response.headers.get('location')]).toEqual([303, 'login']);
    expect(response.headers.get('set-cookie')).toMatch(/^parley_logs=; Max-Age=0;/);
    expect((await client.request('/api/sources')).status).toBe(401);
  });
});

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

  test('refers to what is beside it, so that it lives under any prefix', async () => {
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

describe('a request that fits no route', () => {
  test('with a malformed escape in its path is refused, with or without a login', async () => {
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

  test('with a malformed escape in its query is a search for those characters', async () => {
    await client.logIn();
    expect((await client.request('/api/lines?q=%zz')).status).toBe(200);
  });

  test('names the methods that the path takes', async () => {
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

  test('answers HEAD like GET, without a body', async () => {
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

describe('a page of lines', () => {
  beforeEach(async () => {
    await client.logIn();
    const lines = Array.from({ length: 1_000 }, (_, n) => line(START + n, { n, msg: `m${n}` }));
    logs.write(
      'media/a-1.ndjson',
      lines.filter((_, n) => n % 2 === 0),
    );
    logs.write(
      'media/b-1.ndjson',
      lines.filter((_, n) => n % 2 === 1),
    );
  });

  test('is the newest lines, from the newest on', async () => {
    const { lines } = await client.page({ limit: '3' });
    expect(words(lines)).toEqual(['m999', 'm998', 'm997']);
    expect(lines[0]).toMatchObject({
      service: 'media',
      instance: 'b-1',
      level: 'info',
      time: START + 999,
      isJson: true,
    });
  });

  test.each(['newest', 'oldest'])('goes on with its cursor until all were there, %s first', async (order) => {
    const all: WireLine[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await client.page({ order, limit: '77', cursor });
      all.push(...page.lines);
      cursor = page.next;
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(1_000);
    const expected = Array.from({ length: 1_000 }, (_, n) => `m${n}`);
    expect(words(all)).toEqual(order === 'oldest' ? expected : expected.toReversed());
  });

  test('says how much was searched', async () => {
    const end = (await client.events({ q: 'nothing like it' })).at(-1)?.end;
    expect(end?.next).toBeNull();
    expect(end?.progress.searchedBytes).toBe(end?.progress.totalBytes);
    expect(end?.progress.totalBytes).toBeGreaterThan(50_000);
  });

  test('around a line is what comes before and after its cursor', async () => {
    const [middle] = (await client.page({ q: 'm500' })).lines;
    const before = await client.page({ cursor: middle!.id, order: 'newest', limit: '2' });
    const after = await client.page({ cursor: middle!.id, order: 'oldest', limit: '2' });
    expect([words(before.lines), words(after.lines)]).toEqual([
      ['m499', 'm498'],
      ['m501', 'm502'],
    ]);
  });

  const REFUSED: [string, Record<string, string>][] = [
    ['an unknown parameter', { unknown: '1' }],
    ['a level that is none', { level: 'loud' }],
    ['a time in words', { from: 'yesterday' }],
    ['a time beyond all times', { from: '99999999999999999' }],
    ['an order that is none', { order: 'random' }],
    ['an empty page', { limit: '0' }],
    ['a huge page', { limit: '100000' }],
    ['a cursor that is none', { cursor: 'x' }],
    ['a cursor of something else', { cursor: Buffer.from('[1,2,{},4]').toString('base64url') }],
    ['a value that is too long', { trace: 'x'.repeat(1_000) }],
    ['a prototype key', { constructor: '1' }],
  ];

  test.each(REFUSED)('refuses %s', async (_what, query) => {
    const response = await client.request(`/api/lines?${new URLSearchParams(query).toString()}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_request' } });
  });

  test('refuses a parameter that is given twice', async () => {
    expect((await client.request('/api/lines?level=info&level=warn')).status).toBe(400);
  });

  test('cannot name a file', async () => {
    for (const path of [
      '/api/lines?file=../../etc/passwd',
      '/assets/..%2f..%2fpackage.json',
      '/../package.json',
      '/web/app.js',
    ]) {
      expect((await client.request(path)).status).toBeGreaterThanOrEqual(400);
    }
  });

  test('tells what there is', async () => {
    expect(await (await client.request('/api/sources')).json()).toMatchObject({
      files: 2,
      services: [{ name: 'media', instances: ['a-1', 'b-1'] }],
    });
  });
});

describe('what people write into names', () => {
  const NAME = 'Eve\n{"level":"info","msg":"forged"}\r\u001b[2J</script><img src=x onerror=alert(1)>\u202e';

  test('stays in its line, on the wire and in the download', async () => {
    await client.logIn();
    logs.write('media/a-1.ndjson', [line(START, { displayName: NAME, msg: 'joined' })]);
    const events = await (await client.request('/api/lines')).text();
    expect(
      events
        .trimEnd()
        .split('\n')
        .filter((text) => text.includes('forged')),
    ).toHaveLength(1);
    const { lines } = await client.page();
    expect(lines).toHaveLength(1);
    expect((JSON.parse(lines[0]!.text) as { displayName: string }).displayName).toBe(NAME);
    const download = await (await client.request('/api/download')).text();
    expect(download.split('\n')).toHaveLength(2);
  });

  test('is never sent as a page', async () => {
    await client.logIn();
    logs.write('media/a-1.ndjson', [line(START, { displayName: NAME })]);
    for (const path of ['/api/lines', '/api/download']) {
      const { headers } = await client.request(path);
      expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    }
  });
});

describe('a download', () => {
  test('is the whole result, as it was written, in order', async () => {
    await client.logIn();
    const lines = Array.from({ length: 30_000 }, (_, n) => line(START + n, { n, traceId: `t${n % 3}` }));
    logs.write('media/a-1.ndjson', lines.slice(0, 15_000));
    logs.write('media/b-1.ndjson', lines.slice(15_000));
    const response = await client.request('/api/download?order=oldest&trace=t1');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="parley-logs-\w+\.ndjson"$/,
    );
    expect(await response.text()).toBe(
      lines
        .filter((_, n) => n % 3 === 1)
        .map((text) => `${text}\n`)
        .join(''),
    );
  });

  test('is JSON lines, whatever the lines are', async () => {
    await client.logIn();
    logs.write('media/a-1.ndjson', [line(START), 'Segmentation fault', `{"x":"${'y'.repeat(100_000)}"}`]);
    const text = await (await client.request('/api/download?order=oldest')).text();
    const parsed = text
      .trimEnd()
      .split('\n')
      .map((part) => JSON.parse(part) as Record<string, unknown>);
    expect(parsed[1]).toMatchObject({
      text: 'Segmentation fault',
      service: 'media',
      instance: 'a-1',
      isCut: false,
    });
    expect(parsed[2]).toMatchObject({ isCut: true });
  });
});

describe('a search of somebody who has gone', () => {
  test('ends, and makes room for the next', async () => {
    await client.logIn();
    for (const name of ['a', 'b', 'c', 'd']) {
      logs.write(
        `media/${name}-1.ndjson`,
        Array.from({ length: 40_000 }, (_, n) => line(START + n, { fill: 'x'.repeat(200) })),
      );
    }
    const gone = Array.from({ length: 4 }, async () => {
      const controller = new AbortController();
      const request = client.request('/api/lines?q=nothing', { signal: controller.signal });
      await request;
      controller.abort();
    });
    await Promise.all(gone);
    await waitFor(async () => (await client.request('/api/lines?limit=1')).status === 200);
    await waitFor(async () =>
      /search_seconds_count\{[^}]*outcome="cancelled"[^}]*\} [1-4]/.test(await metrics.registry.metrics()),
    );
  });
});

describe('the live tail', () => {
  type TailEvent = { event: string; data: { lines?: WireLine[] } };

  async function follow(query: string, events: TailEvent[]): Promise<AbortController> {
    const controller = new AbortController();
    const response = await client.request(`/api/tail?${query}`, { signal: controller.signal });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    void read(response, events).catch(() => undefined);
    await waitFor(() => events.some(({ event }) => event === 'ready'));
    return controller;
  }

  async function read(response: Response, events: TailEvent[]): Promise<void> {
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + chunk).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const match = /^event: (\w+)\ndata: (.*)$/.exec(part);
        if (match)
          events.push({ event: match[1] ?? '', data: JSON.parse(match[2] ?? '') as TailEvent['data'] });
      }
    }
  }

  test('sends new lines that match, to each what it asked for, and stops with the client', async () => {
    await client.logIn();
    logs.write('media/a-1.ndjson', [line(Date.now(), { msg: 'old' })]);
    const [all, some]: [TailEvent[], TailEvent[]] = [[], []];
    const first = await follow('', all);
    const second = await follow('level=warn&room=r', some);
    logs.append(
      'media/a-1.ndjson',
      line(Date.now(), { msg: 'one' }),
      line(Date.now() + 1, { msg: 'two', level: 'warn', room: 'r' }),
    );
    const heard = (events: TailEvent[]) => words(events.flatMap(({ data }) => data.lines ?? []));
    await waitFor(() => heard(all).length === 2 && heard(some).length === 1);
    expect([heard(all), heard(some)]).toEqual([['one', 'two'], ['two']]);
    first.abort();
    second.abort();
    await waitFor(async () =>
      (await metrics.registry.metrics()).includes('parley_logs_tails{service="logs"} 0'),
    );
  });

  test('refuses what is no filter', async () => {
    await client.logIn();
    expect((await client.request('/api/tail?cursor=x')).status).toBe(400);
  });

  test('ends when the service ends', async () => {
    await client.logIn();
    const events: TailEvent[] = [];
    await follow('', events);
    await withDeadline(viewer.close(), 5_000);
    await expect(client.request('/login')).rejects.toThrow();
  });
});
