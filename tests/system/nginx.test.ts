import { request } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { GATEWAY_COOKIES } from '@parley/proto/edge';
import { NginxEdge } from '../harness/servers/nginx-edge.ts';
import { waitFor } from '@parley/common/testing';
import { RecordingServer } from '../harness/servers/recording-server.ts';

const TRACE = '0123456789abcdef0123456789abcdef';
/** Headers that a client may send, and that must not reach the services. */
const CLAIMS = {
  'x-forwarded-for': '6.6.6.6',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'gopher',
  'x-forwarded-port': '666',
  'x-real-ip': '6.6.6.6',
  forwarded: 'for=6.6.6.6;host=evil.example',
  'true-client-ip': '6.6.6.6',
  traceparent: '00-66666666666666666666666666666666-6666666666666666-01',
  'x-original-url': '/evil.example',
  'x-rewrite-url': '/evil.example',
};
/** If nginx added a second policy, both would arrive joined by a comma, and a browser would apply both. */
const UI_POLICY = "script-src 'nonce-of-the-page'";

let ui: RecordingServer;
let gateway: RecordingServer;
let signaling: RecordingServer;
let logs: RecordingServer;
let edge: NginxEdge;

const everyone = () => [ui, gateway, signaling, logs];

beforeAll(async () => {
  ui = await RecordingServer.start('ui', (request, response) => {
    response.setHeader('Content-Security-Policy', UI_POLICY);
    response.end(`ui ${request.url}`);
  });
  gateway = await RecordingServer.start('gateway', (request, response) => {
    response.setHeader('X-Powered-By', 'Secret/1.2.3');
    response.setHeader('Server', 'Secret/1.2.3');
    response.setHeader('Strict-Transport-Security', 'max-age=0');
    response.end(`gateway ${request.url}`);
  });
  signaling = await RecordingServer.start('signaling');
  logs = await RecordingServer.start('logs', (request, response) => {
    if (request.url !== '/api/tail') return void response.end(`logs ${request.url}`);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: first\n\n');
  });
  edge = await NginxEdge.start({
    UI_ADDRESSES: ui.address,
    GATEWAY_ADDRESSES: gateway.address,
    SIGNALING_ADDRESSES: signaling.address,
    LOGS_ADDRESSES: logs.address,
  });
});

afterEach(() => {
  for (const one of everyone()) one.clear();
});

afterAll(async () => {
  await edge?.stop();
  for (const one of everyone()) await one?.close();
});

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${edge.origin}${path}`, { headers, redirect: 'manual' });
}

function post(path: string, bytes: number, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${edge.origin}${path}`, { method: 'POST', body: 'x'.repeat(bytes), headers });
}

function upgrade(
  path: string,
  given: Record<string, string> = {},
): Promise<{ status: number; socket?: Socket }> {
  return new Promise((resolve, reject) => {
    const headers = { ...given, connection: 'Upgrade', upgrade: 'websocket' };
    const outgoing = request({ host: '127.0.0.1', port: edge.httpPort, path, headers });
    outgoing.once('upgrade', ({ statusCode = 0 }, socket: Socket) => resolve({ status: statusCode, socket }));
    outgoing.once('response', (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0 });
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
}

/** Sends many requests at once. Resolves with the number of answers of each status. */
async function flood(path: string, count: number): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  await Promise.all(
    Array.from({ length: count }, async () => {
      const response = await get(path);
      await response.arrayBuffer();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    }),
  );
  return statuses;
}

describe('the path of a request', () => {
  test.each([
    ['/', 'ui /'],
    ['/r/abc-defg-hij', 'ui /r/abc-defg-hij'],
    ['/apiary', 'ui /apiary'],
    ['/?next=/api/', 'ui /?next=/api/'],
    ['/api/rooms?x=1', 'gateway /api/rooms?x=1'],
    ['/api/healthz', 'gateway /api/healthz'],
    ['/socket.io/?EIO=4&transport=polling&k=1', 'signaling /socket.io/?EIO=4&transport=polling&k=1'],
    ['/logs/api/lines?q=1', 'logs /api/lines?q=1'],
  ])('%s', async (path, answer) => {
    expect(await (await get(path)).text()).toBe(answer);
  });

  test('/logs leads to /logs/', async () => {
    const response = await get('/logs');
    expect(response.status).toBe(301);
    expect(response.headers.get('location')).toBe('/logs/');
  });

  test.each([
    '/metrics',
    '/api/metrics',
    '/healthz',
    '/readyz',
    '/targets',
    '/api/targets',
    '/%6detrics',
    '/x/../metrics',
    '//metrics',
    '/_next/image?url=http://127.0.0.1/',
    '/parley.room.v1.RoomService/CreateRoom',
  ])('%s leads nowhere', async (path) => {
    const { status } = await new Promise<{ status: number }>((resolve, reject) => {
      // fetch would normalize the path, so the request is written by hand.
      const outgoing = request({ host: '127.0.0.1', port: edge.httpPort, path, method: 'GET' });
      outgoing.once('response', (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0 });
      });
      outgoing.once('error', reject).end();
    });
    expect(status).toBe(404);
    for (const one of everyone()) expect(one.requests).toEqual([]);
  });
});

