import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { ensureCertificate } from '../../scripts/lib/certificate.mjs';
import { NginxEdge } from '../harness/servers/nginx-edge.ts';
import { RecordingServer } from '../harness/servers/recording-server.ts';

const CODE = 'abcd-efgh-jkm';
const ROOM = 'room-0123456789abcdef';

const folder = mkdtempSync(join(tmpdir(), 'parley-strangers-'));
let gateway: RecordingServer;
let signaling: RecordingServer;
let ui: RecordingServer;
let services: Record<string, string>;
let opened: Socket[] = [];

beforeAll(async () => {
  gateway = await RecordingServer.start('gateway', (incoming, response) => {
    if (incoming.url?.includes(CODE)) response.setHeader('X-Parley-Room', ROOM);
    incoming.once('end', () => response.end('gateway'));
  });
  // A long poll waits until the test ends.
  signaling = await RecordingServer.start('signaling', () => undefined);
  ui = await RecordingServer.start('ui');
  services = {
    UI_ADDRESSES: ui.address,
    GATEWAY_ADDRESSES: gateway.address,
    SIGNALING_ADDRESSES: signaling.address,
  };
});

afterEach(() => {
  for (const socket of opened) socket.destroy();
  opened = [];
  for (const one of [gateway, signaling, ui]) one.clear();
});

afterAll(async () => {
  for (const one of [gateway, signaling, ui]) await one?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Asked = { path?: string; headers?: Record<string, string>; upgrade?: boolean; edge: NginxEdge };

/** Asks under this name. Resolves with the status and the text of the answer. */
function ask(host: string, { path = '/', headers = {}, upgrade = false, edge }: Asked): Promise<string> {
  return new Promise((resolve, reject) => {
    const given = { ...headers, host, ...(upgrade && { connection: 'Upgrade', upgrade: 'websocket' }) };
    const outgoing = request({ host: '127.0.0.1', port: edge.httpPort, path, headers: given, agent: false });
    outgoing.once('response', (response) => void read(response).then(resolve));
    outgoing.once('upgrade', (_response, socket: Socket) => resolve((socket.destroy(), '101 ')));
    outgoing.once('error', reject).end();
  });
}

async function read(response: IncomingMessage): Promise<string> {
  let text = `${response.statusCode} `;
  for await (const part of response) text += String(part);
  return text;
}

/** Sends these bytes, and resolves with the connection. */
function speak(edge: NginxEdge, text: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(edge.httpPort, '127.0.0.1', () => {
      socket.write(text);
      resolve(socket);
    });
    socket.once('error', reject);
    opened.push(socket);
  });
}

const firstLine = (socket: Socket) =>
  new Promise<string>((resolve) => {
    socket.once('data', (data: Buffer) => resolve(data.toString().split('\r\n', 1)[0] ?? ''));
    socket.once('close', () => resolve('closed'));
  });

