import { createServer, request } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { Edge } from '../launcher/start/edge.ts';
import { HeldConnections } from '../launcher/start/held-connections.ts';
import { HostNames } from '../launcher/start/host-names.ts';
import { TrustedProxies } from '../launcher/start/visitor.ts';

const HOST = '127.0.0.1';

let edge: Edge | undefined;
let upstream: Server;
let behind: Set<Socket>;
let seen: string[];
let opened: Socket[];

beforeEach(async () => {
  seen = [];
  opened = [];
  edge = undefined;
  behind = new Set();
  upstream = createServer((incoming, response) => {
    seen.push(incoming.url ?? '');
    // A long poll waits until the test ends.
    if (incoming.url?.startsWith('/socket.io/')) return;
    incoming.resume();
    incoming.once('end', () => response.end('answer'));
  });
  upstream.on('upgrade', (incoming, socket: Socket) => {
    seen.push(incoming.url ?? '');
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
  upstream.on('connection', (socket: Socket) => behind.add(socket));
  await new Promise<void>((resolve) => upstream.listen(0, HOST, resolve));
});

afterEach(async () => {
  for (const socket of opened) socket.destroy();
  edge?.close();
  // Those of WebSockets are none of the server's any more.
  for (const socket of behind) socket.destroy();
  await new Promise((resolve) => upstream.close(resolve));
});

const port = () => edge?.port ?? 0;

async function start(options: Parameters<typeof Edge.create>[2]): Promise<void> {
  edge = await Edge.create(0, [HOST], options);
  const base = `http://${HOST}:${(upstream.address() as AddressInfo).port}`;
  edge.open({ gateway: base, signaling: base, ui: base, uiHasWebSocket: false });
}

function dial(text = ''): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port(), HOST, () => {
      if (text !== '') socket.write(text);
      resolve(socket);
    });
    socket.once('error', reject);
    opened.push(socket);
  });
}

const dialMany = (count: number, text?: string) =>
  Promise.all(Array.from({ length: count }, () => dial(text)));
const open = (sockets: readonly Socket[]) =>
  sockets.filter((socket) => !socket.closed && !socket.readableEnded);

/** The status of the answer to this `Host`. */
function statusFor(host: string, path = '/', upgrade = false): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { host, ...(upgrade && { connection: 'Upgrade', upgrade: 'websocket' }) };
    const outgoing = request({ host: HOST, port: port(), path, headers, agent: false });
    outgoing.once('response', (response) => resolve((response.resume(), response.statusCode ?? 0)));
    outgoing.once('upgrade', (_response, socket: Socket) => resolve((socket.destroy(), 101)));
    outgoing.once('error', reject).end();
  });
}