describe('WebSockets', () => {
  test('of signaling are passed on in both directions', async () => {
    const { status, socket } = await upgrade('/socket.io/?EIO=4&transport=websocket&k=1');
    expect(status).toBe(101);
    const echoed = new Promise((resolve) => socket!.once('data', (data: Buffer) => resolve(data.toString())));
    socket!.write('hello');
    expect(await echoed).toBe('hello');
    socket!.destroy();
  });

  test.each(['/', '/_next/webpack-hmr', '/api/rooms', '/logs/'])(
    'are not passed on at %s: the request arrives without the upgrade',
    async (path) => {
      const { status } = await upgrade(path);
      expect(status).toBe(200);
      for (const one of everyone()) expect(one.upgrades).toEqual([]);
      const [arrived] = everyone().flatMap(({ requests }) => requests);
      expect(arrived?.headers.upgrade).toBeUndefined();
    },
  );
});

describe('a request header of a client', () => {
  test.each(['/', '/api/rooms', '/socket.io/?transport=polling'])(
    'that claims a false address does not arrive at %s, and the true address does',
    async (path) => {
      await get(path, { ...CLAIMS, 'x-parley-trace-id': TRACE });
      const [arrived] = everyone().flatMap(({ requests }) => requests);
      expect(JSON.stringify(arrived?.rawHeaders)).not.toMatch(/6\.6\.6\.6|evil|gopher|666/);
      expect(arrived?.headers).toMatchObject({
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
        host: `127.0.0.1:${edge.httpPort}`,
      });
    },
  );

  test.each(
    Object.keys(CLAIMS).filter((name) => /^(x-forwarded-(for|host|proto)|x-real-ip|forwarded)$/.test(name)),
  )(
    'of a proxy, %s, makes nobody an operator: everybody in the world may have sent it through that proxy',
    async (name) => {
      expect((await get('/logs/x')).status).toBe(200);
      logs.clear();
      for (const path of ['/logs', '/logs/x', '/grafana/'])
        expect((await get(path, { [name]: '10.0.0.1' })).status).toBe(404);
      expect(logs.requests).toEqual([]);
    },
  );

  test('that controls Next.js does not arrive, and one that a browser sends to its pages does', async () => {
    await get('/', {
      'x-middleware-subrequest': 'src/proxy',
      'x-invoke-path': '/x',
      'content-security-policy': "script-src 'nonce-known'",
      rsc: '1',
    });
    const headers = ui.requests[0]?.headers ?? {};
    expect(headers).toMatchObject({ rsc: '1', 'user-agent': 'node' });
    for (const name of ['x-middleware-subrequest', 'x-invoke-path', 'content-security-policy', 'cookie']) {
      expect(headers).not.toHaveProperty(name);
    }
  });

  test('with many cookies of other programs under the same domain is no problem, and only log viewer and Grafana get cookies', async () => {
    const cookie = Array.from({ length: 12 }, (_, index) => `other${index}=${'x'.repeat(4000)}`).join('; ');
    for (const path of ['/', '/api/rooms', '/socket.io/?transport=polling'])
      expect((await get(path, { cookie })).status).toBe(200);
    for (const { requests } of [ui, gateway, signaling])
      expect(requests.map(({ headers }) => headers.cookie)).toEqual([undefined]);
    expect((await get('/logs/x', { cookie: 'parley_logs=1' })).status).toBe(200);
    expect(logs.requests[0]?.headers.cookie).toBe('parley_logs=1');
  });

  test('get the cookies of the gateway to it and to no other service', async () => {
    const own = Object.values(GATEWAY_COOKIES).map((name) => `${name}=a.b-c`);
    const cookie = ['other=1', ...own, 'parley_logs=2', 'xparley_refresh=3'].join('; ');
    for (const path of ['/api/rooms', '/api/auth/refresh', '/socket.io/?transport=polling'])
      await get(path, { cookie });
    const received = gateway.requests.map(({ headers }) => headers.cookie?.split(/;\s*/).filter(Boolean));
    expect(received).toEqual([own, own]);
    expect(signaling.requests.map(({ headers }) => headers.cookie)).toEqual([undefined]);
  });

  test('that claims a false address does not arrive with a WebSocket', async () => {
    const { socket } = await upgrade('/socket.io/?transport=websocket', { ...CLAIMS, origin: edge.origin });
    socket?.destroy();
    const [arrived] = signaling.upgrades;
    expect(JSON.stringify(arrived?.rawHeaders)).not.toMatch(/6\.6\.6\.6|evil|gopher|666/);
    expect(arrived?.headers.origin).toBe(edge.origin);
  });

  test('with a trace id goes on to the gateway, and nginx makes a trace id if there is none or a malformed one', async () => {
    await get('/api/rooms', { 'x-parley-trace-id': TRACE });
    await get('/api/rooms', { 'x-parley-trace-id': '"><script>' });
    await get('/api/rooms');
    const traces = gateway.requests.map(({ headers }) => headers['x-parley-trace-id']);
    expect(traces[0]).toBe(TRACE);
    for (const made of traces.slice(1)) expect(made).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(traces).size).toBe(3);
  });
});

