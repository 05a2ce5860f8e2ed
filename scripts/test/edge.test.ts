import { createServer, request } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { GATEWAY_COOKIES } from '@parley/proto/edge';
import { Edge, route } from '../launcher/start/edge.ts';
import { HEADERS_MAX_BYTES } from '../launcher/services/node-service.ts';
import { HostNames } from '../launcher/start/host-names.ts';
import { TrustedProxies } from '../launcher/start/visitor.ts';

const HOST = '127.0.0.1';

let edge: Edge;
let upstream: Server;
let seen: IncomingMessage[];

beforeEach(async () => {
  seen = [];
  // As the services run; see HEADERS_FLAG.
  upstream = createServer({ maxHeaderSize: HEADERS_MAX_BYTES }, (incoming, response) => {
    seen.push(incoming);
    response.end(`answer to ${incoming.url}`);
  });
  upstream.on('upgrade', (incoming: IncomingMessage, socket: Socket) => {
    seen.push(incoming);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => upstream.listen(0, HOST, resolve));
  edge = await Edge.create(0, [HOST]);
});

afterEach(async () => {
  edge.close();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

function openEdge(uiHasWebSocket = false): void {
  const base = `http://${HOST}:${(upstream.address() as AddressInfo).port}`;
  edge.open({ gateway: `${base}/`, signaling: `${base}/`, ui: `${base}/`, uiHasWebSocket });
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`http://${HOST}:${edge.port}${path}`, { headers });
}

function upgrade(path: string): Promise<{ status: number; socket?: Socket }> {
  return new Promise((resolve, reject) => {
    const headers = { connection: 'Upgrade', upgrade: 'websocket' };
    const outgoing = request({ host: HOST, port: edge.port, path, headers });
    outgoing.once('upgrade', (response, socket: Socket) =>
      resolve({ status: response.statusCode ?? 0, socket }),
    );
    outgoing.once('response', (response) => resolve({ status: response.statusCode ?? 0 }));
    outgoing.once('error', reject);
    outgoing.end();
  });
}

describe('routing', () => {
  test.each([
    ['/api/rooms', 'gateway'],
    ['/api', 'gateway'],
    ['/api?x=/socket.io/', 'gateway'],
    ['/socket.io/?EIO=4', 'signaling'],
    ['/apiary', 'ui'],
    ['/socket.io', 'ui'],
    ['/r/abc', 'ui'],
    ['/', 'ui'],
    ['/?next=/api/', 'ui'],
  ])('%s goes to %s', (path, service) => {
    expect(route(path)).toBe(service);
  });
});

describe('requests', () => {
  test('before the edge is open are answered that Parley is starting', async () => {
    const response = await get('/');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      error: { code: 'unavailable', message: expect.stringContaining('starting') },
    });
  });

  test.each([
    ['/r/abc', { accept: 'text/html,*/*' }, 'text/html'],
    ['/r/abc', { accept: '*/*' }, 'application/json'],
    ['/api/rooms', { accept: 'text/html' }, 'application/json'],
  ])('for %s with %j while Parley starts are answered as %s', async (path, headers, type) => {
    const response = await get(path, headers);
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('retry-after')).not.toBeNull();
    if (type === 'text/html') expect(await response.text()).toContain('tries again by itself');
  });

  test('are passed on with their path, and with the address that they really come from', async () => {
    openEdge();
    const response = await get('/api/rooms?x=1', {
      'x-forwarded-for': '6.6.6.6',
      'x-real-ip': '6.6.6.6',
      forwarded: 'for=6.6.6.6',
    });
    expect(await response.text()).toBe('answer to /api/rooms?x=1');
    expect(seen[0]?.headers).toMatchObject({ 'x-forwarded-for': HOST, 'x-forwarded-proto': 'http' });
    expect(seen[0]?.headers.host).toBe(`${HOST}:${edge.port}`);
    expect(JSON.stringify(seen[0]?.rawHeaders)).not.toContain('6.6.6.6');
  });

  test.each(['/', '/api/rooms', '/socket.io/?transport=polling'])(
    'to %s with many cookies of other programs on this host are answered, and only pages get cookies',
    async (path) => {
      openEdge();
      const cookie = Array.from({ length: 12 }, (_, index) => `other${index}=${'x'.repeat(4000)}`).join('; ');
      const answer = await get(path, { cookie });
      expect(answer.status).toBe(200);
      expect(seen.map(({ headers }) => headers.cookie)).toEqual([path === '/' ? cookie : undefined]);
    },
  );

  test('get the cookies of the gateway to it and to no other service', async () => {
    openEdge();
    const own = Object.values(GATEWAY_COOKIES).map((name) => `${name}=a.b-c`);
    const cookie = ['other=1', ...own, 'parley_logs=2', 'xparley_refresh=3'].join('; ');
    for (const path of ['/api/rooms', '/socket.io/?transport=polling']) await get(path, { cookie });
    expect(seen.map(({ headers }) => headers.cookie)).toEqual([own.join('; '), undefined]);
  });

  test('with a body larger than anything takes are refused before they reach a service', async () => {
    openEdge();
    const response = await fetch(`http://${HOST}:${edge.port}/api/rooms`, {
      method: 'POST',
      body: 'x'.repeat(512 * 1024),
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: 'payload_too_large' } });
    expect(seen).toEqual([]);
  });

  test('to a service that is away are answered 502, and the next ones work', async () => {
    const closedPort = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, HOST, () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(port));
      });
    });
    const away = `http://${HOST}:${closedPort}`;
    edge.open({ gateway: away, signaling: away, ui: away, uiHasWebSocket: false });
    expect((await get('/api/rooms')).status).toBe(502);
    openEdge();
    expect((await get('/api/rooms')).status).toBe(200);
  });
});

