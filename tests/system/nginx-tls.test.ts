import { execFile } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import { isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureCertificate } from '../../scripts/lib/certificate.mjs';
import { waitFor } from '@parley/common/testing';
import { NginxEdge } from '../harness/servers/nginx-edge.ts';
import { RecordingServer } from '../harness/servers/recording-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-certificate-'));
let ui: RecordingServer;
let edge: NginxEdge;
let ca: Buffer;

beforeAll(async () => {
  const { certificatePath, keyPath } = await ensureCertificate(folder, ['parley.example']);
  ca = readFileSync(certificatePath);
  ui = await RecordingServer.start('ui');
  edge = await NginxEdge.start({
    EDGE_CERTIFICATE: certificatePath,
    EDGE_CERTIFICATE_KEY: keyPath,
    EDGE_NAMES: 'localhost, parley.example',
    UI_ADDRESSES: ui.address,
  });
});

afterAll(async () => {
  await edge?.stop();
  await ui?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A request over TLS that trusts the certificate of this test only. */
function get(path: string, name = 'localhost', at = edge, trusted = ca): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { host: `${name}:${at.httpsPort}` };
    const servername = isIP(name) ? '' : name;
    const options = { host: '127.0.0.1', port: at.httpsPort, path, headers, ca: trusted, servername };
    request({ ...options, agent: false }, (response) => resolve(response.resume()))
      .once('error', reject)
      .end();
  });
}

