import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureCertificate } from '../../scripts/lib/certificate.mjs';
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
function get(path: string, servername = 'localhost'): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { host: `${servername}:${edge.httpsPort}` };
    const options = { host: '127.0.0.1', port: edge.httpsPort, path, headers, ca, servername, agent: false };
    request(options, (response) => resolve(response.resume()))
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

  test.each(['/', '/_next/static/x.js', '/api/rooms', '/socket.io/', '/metrics'])(
    'asks browsers once, at %s, to use https only',
    async (path) => {
      expect(howOften(await get(path), 'strict-transport-security')).toBe(1);
    },
  );

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

describe('the certificate', () => {
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
