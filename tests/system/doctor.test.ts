import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createProxyServer } from 'http-proxy-3';
import { runDoctor } from '../harness/servers/doctor.ts';
import { FalseInstance } from '../harness/servers/false-instance.ts';
import { FalsePostgres } from '../harness/servers/false-postgres.ts';
import { makeServerProofs } from '../harness/servers/server-proofs.ts';
import { NginxEdge } from '../harness/servers/nginx-edge.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { freePorts, waitFor } from '@parley/common/testing';

const folder = mkdtempSync(join(tmpdir(), 'parley-doctor-'));
const ending: (() => void | Promise<void>)[] = [];
let launcher: Launcher;
let closedPort: number;

/** Writes a file with the variables that all services share. Only its owner may read it. */
function envFile(changes: Record<string, string> = {}): string {
  const secret = () => randomBytes(32).toString('base64url');
  const env = {
    SIGNALING_GRPC_SECRET: secret(),
    MEDIA_GRPC_SECRET: secret(),
    JOIN_TOKEN_SECRET: secret(),
    LOG_KEY: secret(),
    IDENTITY_KEY: secret(),
    ...changes,
  };
  const file = join(folder, `${randomBytes(4).toString('hex')}.env`);
  const lines = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return file;
}

/** Starts an edge with a fault in front of the system, or of another edge. */
async function proxy(
  server: Server,
  alter: (headers: Record<string, unknown>) => void,
  target = launcher.origin,
): Promise<number> {
  const toSystem = createProxyServer({ target, xfwd: true });
  toSystem.on('error', () => undefined);
  toSystem.on('proxyRes', ({ headers }) => alter(headers));
  server.on('request', (request, response) => toSystem.web(request, response));
  server.on('upgrade', (request, socket, head) => toSystem.ws(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ending.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Starts the edge of this project in front of the services of the system. */
async function ownEdge(env: Record<string, string> = {}): Promise<NginxEdge> {
  const { UI_PORT, GATEWAY_PORT, SIGNALING_PORT } = launcher.ports;
  const edge = await NginxEdge.start({
    UI_ADDRESSES: `127.0.0.1:${UI_PORT}`,
    GATEWAY_ADDRESSES: `127.0.0.1:${GATEWAY_PORT}`,
    SIGNALING_ADDRESSES: `127.0.0.1:${SIGNALING_PORT}`,
    ...env,
  });
  ending.push(() => edge.stop());
  return edge;
}

/** Makes a self-signed certificate for a name. It is valid for `days`, and has expired if `days` is negative. */
function certificate(name: string, days: number): { key: string; cert: string } {
  const [key, request, cert] = ['key', 'csr', 'pem'].map((end) => join(folder, `${name}${days}.${end}`));
  const names = join(folder, `${name}${days}.ext`);
  writeFileSync(names, `subjectAltName=DNS:${name}\n`);
  const openssl = (args: string) => execFileSync('openssl', args.split(' '), { stdio: 'ignore' });
  openssl(
    `req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ${key} -out ${request} -subj /CN=${name}`,
  );
  openssl(`x509 -req -in ${request} -signkey ${key} -days ${days} -extfile ${names} -out ${cert}`);
  return { key: readFileSync(key!, 'utf8'), cert: readFileSync(cert!, 'utf8') };
}

/** Starts Debian's nginx with a simple configuration, which does not pass WebSockets on. */
async function forgetfulNginx(): Promise<number> {
  const port = await freePorts(1);
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {}
     http { access_log off; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
       server { listen 127.0.0.1:${port}; location / { proxy_pass ${launcher.origin}; proxy_set_header Host $http_host; } } }`,
  );
  const nginx = spawn('nginx', ['-p', folder, '-c', file], { stdio: 'ignore' });
  ending.push(() => end(nginx));
  await waitFor(
    async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/healthz`).catch(() => undefined);
      return answer?.status === 200;
    },
    { what: 'nginx to answer' },
  );
  return port;
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

beforeAll(async () => {
  // Each run of the doctor makes rooms, and all runs come from one address.
  launcher = await Launcher.start({ env: { RATE_LIMIT_FACTOR: '0' } });
  closedPort = await freePorts(1);
});

afterAll(async () => {
  for (const step of ending.toReversed()) await step();
  await launcher?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the doctor', () => {
  test('finds nothing on a healthy system', async () => {
    const { codes, exitCode } = await runDoctor({ dataDir: launcher.dataDir });
    expect(codes).toEqual([]);
    expect(exitCode).toBe(0);
  });

  test('prints no secret, not even a wrong one', async () => {
    const file = envFile({
      MEDIA_GRPC_SECRET: 'changeme-hunter2',
      DATABASE_URL: `postgres://a:hunter2@127.0.0.1:${closedPort}/x`,
    });
    const { findings } = await runDoctor({ args: ['--env', file] });
    expect(findings).not.toHaveLength(0);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  describe('reports', () => {
    test('a secret that is too short', async () => {
      const { codes, exitCode } = await runDoctor({
        args: ['--env', envFile({ MEDIA_GRPC_SECRET: 'short' })],
      });
      expect(codes).toEqual(['secret']);
      expect(exitCode).toBe(1);
    });

    test('a secret that anybody can guess, and not a random one with the same beginning', async () => {
      const guessable = envFile({ JOIN_TOKEN_SECRET: 'changeme-changeme-changeme-changeme' });
      expect((await runDoctor({ args: ['--env', guessable] })).codes).toEqual(['secret']);
      const random = envFile({ JOIN_TOKEN_SECRET: `x0test${randomBytes(32).toString('base64url')}` });
      expect((await runDoctor({ args: ['--env', random] })).codes).toEqual([]);
    });

    test('secrets that others can read', async () => {
      const file = envFile();
      chmodSync(file, 0o644);
      const { codes, findings } = await runDoctor({ args: ['--env', file] });
      expect(codes).toEqual(['secret']);
      expect(findings[0]?.fix).toBe(`chmod 600 ${file}`);
    });

    test('a Redis that does not answer', async () => {
      const file = envFile({ REDIS_URL: `redis://127.0.0.1:${closedPort}` });
      expect((await runDoctor({ args: ['--env', file] })).codes).toEqual(['redis']);
    });

    test('a PostgreSQL that does not answer', async () => {
      const file = envFile({ DATABASE_URL: `postgres://parley@127.0.0.1:${closedPort}/parley` });
      expect((await runDoctor({ args: ['--env', file] })).codes).toEqual(['postgres']);
    });

    test('a PostgreSQL that refuses the password', async () => {
      const file = envFile({
        DATABASE_URL: `postgres://parley:wrong@127.0.0.1:${launcher.ports.POSTGRES_PORT}/parley`,
      });
      expect((await runDoctor({ args: ['--env', file] })).codes).toEqual(['postgres']);
    });

    test('a Redis and a PostgreSQL that do not prove themselves, and why, and gives them no password', async () => {
      const ours = makeServerProofs(join(folder, 'ours'));
      const { texts } = makeServerProofs(join(folder, 'strangers')).redis;
      const [redis, postgres] = [
        await FalseInstance.start(texts),
        await FalsePostgres.start({ certificates: ours.redis.texts }),
      ];
      ending.push(
        () => redis.close(),
        () => postgres.close(),
      );
      const authority = join(folder, 'ours', 'trust', 'authority.pem');
      const file = envFile({
        REDIS_URL: `rediss://:hunter2@${redis.address}`,
        REDIS_TLS_AUTHORITY_FILE: authority,
        REDIS_TLS_NAME: 'redis',
        DATABASE_URL: `postgres://parley:hunter2@127.0.0.1:${postgres.port}/parley`,
        DATABASE_TLS_AUTHORITY_FILE: authority,
        DATABASE_TLS_NAME: 'postgres',
      });
      const { codes, findings } = await runDoctor({ args: ['--env', file] });
      expect(codes.toSorted()).toEqual(['postgres', 'redis']);
      const words = findings.map(({ what }) => what).join();
      expect(words).toContain(
        'its certificate is from an authority that is not trusted here. It gets nothing.',
      );
      expect(words).toContain('its certificate is for another name. It gets nothing.');
      expect(redis.plain).toHaveLength(0);
      expect(postgres.read).toHaveLength(0);
    });

    test('a worker that cannot run', async () => {
      const path = join(folder, 'worker');
      writeFileSync(path, 'no program', { mode: 0o755 });
      const file = envFile({ MEDIASOUP_WORKER_BIN: path });
      expect((await runDoctor({ args: ['--env', file] })).codes).toEqual(['worker']);
    });

    test('a full disk', async () => {
      const logs = mkdtempSync(join(folder, 'logs-'));
      const file = envFile({ LOG_DIR: logs });
      // A file system of 4 MB that only the doctor can see.
      const mount = `mount -t tmpfs -o size=4m none ${logs} && exec "$@"`;
      const within = ['unshare', '--mount', 'sh', '-c', mount, 'sh'];
      expect((await runDoctor({ args: ['--env', file], within })).codes).toEqual(['disk']);
    });

    test('an address where no program listens', async () => {
      const { codes } = await runDoctor({ args: ['--url', `http://localhost:${closedPort}`] });
      expect(codes).toContain('edge');
    });

    test('a clock that is wrong', async () => {
      const port = await proxy(createHttp(), (headers) => {
        headers.date = new Date(Date.now() + 600_000).toUTCString();
      });
      const { codes, findings } = await runDoctor({ args: ['--url', `http://localhost:${port}`] });
      expect(codes).toEqual(['clock']);
      expect(findings[0]?.what).toMatch(/ahead of/);
    });

    test('a proxy that the edge does not know, and nothing once it is listed', async () => {
      const edge = await ownEdge();
      expect((await runDoctor({ args: ['--url', `http://localhost:${edge.httpPort}`] })).codes).toEqual([]);
      const port = await proxy(createHttp(), () => undefined, edge.origin);
      const { codes, findings } = await runDoctor({ args: ['--url', `http://localhost:${port}`] });
      expect(codes).toEqual(['visitor-address']);
      expect(findings[0]?.fix).toContain('EDGE_TRUSTED_PROXIES=127.0.0.1');
      const knowing = await ownEdge({ EDGE_TRUSTED_PROXIES: '127.0.0.1' });
      const listed = await proxy(createHttp(), () => undefined, knowing.origin);
      expect((await runDoctor({ args: ['--url', `http://localhost:${listed}`] })).codes).toEqual([]);
    });

    test('an edge that gives visitors a private address that is not theirs', async () => {
      const edge = await ownEdge({ EDGE_TRUSTED_PROXIES: '127.0.0.1' });
      const server = createHttp((request) => {
        request.headers['x-forwarded-for'] = '172.31.255.1';
      });
      const port = await proxy(server, () => undefined, edge.origin);
      const { codes, findings } = await runDoctor({ args: ['--url', `http://localhost:${port}`] });
      expect(codes).toEqual(['visitor-address']);
      expect(findings[0]?.what).toContain('172.31.255.1');
    });

    test('a proxy that does not pass WebSocket on', async () => {
      const port = await forgetfulNginx();
      expect((await runDoctor({ args: ['--url', `http://localhost:${port}`] })).codes).toEqual(['websocket']);
    });

    test.each([
      ['that has expired', 'localhost', -1, /expired/],
      ['that is for another name', 'other.example', 90, /for DNS:other\.example, not for localhost/],
      ['that expires soon', 'localhost', 5, /expires in/],
    ])('a certificate %s', async (_what, name, days, words) => {
      const port = await proxy(createHttps(certificate(name, days)), () => undefined);
      const { codes, findings } = await runDoctor({ args: ['--url', `https://localhost:${port}`] });
      expect(codes).toEqual(['certificate']);
      expect(findings[0]?.what).toMatch(words);
    });
  });

  test('reports no problem with a valid self-signed certificate on localhost', async () => {
    const port = await proxy(createHttps(certificate('localhost', 90)), () => undefined);
    expect((await runDoctor({ args: ['--url', `https://localhost:${port}`] })).codes).toEqual([]);
  });
});

/** The system and the doctor run in a network namespace, where packets can be dropped without affecting other programs. */
describe('the doctor on the media ports', () => {
  const namespace = `parley-doc-${process.pid}`;
  const within = ['ip', 'netns', 'exec', namespace];
  const inside = (...command: string[]) => execFileSync('ip', ['netns', 'exec', namespace, ...command]);
  let enclosed: Launcher | undefined;

  async function startInside(env: Record<string, string> = {}): Promise<Launcher> {
    enclosed = await Launcher.start({ within, env });
    return enclosed;
  }

  function drop(protocol: 'udp' | 'tcp', { ports }: Launcher): void {
    dropPorts(protocol, `${ports.MEDIA_RTC_PORT_BASE}-${ports.MEDIA_RTC_PORT_BASE + 100}`);
  }

  function dropPorts(protocol: 'udp' | 'tcp', range: string): void {
    inside('nft', `add table inet fault; flush table inet fault`);
    inside('nft', 'add chain inet fault input { type filter hook input priority 0; }');
    inside('nft', `add rule inet fault input ${protocol} dport ${range} drop`);
  }

  beforeAll(() => {
    execFileSync('ip', ['netns', 'add', namespace]);
    inside('ip', 'link', 'set', 'lo', 'up');
  });

  afterAll(async () => {
    await enclosed?.stop();
    execFileSync('ip', ['netns', 'delete', namespace]);
  });

  test('reports closed UDP ports and closed TCP ports', async () => {
    const system = await startInside();
    drop('udp', system);
    const udp = await runDoctor({ dataDir: system.dataDir, within });
    expect(udp.codes).toEqual(['udp-port']);
    expect(udp.findings[0]?.what).toContain(String(system.ports.MEDIA_RTC_PORT_BASE));
    drop('tcp', system);
    expect((await runDoctor({ dataDir: system.dataDir, within })).codes).toEqual(['tcp-port']);
    enclosed = undefined;
    await system.stop();
  });

  test('reports an announced address that leads nowhere', async () => {
    const system = await startInside({ MEDIA_RTC_ANNOUNCED_ADDRESSES: '127.9.9.9' });
    const { codes, findings } = await runDoctor({ dataDir: system.dataDir, within });
    expect(codes).toEqual(['announced-address']);
    expect(findings[0]?.what).toContain('127.9.9.9');
    enclosed = undefined;
    await system.stop();
  });

  test('reports a region that nobody can measure, and nothing while its address answers', async () => {
    const probe = await freePorts(1);
    const { dataDir } = await startInside({ REGION: 'east', MEDIA_PROBE_PORT: String(probe) });
    inside('nft', 'flush ruleset');
    expect((await runDoctor({ dataDir, within })).codes).toEqual([]);
    dropPorts('udp', String(probe));
    const { codes, findings } = await runDoctor({ dataDir, within });
    expect(codes).toEqual(['region-probe']);
    expect(findings[0]?.what).toContain(`127.0.0.1:${probe}`);
    expect(findings[0]?.fix).toContain(`UDP ${probe} (MEDIA_PROBE_PORT)`);
  });
});