describe('names', () => {
  const names = new HostNames(['Call.example.org', '*.example.net']);

  test.each([
    ['localhost:8080', true],
    ['parley.localhost', true],
    ['127.0.0.1:8080', true],
    ['192.168.1.5:8443', true],
    ['[::1]:8080', true],
    ['call.example.org', true],
    ['CALL.example.org.:8080', true],
    ['a.example.net', true],
    ['', true],
    ['example.net', false],
    ['evil.example', false],
    ['evil.example:8080', false],
    ['localhost.evil.example', false],
    ['notlocalhost', false],
    ['call.example.org.evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['evil.example/localhost', false],
  ])('%s is one of ours: %s', (host, expected) => {
    expect(names.includes(host)).toBe(expected);
  });

  test('that are not ours are answered in words, and reach no service', async () => {
    await start({});
    const response = await new Promise<string>((resolve, reject) => {
      const outgoing = request({ host: HOST, port: port(), headers: { host: 'evil.example:8080' } });
      outgoing.once('error', reject).end();
      outgoing.once('response', (incoming) => {
        let text = String(incoming.statusCode);
        incoming.on('data', (data: Buffer) => (text += data.toString())).once('end', () => resolve(text));
      });
    });
    expect(response).toMatch(
      /^421Parley does not know the name evil\.example:8080\. .*EDGE_NAMES=evil\.example /s,
    );
    expect(await statusFor('evil.example', '/api/rooms')).toBe(421);
    expect(await statusFor('evil.example', '/socket.io/?transport=websocket', true)).toBe(421);
    expect(seen).toEqual([]);
    expect(await statusFor(`localhost:${port()}`, '/api/rooms')).toBe(200);
    expect(await statusFor(HOST, '/socket.io/?transport=websocket', true)).toBe(101);
  });

  test('of another site stay foreign behind a listed proxy, whatever its page claims', async () => {
    const trustedProxies = new TrustedProxies(HOST);
    await start({ trustedProxies, names: new HostNames(['call.example.org']) });
    expect(await statusFor('call.example.org', '/api/rooms')).toBe(200);
    expect(await statusFor('evil.example', '/api/rooms')).toBe(421);
    const claimed = await fetch(`http://${HOST}:${port()}/`, {
      headers: { 'x-forwarded-host': 'evil.example' },
    });
    expect(claimed.status).toBe(421);
  });
});

describe('time', () => {
  const times = { requestTimeout: 300, headersTimeout: 200, connectionsCheckingInterval: 50 };

  test.each([
    [
      'a body that does not end',
      'POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{',
    ],
    ['a header that does not end', 'GET / HTTP/1.1\r\nHost: localhost\r\n'],
    ['nothing at all', ''],
  ])('%s is not waited for, although parts of it come all the time', async (_what, text) => {
    await start({ times });
    const socket = await dial(text);
    const drip = text === '' ? undefined : setInterval(() => socket.write('a'), 50);
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('close', resolve).resume());
    clearInterval(drip);
  });
});

describe('connections of one address', () => {
  test('that are held open are cut off beyond the limit, the oldest first', async () => {
    await start({ connectionsPerAddress: 10 });
    const held = await dialMany(10);
    const more = await dialMany(
      5,
      'POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{',
    );
    await waitFor(() => open([...held, ...more]).length === 10, { what: 'ten left' });
    expect(open(held)).toHaveLength(5);
    expect(await statusFor('localhost', '/api/rooms')).toBe(200);
  });

  test('far beyond the limit are not accepted', async () => {
    await start({ connectionsPerAddress: 2 });
    const all = await dialMany(40);
    for (const socket of all) socket.on('error', () => undefined).resume();
    await waitFor(() => open(all).length <= 10, { what: 'ten left' });
  });

  test('that wait for an answer, or are WebSockets, do not count', async () => {
    await start({ connectionsPerAddress: 4 });
    const polls = await dialMany(6, 'GET /socket.io/?transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const upgrade =
      'GET /socket.io/ HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    const sockets: Socket[] = [];
    for (let index = 0; index < 30; index++) {
      const socket = await dial(upgrade);
      await new Promise((resolve) => socket.once('data', resolve));
      sockets.push(socket);
    }
    const held = await dialMany(8);
    for (const socket of held) socket.resume();
    await waitFor(() => open(held).length === 4, { what: 'the held ones to be cut off' });
    expect(open(polls)).toHaveLength(6);
    expect(open(sockets)).toHaveLength(30);
  });

  test('a hundred people who come at the same moment are all served', async () => {
    await start({});
    const answers = await Promise.all(
      Array.from({ length: 400 }, () => fetch(`http://${HOST}:${port()}/api/x`)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  test('are forgotten with their last one', async () => {
    await start({});
    const held = new HeldConnections(1);
    const server = createServer().listen(0, HOST);
    await new Promise((resolve) => server.once('listening', resolve));
    const entered = new Promise<Socket>((resolve) => server.once('connection', resolve));
    const socket = connect((server.address() as AddressInfo).port, HOST);
    expect(held.enter(await entered)).toBe(true);
    expect(held.size).toBe(1);
    socket.destroy();
    await waitFor(() => held.size === 0, { what: 'it to be forgotten' });
    held.close();
    server.close();
  });
});