describe('the name of the host', () => {
  let edge: NginxEdge;

  beforeAll(async () => {
    edge = await NginxEdge.start({ ...services, EDGE_NAMES: 'call.example.org, *.example.net' });
  });

  afterAll(() => edge?.stop());

  test.each([
    'call.example.org',
    'CALL.example.org:8080',
    'a.example.net',
    'localhost:8080',
    'parley.localhost',
    '127.0.0.1:8080',
    '192.168.1.5',
    '[::1]:8080',
  ])('%s is answered', async (host) => {
    expect(await ask(host, { edge })).toBe('200 ui /');
  });

  test.each([
    'evil.example',
    'evil.example:8080',
    'example.net',
    'call.example.org.evil.example',
    '127.0.0.1.evil.example',
    'xcall.example.org',
  ])('%s is none of ours: the answer says so in words, and no service sees the request', async (host) => {
    const answer = await ask(host, { edge });
    expect(answer).toMatch(/^421 Parley does not know the name .*add it to EDGE_NAMES\./);
    expect(answer).toContain(host);
    expect(await ask(host, { edge, path: '/api/rooms' })).toMatch(/^421 /);
    expect(await ask(host, { edge, path: '/socket.io/?transport=websocket', upgrade: true })).toMatch(
      /^421 /,
    );
    expect([...ui.requests, ...gateway.requests, ...signaling.upgrades]).toEqual([]);
  });

  test('of another site does not become ours by what its page claims', async () => {
    for (const headers of [
      { 'x-forwarded-host': 'call.example.org' },
      { 'x-forwarded-proto': 'https' },
      { 'x-forwarded-for': '10.0.0.1', 'x-forwarded-proto': 'https 0 0 http http 1' },
      { 'x-forwarded-prefix': '/' },
    ] as Record<string, string>[]) {
      expect(await ask('evil.example', { edge, headers })).toMatch(/^421 /);
    }
    expect(ui.requests).toEqual([]);
  });

  test('is known from the certificate, without being listed', async () => {
    const { certificatePath, keyPath } = await ensureCertificate(folder, ['parley.example']);
    const secure = await NginxEdge.start({
      ...services,
      EDGE_CERTIFICATE: certificatePath,
      EDGE_CERTIFICATE_KEY: keyPath,
    });
    const status = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const options = { host: '127.0.0.1', port: secure.httpsPort, headers: { host }, agent: false };
        const trust = { ca: readFileSync(certificatePath), servername: 'parley.example' };
        secureRequest({ ...options, ...trust }, (response) => resolve(response.resume().statusCode ?? 0))
          .once('error', reject)
          .end();
      });
    try {
      expect(await status('parley.example')).toBe(200);
      expect(await status('evil.example')).toBe(421);
    } finally {
      await secure.stop();
    }
  });
});

describe('what one client may hold', () => {
  let edge: NginxEdge;

  beforeAll(async () => {
    edge = await NginxEdge.start(services);
  });

  afterAll(() => edge?.stop());

  const post = 'POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{';

  test('a request reaches its service before its body is complete, so that the service bounds its time', async () => {
    await speak(edge, post);
    await waitFor(() => gateway.requests.length === 1, { what: 'the request to arrive' });
    expect(gateway.requests[0]?.complete).toBe(false);
  });

  test('a hundred requests whose body is not complete, and besides long polls and WebSockets', async () => {
    await Promise.all(Array.from({ length: 100 }, () => speak(edge, post)));
    await waitFor(() => gateway.requests.length === 100, { what: 'a hundred requests' });
    expect(await firstLine(await speak(edge, post))).toContain(' 429 ');
    const poll = 'GET /socket.io/?transport=polling HTTP/1.1\r\nHost: localhost\r\n\r\n';
    await Promise.all(Array.from({ length: 150 }, () => speak(edge, poll)));
    await waitFor(() => signaling.requests.length === 150, { what: 'the polls to arrive' });
    expect(await ask('localhost', { edge, path: '/socket.io/?transport=websocket', upgrade: true })).toBe(
      '101 ',
    );
    expect(await ask('localhost', { edge, path: '/api/rooms' })).toBe('200 gateway');
  });

  test('a request without a body goes to a second instance if the first one fails', async () => {
    const failing = await RecordingServer.start('failing', (incoming) => incoming.socket.destroy());
    const two = await NginxEdge.start({
      ...services,
      GATEWAY_ADDRESSES: `${failing.address}, ${gateway.address}`,
    });
    try {
      for (let n = 0; n < 4; n += 1)
        expect(await ask('localhost', { edge: two, path: '/api/rooms' })).toBe('200 gateway');
      expect(failing.requests.length).toBeGreaterThan(0);
    } finally {
      await two.stop();
      await failing.close();
    }
  });

  test('a body that comes with a page counts as well', async () => {
    const get = 'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx';
    // nginx answers, and counts the request for the five seconds in which it waits for the rest of the body.
    const burst = () =>
      Promise.all(Array.from({ length: 150 }, async () => firstLine(await speak(edge, get))));
    await waitFor(async () => (await burst()).some((line) => line.includes(' 429 ')), {
      what: 'one of them to be refused',
    });
    expect(await ask('localhost', { edge })).toBe('200 ui /');
  });
});

