import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { once } from 'node:events';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answersAsTurn } from '@parley/common/ice';
import { waitFor } from '@parley/common/testing';
import { ensureCertificate } from '../../scripts/lib/certificate.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { NginxEdge } from '../harness/servers/nginx-edge.ts';
import { RecordingServer } from '../harness/servers/recording-server.ts';
import { TurnServer } from '../harness/servers/turn-server.ts';

const ANSWER_TIMEOUT_MS = 5_000;
const folder = mkdtempSync(join(tmpdir(), 'parley-turn-edge-'));

describe('the port of https that TURN has as well', () => {
  let ui: RecordingServer;
  let turn: TurnServer;
  let edge: NginxEdge;
  let ca: Buffer;

  beforeAll(async () => {
    const { certificatePath, keyPath } = await ensureCertificate(folder);
    ca = readFileSync(certificatePath);
    ui = await RecordingServer.start('ui');
    turn = await TurnServer.start({ listenIp: '127.0.0.1', secret: 'a-turn-secret-of-these-tests' });
    edge = await NginxEdge.start({
      EDGE_CERTIFICATE: certificatePath,
      EDGE_CERTIFICATE_KEY: keyPath,
      EDGE_TURN: `127.0.0.1:${turn.port}`,
      EDGE_TURN_NAMES: 'turn.example',
      UI_ADDRESSES: ui.address,
    });
  });

  afterAll(async () => {
    await edge?.stop();
    await turn?.stop();
    await ui?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function get(localAddress: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: edge.httpsPort, ca, servername: 'localhost', localAddress };
      request({ ...options, agent: false }, (response) => resolve(response.resume()))
        .once('error', reject)
        .end();
    });
  }

  const door = (transport: 'tcp' | 'tls', servername: string) => ({
    host: '127.0.0.1',
    port: edge.httpsPort,
    transport,
    servername,
  });

  /** A test on a busy machine may find a TURN server that accepts connections and does not serve them yet. */
  async function expectAnswer(transport: 'tcp' | 'tls', servername: string): Promise<void> {
    await waitFor(() => answersAsTurn(door(transport, servername), ANSWER_TIMEOUT_MS), {
      what: `an answer of the TURN server over ${transport}`,
      describe: () => ({ nginx: edge.output, coturn: turn.output }),
    });
  }

  test('leads a TURN client to the TURN server, with TLS under the name for it', async () => {
    await expectAnswer('tcp', 'localhost');
    await expectAnswer('tls', 'turn.example');
    expect(await answersAsTurn(door('tls', 'localhost'), ANSWER_TIMEOUT_MS)).toBe(false);
  });

  test('leads a browser to the pages also under the name for TURN', async () => {
    const options = { ca, host: '127.0.0.1', servername: 'turn.example', port: edge.httpsPort };
    const tls = connectTls({ ...options, ALPNProtocols: ['http/1.1'], rejectUnauthorized: false });
    tls.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    const [answer] = (await once(tls, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
    tls.destroy();
  });

  test('leads every client of https to the pages, also one that names no protocol, and the services get the address of each', async () => {
    for (const address of ['127.0.0.2', '127.0.0.3']) {
      expect((await get(address)).statusCode).toBe(200);
      expect(ui.requests.at(-1)?.headers).toMatchObject({
        'x-forwarded-for': address,
        'x-forwarded-proto': 'https',
      });
    }
  });

  test('speaks HTTP/2', async () => {
    const session = connectHttp2(`https://localhost:${edge.httpsPort}`, { ca, host: '127.0.0.1' });
    const stream = session.request({ ':path': '/' });
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
    expect(headers[':status']).toBe(200);
    session.close();
  });

  test('believes no address that a client writes before its request', async () => {
    const socket = connect(edge.httpsPort, '127.0.0.1');
    socket.write('PROXY TCP4 8.8.8.8 127.0.0.1 1 443\r\n');
    const tls = connectTls({ socket, ca, servername: 'localhost', ALPNProtocols: ['http/1.1'] });
    tls.on('error', () => {});
    tls.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    // These come later, and are answered.
    for (const address of ['127.0.0.2', '127.0.0.3']) expect((await get(address)).statusCode).toBe(200);
    const believed = ui.requests.filter(({ headers }) => headers['x-forwarded-for'] === '8.8.8.8');
    expect(believed).toEqual([]);
    socket.destroy();
  });
});

describe('EDGE_TURN', () => {
  const check = (env: Readonly<Record<string, string>>): Promise<string> =>
    new Promise((resolve) => {
      const given = { PATH: process.env.PATH, EDGE_DIR: join(folder, 'checked'), ...env };
      execFile(join(ROOT, 'nginx', 'run.sh'), ['--test'], { env: given }, (_error, stdout, stderr) =>
        resolve(stdout + stderr),
      );
    });

  test('is refused by name if it is no host and port', async () => {
    expect(await check({ EDGE_TURN: 'coturn' })).toContain('EDGE_TURN: "coturn" is not a host and port');
  });

  test('has no effect behind a proxy, which lets only https through', async () => {
    expect(await check({ EDGE_TURN: 'coturn:3478', EDGE_TRUSTED_PROXIES: '10.0.0.1' })).toContain(
      'test is successful',
    );
    expect(readFileSync(join(folder, 'checked', 'conf', 'site', 'stream.conf'), 'utf8')).toBe('');
  });
});