describe('behind a proxy', () => {
  const claims = {
    'x-forwarded-for': '10.0.0.1, 198.51.100.9, 2001:db8::7',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'call.example.org',
  };

  const seenBehind = async (list: string, headers: Record<string, string>) => {
    const options = { trustedProxies: new TrustedProxies(list), names: new HostNames(['call.example.org']) };
    const listed = await Edge.create(0, [HOST], options);
    try {
      const base = `http://${HOST}:${(upstream.address() as AddressInfo).port}`;
      listed.open({ gateway: base, signaling: base, ui: base, uiHasWebSocket: false });
      await fetch(`http://${HOST}:${listed.port}/api/rooms`, { headers });
      return seen.at(-1)!.headers;
    } finally {
      listed.close();
    }
  };

  test('that is listed, the services see the visitor whom it saw', async () => {
    expect(await seenBehind('127.0.0.0/8, 2001:db8::/32', claims)).toMatchObject({
      'x-forwarded-for': '198.51.100.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'call.example.org',
      host: 'call.example.org',
    });
  });

  test('that is listed and says nothing, the services see the proxy', async () => {
    const headers = await seenBehind(HOST, { 'x-forwarded-for': 'unknown', 'x-forwarded-host': 'a b' });
    expect(headers).toMatchObject({ 'x-forwarded-for': HOST, 'x-forwarded-proto': 'http' });
    expect(headers.host).toBe(headers['x-forwarded-host']);
    expect(headers.host).toMatch(/^127/);
  });

  test('that is not listed, the services see the proxy', async () => {
    const headers = await seenBehind('10.0.0.0/8', claims);
    expect(headers).toMatchObject({ 'x-forwarded-for': HOST, 'x-forwarded-proto': 'http' });
    expect(JSON.stringify(headers)).not.toContain('example');
  });

  test('a list with something else in it is refused by name', () => {
    const problems: string[] = [];
    const list = '10.0.0.1 caddy 10.0.0.0/33 ::1/129 10.0.0.0/8/8';
    expect(new TrustedProxies(list, (words) => problems.push(words))).toBeDefined();
    expect(problems.map((words) => words.split('"')[1])).toEqual([
      'caddy',
      '10.0.0.0/33',
      '::1/129',
      '10.0.0.0/8/8',
    ]);
  });
});

describe('WebSockets', () => {
  test('of signaling are connected through in both directions', async () => {
    openEdge();
    const { status, socket } = await upgrade('/socket.io/?transport=websocket');
    expect(status).toBe(101);
    const echoed = new Promise<string>((resolve) =>
      socket!.once('data', (data: Buffer) => resolve(data.toString())),
    );
    socket!.write('hello');
    expect(await echoed).toBe('hello');
    socket!.destroy();
  });

  test('of anything else are refused and never reach the services', async () => {
    openEdge();
    expect((await upgrade('/api/rooms')).status).toBe(400);
    expect((await upgrade('/_next/webpack-hmr')).status).toBe(400);
    expect(seen).toEqual([]);
  });

  test("of the UI's development server are connected in development", async () => {
    openEdge(true);
    const { status, socket } = await upgrade('/_next/webpack-hmr');
    expect(status).toBe(101);
    socket!.destroy();
  });
});

describe('closing', () => {
  test('ends open connections and frees the port', async () => {
    openEdge();
    const { port } = edge;
    const { socket } = await upgrade('/socket.io/');
    const ended = new Promise((resolve) => socket!.once('close', resolve));
    edge.close();
    edge.close();
    await ended;
    const refused = new Promise((resolve) => connect(port, HOST).once('error', resolve));
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' });
    expect(() => edge.port).toThrow('edge closed');
  });

  test('a port that another program uses is reported in words', async () => {
    const { port } = upstream.address() as AddressInfo;
    await expect(Edge.create(port, [HOST])).rejects.toThrow(`Port ${port} is in use by another program.`);
  });
});