test('headers with which services name their software do not reach the client', async () => {
  const { headers } = await get('/api/rooms');
  expect(headers.get('server')).toBe('nginx');
  expect(headers.has('x-powered-by')).toBe(false);
  expect(headers.has('strict-transport-security')).toBe(false);
});

describe('a body', () => {
  test.each(['/api/rooms', '/socket.io/?transport=polling&sid=1'])(
    'that is too large is refused at %s',
    async (path) => {
      const response = await post(path, 200 * 1024, { 'x-parley-trace-id': TRACE });
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ error: { code: 'payload_too_large', traceId: TRACE } });
      for (const one of everyone()) expect(one.requests).toEqual([]);
    },
  );

  test('of the largest size that a service takes is passed on', async () => {
    expect((await post('/api/client-logs', 100 * 1024)).status).toBe(200);
  });

  test('is refused for pages', async () => {
    const response = await post('/', 10);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    expect(ui.requests).toEqual([]);
  });
});

describe('the one content policy of a page', () => {
  const policyOf = async (response: Promise<Response>) =>
    (await response).headers.get('content-security-policy');

  test('is its own if the page comes from the UI', async () => {
    expect(await policyOf(get('/'))).toBe(UI_POLICY);
  });

  test('is that of nginx if nginx refuses the request or answers for a service that is away', async () => {
    const lonely = await NginxEdge.start({});
    try {
      for (const answer of [post('/', 10), fetch(lonely.origin)]) {
        const policy = await policyOf(answer);
        expect(policy).toMatch(/^default-src 'none'/);
        expect(policy).not.toContain(',');
      }
    } finally {
      await lonely.stop();
    }
  });
});

test('the pages that nginx makes itself may be in the frames of the listed sites only', async () => {
  const framed = await NginxEdge.start({
    EMBED_ORIGINS: 'https://www.example.org, https://*.example.com:8443',
  });
  try {
    const { headers } = await fetch(framed.origin);
    expect(headers.get('content-security-policy')).toContain(
      'frame-ancestors https://www.example.org https://*.example.com:8443;',
    );
    expect(headers.has('x-frame-options')).toBe(false);
    const { headers: others } = await post('/', 10);
    expect(others.get('content-security-policy')).toContain("frame-ancestors 'none';");
    expect(others.get('x-frame-options')).toBe('DENY');
  } finally {
    await framed.stop();
  }
});

describe('when a service is away', () => {
  let lonely: NginxEdge;

  beforeAll(async () => {
    lonely = await NginxEdge.start({});
  });

  afterAll(() => lonely?.stop());

  test('a page says so and tries again', async () => {
    const response = await fetch(lonely.origin);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toContain('Back in a moment');
  });

  test.each(['/api/rooms', '/socket.io/?transport=polling', '/logs/'])(
    '%s answers with the error code `unavailable`',
    async (path) => {
      const response = await fetch(`${lonely.origin}${path}`);
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('1');
      expect(await response.json()).toMatchObject({ error: { code: 'unavailable' } });
    },
  );
});

describe('rates', () => {
  test('a hundred people who open the page and join at once from one address are all served', async () => {
    expect([...(await flood('/r/abc-defg-hij', 200)).keys()]).toEqual([200]);
    expect([...(await flood('/_next/static/chunk.js', 2000)).keys()]).toEqual([200]);
    expect([...(await flood('/api/rooms', 400)).keys()]).toEqual([200]);
    expect([...(await flood('/socket.io/?transport=polling', 300)).keys()]).toEqual([200]);
  });

  test('a flood is answered with the error of the contract, and is over when it is over', async () => {
    const statuses = await flood('/api/rooms', 1500);
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 429]));
    const refused = await waitFor(
      async () => {
        const responses = await Promise.all(Array.from({ length: 200 }, () => get('/api/rooms')));
        return responses.find(({ status }) => status === 429);
      },
      { what: 'a refused one' },
    );
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ error: { code: 'rate_limited' } });
    await waitFor(async () => (await get('/api/rooms')).status === 200, { what: 'the next to be served' });
  });
});

describe('for operators only', () => {
  test('what others do not see is not there', async () => {
    const strict = await NginxEdge.start({ LOGS_ADDRESSES: logs.address, EDGE_OPERATORS: '10.99.0.0/16' });
    try {
      for (const path of ['/logs', '/logs/', '/logs/api/lines', '/grafana', '/grafana/']) {
        expect((await fetch(`${strict.origin}${path}`, { redirect: 'manual' })).status).toBe(404);
      }
      expect(logs.requests).toEqual([]);
    } finally {
      await strict.stop();
    }
  });

  test('the live tail arrives line by line', async () => {
    const abort = new AbortController();
    const response = await fetch(`${edge.origin}/logs/api/tail`, { signal: abort.signal });
    const { value } = await response.body!.getReader().read();
    expect(new TextDecoder().decode(value)).toBe('data: first\n\n');
    abort.abort();
  });
});
