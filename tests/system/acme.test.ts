import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { ensureCertificate } from '../../scripts/lib/certificate.mjs';
import { freePorts, waitFor } from '@parley/common/testing';
import { isListening } from '../harness/machine/free-ports.ts';
import { Program } from '../harness/machine/program.ts';
import { NginxEdge } from '../harness/servers/nginx-edge.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-acme-'));
const acmeDir = join(folder, 'acme');
let dns: Socket;
let edge: NginxEdge;
let authority: Program;
let directory: string;
let own: Awaited<ReturnType<typeof ensureCertificate>>;

/** Answers each question for an address with 127.0.0.1, and each other question with nothing. */
async function startDns(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.on('message', (question, { port, address }) => {
    const end = question.indexOf(0, 12) + 5;
    const isForAddress = question.readUInt16BE(end - 4) === 1;
    const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]);
    const reply = Buffer.concat([question.subarray(0, end), ...(isForAddress ? [answer] : [])]);
    reply.writeUInt16BE(0x8180, 2);
    for (const [index, count] of [1, isForAddress ? 1 : 0, 0, 0].entries())
      reply.writeUInt16BE(count, 4 + 2 * index);
    socket.send(reply, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** Starts Debian's pebble: an authority for tests, which keeps the protocol of Let's Encrypt and asks names at our DNS. */
async function startAuthority(): Promise<Program> {
  const port = await freePorts(2);
  const pebble = {
    listenAddress: `127.0.0.1:${port}`,
    managementListenAddress: `127.0.0.1:${port + 1}`,
    certificate: own.certificatePath,
    privateKey: own.keyPath,
    httpPort: edge.httpPort,
    tlsPort: edge.httpsPort,
  };
  const file = join(folder, 'pebble.json');
  writeFileSync(file, JSON.stringify({ pebble }));
  const server = `127.0.0.1:${dns.address().port}`;
  const env = { PATH: process.env.PATH, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' };
  const program = new Program('pebble', ['pebble', '-config', file, '-dnsserver', server], { env });
  directory = `https://127.0.0.1:${port}/dir`;
  await program.waitUntilReady(() => isListening(port));
  return program;
}

async function getCertificate(names: string): Promise<{ code: number | undefined; output: string }> {
  const client = new Program('deploy/acme/run.sh', [join(ROOT, 'deploy', 'acme', 'run.sh'), '--once'], {
    env: {
      PATH: process.env.PATH,
      ACME_NAMES: names,
      ACME_SERVER: directory,
      ACME_DIR: acmeDir,
      ACME_STATE_DIR: join(folder, 'account'),
      ACME_KEY_GROUP: String(process.getgid?.() ?? 0),
      // The test's authority has a certificate of ours.
      REQUESTS_CA_BUNDLE: own.certificatePath,
    },
  });
  await waitFor(() => client.exitCode !== undefined, { what: 'the client to end', timeoutMs: 60_000 });
  return { code: client.exitCode, output: client.output };
}

function served(): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: edge.httpsPort, servername: 'call.example.org' };
    const socket = connect({ ...options, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    }).once('error', reject);
  });
}

beforeAll(async () => {
  // Processes of nginx that are not root have to reach the proofs.
  chmodSync(folder, 0o755);
  mkdirSync(acmeDir, { mode: 0o755 });
  own = await ensureCertificate(join(folder, 'own'), ['call.example.org']);
  dns = await startDns();
  edge = await NginxEdge.start({
    EDGE_NAMES: 'call.example.org meet.example.org',
    EDGE_CERTIFICATE: own.certificatePath,
    EDGE_CERTIFICATE_KEY: own.keyPath,
    EDGE_ACME_DIR: acmeDir,
  });
  authority = await startAuthority();
});

afterAll(async () => {
  await authority?.end('SIGTERM');
  await edge?.stop();
  dns?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a certificate for all names comes from the authority and is served without a restart', async () => {
  expect((await served()).issuer.CN).toBe('Parley');
  const { code, output } = await getCertificate('call.example.org,meet.example.org');
  expect(output).toContain('the certificate for call.example.org meet.example.org is in');
  expect(code).toBe(0);
  // Workers of nginx from before the reload answer for a moment more.
  const isServed = async () => {
    const certificate = await served();
    return certificate.issuer.CN === 'Parley' ? undefined : certificate;
  };
  const certificate = await waitFor(isServed, { what: 'the certificate of the authority' });
  expect(certificate.subjectaltname?.split(', ').sort()).toEqual([
    'DNS:call.example.org',
    'DNS:meet.example.org',
  ]);
  expect(statSync(join(acmeDir, 'key.pem')).mode & 0o777).toBe(0o640);
});

test('a certificate that is not yet due is kept', async () => {
  const before = readFileSync(join(acmeDir, 'certificate.pem'), 'utf8');
  expect((await getCertificate('call.example.org,meet.example.org')).code).toBe(0);
  expect(readFileSync(join(acmeDir, 'certificate.pem'), 'utf8')).toBe(before);
});

test('a name that does not lead here leaves the certificate as it is, and the script says so', async () => {
  const before = readFileSync(join(acmeDir, 'certificate.pem'), 'utf8');
  const { code, output } = await getCertificate('call.example.org,elsewhere.example.org');
  expect(code).toBe(1);
  expect(output).toContain('elsewhere.example.org');
  expect(output).toContain('no certificate; the next try is in 60 minutes');
  expect(readFileSync(join(acmeDir, 'certificate.pem'), 'utf8')).toBe(before);
});

test.each([
  ['', 'ACME_NAMES is not set'],
  ['203.0.113.7', 'is an address; authorities ask for a host name'],
  ['*.example.org', 'is not a host name'],
])('for "%s" no authority is asked', async (names, words) => {
  const { code, output } = await getCertificate(names);
  expect(code).toBe(1);
  expect(output).toContain(words);
});