describe('in the log', () => {
  let edge: NginxEdge;
  const logDir = join(folder, 'logs');

  beforeAll(async () => {
    edge = await NginxEdge.start({ ...services, SIGNALING_ADDRESSES: '127.0.0.1:1', LOG_DIR: logDir });
  });

  afterAll(() => edge?.stop());

  const lines = (isTrouble: boolean) =>
    readdirSync(join(logDir, 'nginx'))
      .filter((name) => name.endsWith('.trouble.ndjson') === isTrouble)
      .flatMap((name) =>
        readFileSync(join(logDir, 'nginx', name), 'utf8')
          .trim()
          .split('\n'),
      )
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test('a room has the name that its service says, and its code is nowhere', async () => {
    const paths = [
      [`/api/rooms/${CODE}/join?x=1`, '/api/rooms/{code}/join', ROOM],
      [`/api/rooms/${CODE}`, '/api/rooms/{code}', ROOM],
      ['/api/files/id.expiry.signature?x', '/api/files/{link}', ''],
      [`/r/${CODE}`, '/r/{code}', ''],
      ['/r/%61bcd-efgh-jkm', '/r/{code}', ''],
      ['/r/abcdefghjkm?x', '/r/{code}', ''],
      [`/x/${CODE.toUpperCase()}/${CODE}`, '/x/{code}', ''],
      ['/x/%61bcd-efgh-jkm', '/x/', ''],
      ['/x/y', '/x/y', ''],
    ] as const;
    for (const [path] of paths) {
      const response = await fetch(edge.origin + path, {
        headers: { referer: `http://localhost/r/${CODE}` },
      });
      expect(response.headers.has('x-parley-room')).toBe(false);
      await response.arrayBuffer();
    }
    await waitFor(() => lines(false).length === paths.length, { what: 'the lines' });
    // Each worker writes its own lines when its buffer is due.
    const sorted = (pairs: readonly (readonly unknown[])[]) => pairs.map((pair) => pair.join(' ')).sort();
    const logged = lines(false).map(({ path, room }) => [path, room]);
    expect(sorted(logged)).toEqual(sorted(paths.map(([, path, room]) => [path, room])));
    expect(edge.output.toLowerCase()).not.toContain('abcd-efgh');
  });

  test('trouble is in a file of its own, and messages about it have no code', async () => {
    await fetch(`${edge.origin}/socket.io/?EIO=4&transport=polling`, {
      headers: { referer: `http://localhost/r/${CODE}` },
    });
    await waitFor(() => lines(true).length === 1, { what: 'the line' });
    expect(lines(true)[0]).toMatchObject({ level: 'warn', status: 503 });
    await waitFor(() => edge.output.includes('{code}'), { what: 'the message of nginx' });
    expect(edge.output).toContain('/socket.io/');
    expect(edge.output.toLowerCase()).not.toContain('abcd-efgh');
  });

  test('a flood that is refused leaves a sample of its lines', async () => {
    const statuses: number[] = [];
    while (statuses.filter((status) => status === 429).length < 400) {
      const answers = await Promise.all(Array.from({ length: 300 }, () => fetch(`${edge.origin}/api/flood`)));
      statuses.push(...answers.map(({ status }) => status));
      for (const answer of answers) await answer.arrayBuffer();
    }
    const refused = statuses.filter((status) => status === 429).length;
    await fetch(`${edge.origin}/x/last`);
    await waitFor(() => lines(false).some(({ path }) => path === '/x/last'), { what: 'the last line' });
    const logged = lines(false).filter(({ status }) => status === 429).length;
    expect(logged).toBeLessThan(refused / 4);
  });
});
