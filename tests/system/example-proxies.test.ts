import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@parley/common/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { ensureCertificate } from '../../scripts/lib/certificate.mjs';
import { isListening } from '../harness/machine/free-ports.ts';
import { Program } from '../harness/machine/program.ts';
import { NginxEdge } from '../harness/servers/nginx-edge.ts';
import { RecordingServer } from '../harness/servers/recording-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-proxy-'));
/** The visitors of this test. They differ from the proxy, which connects from 127.0.0.1. */
const VISITOR = '127.0.0.2';

let ui: RecordingServer;
let signaling: RecordingServer;
let edge: NginxEdge;
let certificate: { certificatePath: string; keyPath: string };

beforeAll(async () => {
  certificate = await ensureCertificate(folder, ['call.example.org']);
  ui = await RecordingServer.start('ui');
  signaling = await RecordingServer.start('signaling');
  edge = await NginxEdge.start({
    UI_ADDRESSES: ui.address,
    SIGNALING_ADDRESSES: signaling.address,
    EDGE_TRUSTED_PROXIES: '127.0.0.1',
    EDGE_CERTIFICATE: certificate.certificatePath,
    EDGE_CERTIFICATE_KEY: certificate.keyPath,
  });
});

afterAll(async () => {
  await edge?.stop();
  for (const one of [ui, signaling]) await one?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Proxy = { program: Program; port: number };

/** The example as it is in the repository, except for what each site fills in. */
function example(name: string, changes: readonly (readonly [string, string])[]): string {
  const text = readFileSync(join(ROOT, 'deploy', 'proxy', name), 'utf8');
  return changes.reduce((changed, [from, to]) => {
    expect(changed).toContain(from);
    return changed.replaceAll(from, to);
  }, text);
}

async function startCaddy(): Promise<Proxy> {
  const port = await freePorts(1);
  const tls = `tls ${certificate.certificatePath} ${certificate.keyPath}\n`;
  const site = example('Caddyfile', [
    ['127.0.0.1:8080', `127.0.0.1:${edge.httpPort}`],
    ['call.example.org {', `call.example.org:${port} {\n${tls}`],
  ]);
  const file = join(folder, 'Caddyfile');
  writeFileSync(file, `{\nadmin off\nauto_https disable_redirects\n}\n${site}`);
  const env = { PATH: process.env.PATH, HOME: folder };
  const program = new Program('caddy', ['caddy', 'run', '--adapter', 'caddyfile', '--config', file], { env });
  await program.waitUntilReady(() => isListening(port));
  return { program, port };
}

async function startNginx(): Promise<Proxy> {
  const port = await freePorts(2);
  const live = '/etc/letsencrypt/live/call.example.org';
  const site = example('nginx.conf', [
    ['127.0.0.1:8080', `127.0.0.1:${edge.httpPort}`],
    ['listen 80;', `listen 127.0.0.1:${port + 1};`],
    ['listen 443 ', `listen 127.0.0.1:${port} `],
    [`${live}/fullchain.pem`, certificate.certificatePath],
    [`${live}/privkey.pem`, certificate.keyPath],
  ]);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(' ');
  const file = join(folder, 'nginx.conf');
  const main = `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {}`;
  writeFileSync(file, `${main} http { access_log off; ${temporary} ${site} }`);
  const program = new Program('nginx', ['nginx', '-p', folder, '-c', file], {
    env: { PATH: process.env.PATH },
    ownGroup: true,
  });
  await program.waitUntilReady(() => isListening(port));
  return { program, port };
}

function ask(port: number, path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path,
      localAddress: VISITOR,
      servername: 'call.example.org',
      rejectUnauthorized: false,
      agent: false,
      headers: { host: `call.example.org:${port}`, ...headers },
    });
    outgoing.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response);
    });
    outgoing.once('response', (response) => resolve(response.resume()));
    outgoing.once('error', reject).end();
  });
}

describe.each([
  ['Caddyfile', startCaddy],
  ['nginx.conf', startNginx],
])('behind the proxy of deploy/proxy/%s', (_name, start) => {
  let proxy: Proxy;

  beforeAll(async () => {
    proxy = await start();
  });

  afterAll(() => proxy?.program.end('SIGTERM'));

  test('a page is served over http for a visitor whose address, scheme and host are known', async () => {
    const claims = { 'x-forwarded-for': '10.0.0.1', 'x-forwarded-host': 'evil.example' };
    const response = await ask(proxy.port, '/r/abc?x=1', claims);
    expect(response.statusCode).toBe(200);
    expect(ui.requests.at(-1)?.url).toBe('/r/abc?x=1');
    expect(ui.requests.at(-1)?.headers).toMatchObject({
      'x-forwarded-for': VISITOR,
      'x-forwarded-proto': 'https',
      host: `call.example.org:${proxy.port}`,
    });
  });

  test('the WebSocket of a call is opened, with the host that its page has', async () => {
    const origin = `https://call.example.org:${proxy.port}`;
    const headers = { connection: 'Upgrade', upgrade: 'websocket', origin };
    const response = await ask(proxy.port, '/socket.io/?EIO=4&transport=websocket', headers);
    expect(response.statusCode).toBe(101);
    expect(signaling.upgrades.at(-1)?.headers).toMatchObject({
      'x-forwarded-for': VISITOR,
      host: new URL(origin).host,
      origin,
    });
  });
});