function handshake(options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const given = { host: '127.0.0.1', port: edge.httpsPort, ca, servername: 'localhost', ...options };
    const socket = connect(given, () => {
      resolve(socket.getProtocol() ?? '');
      socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

function howOften(response: IncomingMessage, name: string): number {
  return response.rawHeaders.filter((entry, index) => index % 2 === 0 && entry.toLowerCase() === name).length;
}

describe('the edge with TLS', () => {
  test('passes requests on and marks them as https for the services', async () => {
    expect((await get('/')).statusCode).toBe(200);
    expect(ui.requests.at(-1)?.headers['x-forwarded-proto']).toBe('https');
  });

  test('redirects from http to https with the same path and query', async () => {
    const response = await fetch(`http://localhost:${edge.httpPort}/r/abc?x=1`, { redirect: 'manual' });
    expect(response.status).toBe(308);
    expect(response.headers.get('location')).toBe(`https://localhost:${edge.httpsPort}/r/abc?x=1`);
    expect(response.headers.has('strict-transport-security')).toBe(false);
  });

  test('never asks browsers to use https only while its certificate is signed by itself', async () => {
    expect(howOften(await get('/', 'parley.example'), 'strict-transport-security')).toBe(0);
  });

  test('speaks TLS 1.2 and 1.3, nothing older', async () => {
    expect(await handshake({})).toBe('TLSv1.3');
    expect(await handshake({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
    expect(await handshake(old)).toMatch(/^(ERR_SSL|ECONNRESET)/);
  });

  test('speaks HTTP/2', async () => {
    const session = connectHttp2(`https://localhost:${edge.httpsPort}`, { ca });
    const status = await new Promise((resolve, reject) => {
      session.once('error', reject);
      session.request({ ':path': '/' }).once('response', (headers) => resolve(headers[':status']));
    });
    session.destroy();
    expect(status).toBe(200);
    expect(ui.requests.at(-1)?.headers.host).toBe(`localhost:${edge.httpsPort}`);
  });

  test('answers requests for its own names only', async () => {
    expect((await get('/', 'parley.example')).statusCode).toBe(200);
    expect(await handshake({ servername: 'evil.example' })).toMatch(/UNRECOGNIZED_NAME|HANDSHAKE_FAILURE/);
    const headers = { host: 'evil.example' };
    const status = await new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: edge.httpsPort, headers, ca, servername: 'localhost' };
      request({ ...options, agent: false }, (response) => resolve(response.resume().statusCode))
        .once('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });
});

describe('a certificate that an authority signed', () => {
  const own = mkdtempSync(join(tmpdir(), 'parley-certificate-'));
  const [certificatePath, keyPath] = [join(own, 'certificate.pem'), join(own, 'key.pem')] as const;
  const authority = { key: join(own, 'ca-key.pem'), certificate: join(own, 'ca.pem') };
  const openssl = (...args: string[]) => promisify(execFile)('openssl', args);
  let signedEdge: NginxEdge;

  /** Puts a new certificate and its key in place, as a client of an authority does. */
  async function renew(): Promise<void> {
    const [key, request, certificate] = ['new-key.pem', 'new.csr', 'new.pem'].map((name) => join(own, name));
    const kind = 'req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=parley.example'.split(
      ' ',
    );
    await openssl(...kind, '-keyout', key!, '-out', request!);
    const signed = ['-CA', authority.certificate, '-CAkey', authority.key, '-CAcreateserial', '-days', '9'];
    const names = join(own, 'names');
    writeFileSync(names, 'subjectAltName=DNS:parley.example,DNS:localhost,IP:127.0.0.1');
    await openssl('x509', '-req', '-in', request!, ...signed, '-extfile', names, '-out', certificate!);
    renameSync(key!, keyPath);
    renameSync(certificate!, certificatePath);
  }

  const ask = (path: string, servername: string) =>
    get(path, servername, signedEdge, readFileSync(authority.certificate));
  const fingerprint = () =>
    new Promise<string>((resolve, reject) => {
      const options = { host: '127.0.0.1', port: signedEdge.httpsPort, servername: 'localhost' };
      const socket = connect({ ...options, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.destroy();
      }).once('error', reject);
    });

  beforeAll(async () => {
    const kind =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=Authority -days 9'.split(' ');
    await openssl(...kind, '-keyout', authority.key, '-out', authority.certificate);
    await renew();
    signedEdge = await NginxEdge.start({
      EDGE_CERTIFICATE: certificatePath,
      EDGE_CERTIFICATE_KEY: keyPath,
      UI_ADDRESSES: ui.address,
    });
  });

  afterAll(async () => {
    await signedEdge?.stop();
    rmSync(own, { recursive: true, force: true });
  });

  test.each(['/', '/_next/static/x.js', '/api/rooms', '/socket.io/', '/metrics'])(
    'lets the edge ask browsers once, at %s, to use https only',
    async (path) => {
      expect(howOften(await ask(path, 'parley.example'), 'strict-transport-security')).toBe(1);
    },
  );

  test.each(['localhost', '127.0.0.1'])(
    'does not do so at %s, which other programs use too',
    async (host) => {
      expect(howOften(await ask('/', host), 'strict-transport-security')).toBe(0);
    },
  );

  test('is served soon after it was renewed', async () => {
    const before = await fingerprint();
    await renew();
    await waitFor(async () => (await fingerprint()) !== before, { what: 'the new certificate' });
  });

  test('loses its right to be announced when one that is signed by itself takes its place', async () => {
    await ensureCertificate(own, ['parley.example']);
    const trusted = readFileSync(certificatePath);
    // While nginx reloads, its old processes still answer with the certificate from before.
    const answer = () => get('/', 'parley.example', signedEdge, trusted).catch(() => undefined);
    const response = await waitFor(answer, { what: 'the new certificate' });
    expect(howOften(response, 'strict-transport-security')).toBe(0);
  });
});

describe('the proof for an authority that the name leads here', () => {
  const root = mkdtempSync(join(tmpdir(), 'parley-acme-'));
  const path = '/.well-known/acme-challenge/token-1';
  let provingEdge: NginxEdge;

  beforeAll(async () => {
    mkdirSync(join(root, '.well-known', 'acme-challenge'), { recursive: true });
    chmodSync(root, 0o755);
    writeFileSync(join(root, path), 'proof');
    symlinkSync('/etc/passwd', join(root, '.well-known', 'acme-challenge', 'elsewhere'));
    provingEdge = await NginxEdge.start({
      EDGE_CERTIFICATE: join(folder, 'certificate.pem'),
      EDGE_CERTIFICATE_KEY: join(folder, 'key.pem'),
      EDGE_ACME_DIR: root,
    });
  });

  afterAll(async () => {
    await provingEdge?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  test('is read over http, without a redirect, and over https', async () => {
    const response = await fetch(provingEdge.origin + path, { redirect: 'manual' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('proof');
    expect((await get(path, 'localhost', provingEdge)).statusCode).toBe(200);
  });

  test('is the only thing in its folder that can be read', async () => {
    for (const name of ['elsewhere', 'missing', '../../etc/passwd', ''])
      expect(
        (await get(`/.well-known/acme-challenge/${name}`, 'localhost', provingEdge)).statusCode,
      ).toBeGreaterThanOrEqual(400);
    const { status } = await fetch(`${provingEdge.origin}/.well-known/other`, { redirect: 'manual' });
    expect(status).toBe(308);
  });
});

describe('the certificate that we make', () => {
  const own = mkdtempSync(join(tmpdir(), 'parley-certificate-'));
  afterAll(() => rmSync(own, { recursive: true, force: true }));

  test('is kept while it covers all names, and made anew if it does not', async () => {
    const first = await ensureCertificate(own, ['10.1.2.3']);
    expect((await ensureCertificate(own, ['10.1.2.3'])).fingerprint).toBe(first.fingerprint);
    const second = await ensureCertificate(own, ['10.1.2.3', 'parley.example']);
    expect(second.fingerprint).not.toBe(first.fingerprint);
  });

  test('is made anew if it expires soon or is damaged, and only its owner may read its key', async () => {
    const { certificatePath, keyPath, fingerprint } = await ensureCertificate(own);
    expect(statSync(keyPath).mode & 0o777).toBe(0o600);
    const args = [
      'req',
      '-x509',
      '-key',
      keyPath,
      '-days',
      '20',
      '-subj',
      '/CN=Parley',
      '-out',
      certificatePath,
    ];
    const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1';
    await promisify(execFile)('openssl', [...args, '-addext', names]);
    const renewed = await ensureCertificate(own);
    expect(renewed.fingerprint).not.toBe(fingerprint);
    rmSync(keyPath);
    expect((await ensureCertificate(own)).fingerprint).not.toBe(renewed.fingerprint);
  });
});
