import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCertificate } from '../../scripts/lib/certificate.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { NetworkNamespace } from '../harness/machine/network-namespace.ts';
import { Program } from '../harness/machine/program.ts';
import { NginxEdge } from '../harness/servers/nginx-edge.ts';
import { RecordingServer } from '../harness/servers/recording-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-certificate-'));
let gateway: RecordingServer;
let logs: RecordingServer;
let addresses: Record<string, string>;

beforeAll(async () => {
  gateway = await RecordingServer.start('gateway');
  logs = await RecordingServer.start('logs');
  const { certificatePath, keyPath } = await ensureCertificate(folder);
  addresses = {
    GATEWAY_ADDRESSES: gateway.address,
    LOGS_ADDRESSES: logs.address,
    EDGE_CERTIFICATE: certificatePath,
    EDGE_CERTIFICATE_KEY: keyPath,
  };
});

afterEach(() => {
  gateway.clear();
  logs.clear();
});

afterAll(async () => {
  await gateway?.close();
  await logs?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Asks as a proxy of this machine does for one of its visitors, who came by https. */
async function ask(edge: NginxEdge, path: string, headers: Record<string, string> = {}): Promise<number> {
  const given = { 'x-forwarded-proto': 'https', ...headers };
  const response = await fetch(`${edge.origin}${path}`, { headers: given, redirect: 'manual' });
  await response.arrayBuffer();
  return response.status;
}

/** Sends these bytes to the http port, and resolves with the first line of the answer. */
function speak(edge: NginxEdge, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(edge.httpPort, '127.0.0.1', () => socket.write(text));
    socket.once('data', (data: Buffer) => {
      resolve(data.toString().split('\r\n', 1)[0] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(''));
  });
}

describe('behind a listed proxy', () => {
  let edge: NginxEdge;

  beforeAll(async () => {
    edge = await NginxEdge.start({
      ...addresses,
      EDGE_TRUSTED_PROXIES: '127.0.0.0/8, 203.0.113.7 2001:db8::/32',
      EDGE_NAMES: 'call.example.org',
      EDGE_OPERATORS: '10.0.0.0/8',
    });
  });

  afterAll(() => edge?.stop());

  test.each([
    ['the address that it names', '198.51.100.9', '198.51.100.9'],
    ['an IPv6 address', '2001:db9::1', '2001:db9::1'],
    ['the address without its port', '198.51.100.9:4711', '198.51.100.9'],
    ['what it saw, not what the visitor wrote before', '10.0.0.1, 198.51.100.9', '198.51.100.9'],
    [
      'what the outermost of several listed proxies saw',
      '10.0.0.1, 198.51.100.9, 203.0.113.7, 2001:db8::5',
      '198.51.100.9',
    ],
    ['what the last listed proxy saw where one is not listed', '198.51.100.9, 203.0.113.8', '203.0.113.8'],
  ])('the visitor has %s', async (_what, forwardedFor, address) => {
    expect(await ask(edge, '/api/rooms', { 'x-forwarded-for': forwardedFor })).toBe(200);
    expect(gateway.requests[0]?.headers).toMatchObject({
      'x-forwarded-for': address,
      'x-forwarded-proto': 'https',
    });
  });

  test.each([
    ['a visitor from a private network', { 'x-forwarded-for': '10.1.2.3' }, 200],
    ['a visitor from elsewhere', { 'x-forwarded-for': '8.8.8.8' }, 404],
    ['a visitor who claims a private address', { 'x-forwarded-for': '10.1.2.3, 8.8.8.8' }, 404],
    ['a visitor whom the proxy does not name', {}, 404],
    ['a visitor whom the proxy names by a word', { 'x-forwarded-for': 'unknown' }, 404],
  ])('%s: is that an operator?', async (_who, headers, status) => {
    expect(await ask(edge, '/logs/', headers)).toBe(status);
    expect(logs.requests).toHaveLength(status === 200 ? 1 : 0);
  });

  test('nobody is an operator as long as none are listed', async () => {
    const unlisted = await NginxEdge.start({ ...addresses, EDGE_TRUSTED_PROXIES: '127.0.0.0/8' });
    try {
      for (const address of ['10.1.2.3', '127.0.0.1', '192.168.1.1'])
        expect(await ask(unlisted, '/logs/', { 'x-forwarded-for': address })).toBe(404);
      expect(logs.requests).toEqual([]);
    } finally {
      await unlisted.stop();
    }
  });

  test('each visitor has limits of their own', async () => {
    const flood = await Promise.all(
      Array.from({ length: 1500 }, () => ask(edge, '/api/rooms', { 'x-forwarded-for': '198.51.100.1' })),
    );
    expect(flood).toContain(429);
    expect(await ask(edge, '/api/rooms', { 'x-forwarded-for': '198.51.100.2' })).toBe(200);
  });

  test('a visitor who came by https is served over http, and one who came by http is redirected', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.9' };
    expect(await ask(edge, '/api/rooms', headers)).toBe(200);
    const options = {
      headers: { ...headers, 'x-forwarded-proto': 'http', 'x-forwarded-host': 'call.example.org:80' },
    };
    const response = await fetch(`${edge.origin}/r/abc?x=1`, { ...options, redirect: 'manual' });
    expect(response.status).toBe(308);
    expect(response.headers.get('location')).toBe('https://call.example.org/r/abc?x=1');
    expect(gateway.requests).toHaveLength(1);
  });

  test('the host that visitors use arrives even where the proxy asks for another one', async () => {
    await ask(edge, '/api/rooms', { 'x-forwarded-host': 'call.example.org' });
    await ask(edge, '/api/rooms', { 'x-forwarded-host': 'call.example.org/"x' });
    expect(gateway.requests.map(({ headers }) => [headers.host, headers['x-forwarded-host']])).toEqual([
      ['call.example.org', 'call.example.org'],
      [`127.0.0.1:${edge.httpPort}`, `127.0.0.1:${edge.httpPort}`],
    ]);
  });
});

describe('behind a proxy that is not listed', () => {
  let edge: NginxEdge;

  beforeAll(async () => {
    edge = await NginxEdge.start({ ...addresses, EDGE_TRUSTED_PROXIES: '10.0.0.1' });
  });

  afterAll(() => edge?.stop());

  test('pages say so, where a redirect to https would come back for ever', async () => {
    const response = await fetch(edge.origin, {
      headers: { 'x-forwarded-proto': 'https' },
      redirect: 'manual',
    });
    expect(response.status).toBe(421);
    expect(await response.text()).toContain(
      'If the proxy at 127.0.0.1 is yours, list it in EDGE_TRUSTED_PROXIES.',
    );
    expect((await fetch(edge.origin, { redirect: 'manual' })).status).toBe(308);
  });

  test('http that serves everybody believes none of its headers', async () => {
    const serving = await NginxEdge.start({ ...addresses, EDGE_HTTP_SERVES: 'yes' });
    try {
      expect(await ask(serving, '/api/rooms', { 'x-forwarded-for': '198.51.100.9' })).toBe(200);
      expect(gateway.requests[0]?.headers).toMatchObject({
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
      });
      expect(await ask(serving, '/logs/')).toBe(404);
    } finally {
      await serving.stop();
    }
  });
});

test('a path of another site is no place for Parley, and the answer says so', async () => {
  const edge = await NginxEdge.start({ EDGE_TRUSTED_PROXIES: '127.0.0.1' });
  try {
    const response = await fetch(edge.origin, { headers: { 'x-forwarded-prefix': '/meet' } });
    expect(response.status).toBe(421);
    expect(await response.text()).toContain('Parley needs a host name of its own');
    expect(await ask(edge, '/edge/visitor', { 'x-forwarded-prefix': '/' })).toBe(200);
  } finally {
    await edge.stop();
  }
});

describe('the PROXY protocol', () => {
  const request = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
  const from = (address: string) => `PROXY TCP4 ${address} 127.0.0.1 4711 80\r\n`;
  const options = { EDGE_PROXY_PROTOCOL: 'yes', EDGE_HTTP_SERVES: 'yes' };

  test('of a listed proxy names the visitor, and headers do not', async () => {
    const proxies = { EDGE_TRUSTED_PROXIES: '127.0.0.1', EDGE_OPERATORS: '10.0.0.0/8' };
    const edge = await NginxEdge.start({ ...addresses, ...options, ...proxies });
    try {
      const claims =
        'X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n';
      expect(await speak(edge, from('198.51.100.9') + request('/api/rooms', claims))).toContain(' 200 ');
      expect(gateway.requests[0]?.headers).toMatchObject({
        'x-forwarded-for': '198.51.100.9',
        'x-forwarded-proto': 'http',
        host: 'localhost',
      });
      expect(await speak(edge, from('198.51.100.9') + request('/logs/'))).toContain(' 404 ');
      expect(await speak(edge, from('10.0.0.9') + request('/logs/'))).toContain(' 200 ');
      expect(await speak(edge, `PROXY UNKNOWN\r\n${request('/logs/')}`)).toContain(' 404 ');
      expect(await speak(edge, request('/api/rooms'))).not.toContain(' 200 ');
    } finally {
      await edge.stop();
    }
  });

  test('of any other machine names nobody', async () => {
    const edge = await NginxEdge.start({ ...addresses, ...options, EDGE_TRUSTED_PROXIES: '10.0.0.1' });
    try {
      expect(await speak(edge, from('10.0.0.9') + request('/api/rooms'))).toContain(' 200 ');
      expect(gateway.requests[0]?.headers['x-forwarded-for']).toBe('127.0.0.1');
      expect(await speak(edge, from('10.0.0.9') + request('/logs/'))).toContain(' 404 ');
    } finally {
      await edge.stop();
    }
  });
});

const asRoot = NetworkNamespace.isPossible ? describe : describe.skip;
asRoot('where an engine hides who visits, as in a container with the network 172.30.0.0/16', () => {
  const home = mkdtempSync(join(tmpdir(), 'parley-edge-'));
  let network: NetworkNamespace;
  /** Runs its arguments in the network. */
  let enter: string;
  let edge: Program;

  // There is no DNS inside, and waiting for it would take long.
  const services = ['UI', 'GATEWAY', 'SIGNALING', 'LOGS', 'GRAFANA'];
  const nowhere = Object.fromEntries(services.map((name) => [`${name}_ADDRESSES`, '127.0.0.1:1']));
  const inside = (...command: string[]): string => execFileSync(enter, command, { encoding: 'utf8' });
  const address = (given: string) => inside('/usr/sbin/ip', 'address', 'add', `${given}/16`, 'dev', 'eth0');
  /** Asks for a page of operators from this address of the network. The status is 0 if nobody answers. */
  const statusFor = (from: string): number => {
    const options = JSON.stringify({ host: '172.30.0.2', port: 8080, path: '/logs', localAddress: from });
    const print = `(answer) => process.exit(console.log(answer.statusCode ?? 0))`;
    return Number(
      inside(process.execPath, '-e', `require('node:http').get(${options}, ${print}).on('error', ${print})`),
    );
  };

  beforeAll(async () => {
    network = NetworkNamespace.create();
    enter = network.program('/usr/bin/env');
    address('172.30.0.2');
    inside('/usr/sbin/ip', 'route', 'add', 'default', 'via', '172.30.0.1');
    edge = new Program('nginx/run.sh', [enter, join(ROOT, 'nginx', 'run.sh')], {
      env: { PATH: process.env.PATH, EDGE_DIR: home, EDGE_HTTP: '172.30.0.2:8080', ...nowhere },
      ownGroup: true,
    });
    await edge.waitUntilReady(() => statusFor('172.30.0.2') > 0);
    // These come after the start, as machines of the network whose addresses the edge does not know.
    for (const other of ['172.30.0.1', '172.30.0.9']) address(other);
  });

  afterAll(async () => {
    await edge?.end('SIGTERM');
    network?.close();
    rmSync(home, { recursive: true, force: true });
  });

  test('the address that all visitors have makes nobody an operator, and another private one does', () => {
    expect(statusFor('172.30.0.9')).toBe(301);
    for (const shared of ['172.30.0.1', '172.30.0.2']) expect(statusFor(shared)).toBe(404);
  });
});
