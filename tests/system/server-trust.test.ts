import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ConsulRegistration } from '@parley/common/consul';
import { ConsulAccess } from '@parley/common/consul-access';
import { createPool, type DatabasePool } from '@parley/common/postgres';
import { createRedis, type RedisConnection } from '@parley/common/redis';
import {
  captureLogger,
  CONSUL_TOKENS,
  silentLogger,
  startConsul,
  startPostgres,
  startRedis,
  waitFor,
  type TestConsul,
  type TestPostgres,
  type TestRedis,
} from '@parley/common/testing';
import type { ServerTrust } from '@parley/common/trust';
import '../harness/jest-timeout.ts';
import { FalseInstance } from '../harness/servers/false-instance.ts';
import { FalsePostgres } from '../harness/servers/false-postgres.ts';
import { makeServerProofs, type ServerName } from '../harness/servers/server-proofs.ts';

const PASSWORD = 'a-password-that-nobody-else-may-have';
const folder = mkdtempSync(join(tmpdir(), 'parley-servers-'));
const ours = makeServerProofs(join(folder, 'ours'));
const strangers = makeServerProofs(join(folder, 'strangers'));
const old = makeServerProofs(join(folder, 'old'), { yearsAgo: 6 });
const closers: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function redisAt(url: string, trust: ServerTrust, logger = silentLogger): RedisConnection {
  const redis = createRedis({ url, trust, name: 'test', logger });
  closers.push(() => redis.close());
  return redis;
}

function poolAt(databaseUrl: string, trust?: ServerTrust): DatabasePool {
  const pool = createPool({ databaseUrl, trust, logger: silentLogger });
  closers.push(() => pool.close());
  return pool;
}

function registerAt(url: string, trust: ServerTrust, logger = silentLogger): ConsulRegistration {
  const registration = ConsulRegistration.create({
    url,
    trust,
    token: CONSUL_TOKENS.media,
    registrant: { id: 'media-one', service: 'media', address: '127.0.0.1:7001', adminAddress: '127.0.0.1:1' },
    logger,
  });
  closers.push(() => registration.close());
  return registration;
}

const withPort = (url: string, port: number | string): string => {
  const given = new URL(url);
  given.port = String(port);
  return given.href;
};

/** The message of an error and of what caused it. */
async function reasonOf(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason as Error,
  );
  return `${error.message}: ${(error.cause as Error | undefined)?.message ?? ''}`;
}

describe('a server that proves itself', () => {
  let redis: TestRedis;
  let consul: TestConsul;
  let postgres: TestPostgres;

  beforeAll(async () => {
    [redis, consul, postgres] = await Promise.all([
      startRedis({ password: PASSWORD, proof: ours.redis }),
      startConsul(ours.consul),
      startPostgres(ours.postgres),
    ]);
  });
  afterAll(async () => {
    await Promise.all([redis.stop(), consul.stop(), postgres.stop()]);
  });

  test('is used: Redis with its password', async () => {
    const connection = redisAt(redis.url, ours.redis.trust);
    expect(await connection.whenReady(10_000)).toBe(true);
    await connection.command('SET', 'greeting', 'hello');
    expect(await connection.command('GET', 'greeting')).toBe('hello');
  });

  test('is used: Consul with a token, and the accounts are made over the same way', async () => {
    const registration = registerAt(consul.url, ours.consul.trust);
    await waitFor(() => registration.registered);
    const { url, managementToken } = consul;
    const access = new ConsulAccess({ url, trust: ours.consul.trust, managementToken });
    expect(await access.accepts(CONSUL_TOKENS.logs)).toBe(true);
  });

  test('is used: PostgreSQL with its password, in the pool and beside it', async () => {
    const pool = poolAt(postgres.databaseUrl, ours.postgres.trust);
    const asked = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
    expect((await pool.query(asked)).rows).toEqual([{ ssl: true }]);
    expect((await pool.patientSession((connection) => connection.query(asked))).rows).toEqual([
      { ssl: true },
    ]);
  });

  test('lets nobody in without TLS', async () => {
    const plainRedis = redisAt(redis.url.replace('rediss:', 'redis:'), {});
    expect(await plainRedis.whenReady(500)).toBe(false);
    await expect(fetch(consul.url.replace('https:', 'http:') + '/v1/status/leader')).resolves.toMatchObject({
      status: 400,
    });
    expect(await reasonOf(poolAt(postgres.databaseUrl).query('SELECT 1'))).toMatch(
      /no pg_hba.conf entry.*no encryption/,
    );
  });

  test.each([
    [
      'another name',
      { ...ours.redis.trust, name: 'redis.example.org' },
      'its certificate is for another name',
    ],
    [
      'the authorities that the machine knows',
      {},
      'its certificate is from an authority that is not trusted here',
    ],
  ])('is not used by a client that wants %s', async (_what, trust, words) => {
    const { logger, lines } = captureLogger({ level: 'warn' });
    const connection = redisAt(redis.url, trust, logger);
    await waitFor(() => lines.some(({ untrusted }) => untrusted === words), { describe: () => lines });
    expect(connection.ready).toBe(false);
    expect(lines.filter(({ untrusted }) => untrusted === words)).toHaveLength(1);
    expect(await reasonOf(poolAt(postgres.databaseUrl, trust).query('SELECT 1'))).toContain(
      `PostgreSQL has not proven itself: ${words}`,
    );
    const { url, managementToken } = consul;
    const access = new ConsulAccess({ url, trust, managementToken });
    await expect(access.accepts(CONSUL_TOKENS.logs)).rejects.toThrow(/certificate|altnames/);
  });
});

/** What a false server shows, by the name that it stands for. */
const KINDS = [
  ['has no TLS', () => undefined, 'it does not speak TLS'],
  [
    'has a certificate of a stranger for the right name',
    (name: ServerName) => strangers[name].texts,
    'its certificate is from an authority that is not trusted here',
  ],
  [
    'has the certificate of another server of ours',
    (name: ServerName) => ours[name === 'redis' ? 'consul' : 'redis'].texts,
    'its certificate is for another name',
  ],
  [
    'has a certificate that has expired',
    (name: ServerName) => old[name].texts,
    'its certificate has expired',
  ],
] as const;

describe.each(KINDS)('a false server that %s', (_what, shown, words) => {
  const isOld = words === 'its certificate has expired';
  const trustIn = (name: ServerName): ServerTrust => (isOld ? old : ours)[name].trust;

  async function pretend(name: ServerName): Promise<FalseInstance> {
    const instance = await FalseInstance.start(shown(name));
    closers.push(() => instance.close());
    return instance;
  }

  /** A client says nothing but the beginning of a handshake, which is the same for everybody. */
  function expectNothingOfWorth(instance: FalseInstance, secrets: readonly string[]): void {
    const received = instance.raw.filter((bytes) => bytes.length > 0);
    expect(received.length).toBeGreaterThan(0);
    for (const bytes of received) expect(bytes.subarray(0, 2).toString('hex')).toBe('1603');
    expect(instance.plain).toHaveLength(0);
    for (const secret of secrets) expect(instance.text).not.toContain(secret);
  }

  test('gets nothing of a Redis client, which says why', async () => {
    const instance = await pretend('redis');
    const { logger, lines } = captureLogger({ level: 'warn' });
    const redis = redisAt(`rediss://:${PASSWORD}@${instance.address}`, trustIn('redis'), logger);
    if (shown('redis') === undefined) await waitFor(() => instance.raw.some((bytes) => bytes.length > 0));
    else await waitFor(() => lines.some(({ untrusted }) => untrusted === words), { describe: () => lines });
    expect(redis.ready).toBe(false);
    expectNothingOfWorth(instance, [PASSWORD, 'AUTH']);
  });

  test('gets no token of Consul, neither of a service nor of the management', async () => {
    const instance = await pretend('consul');
    const { logger, lines } = captureLogger({ level: 'warn' });
    const url = `https://${instance.address}`;
    registerAt(url, trustIn('consul'), logger);
    const access = new ConsulAccess({ url, trust: trustIn('consul'), managementToken: PASSWORD });
    await expect(access.accepts(CONSUL_TOKENS.logs)).rejects.toThrow();
    await waitFor(() => lines.length > 0);
    if (shown('consul') !== undefined) expect(lines[0]).toMatchObject({ untrusted: words });
    expectNothingOfWorth(instance, [PASSWORD, 'oken', ...Object.values(CONSUL_TOKENS)]);
  });

  test('gets nothing of a PostgreSQL client, which says why', async () => {
    const certificates = shown('postgres');
    const instance = await FalsePostgres.start(certificates ? { certificates } : {});
    closers.push(() => instance.close());
    const url = withPort(`postgres://parley:${PASSWORD}@127.0.0.1/parley`, instance.port);
    const pool = poolAt(url, trustIn('postgres'));
    expect(await reasonOf(pool.query('SELECT 1'))).toContain(`PostgreSQL has not proven itself: ${words}`);
    expect(instance.connections).toBeGreaterThan(0);
    expect(instance.read).toHaveLength(0);
  });
});

describe('a server without TLS that asks for the password of the database', () => {
  test.each(['password', 'md5'] as const)('gets no answer if it asks by %s', async (asksFor) => {
    const instance = await FalsePostgres.start({ asksFor });
    closers.push(() => instance.close());
    const pool = poolAt(withPort(`postgres://parley:${PASSWORD}@127.0.0.1/parley`, instance.port));
    expect(await reasonOf(pool.query('SELECT 1'))).toContain('asks for');
    expect(instance.read.toString('latin1')).toContain('parley');
    expect(instance.read.toString('latin1')).not.toMatch(new RegExp(`${PASSWORD}|md5`));
  });

  test('gets it if it has proven itself: some poolers can do nothing else', async () => {
    const instance = await FalsePostgres.start({ asksFor: 'password', certificates: ours.postgres.texts });
    closers.push(() => instance.close());
    const url = withPort(`postgres://parley:${PASSWORD}@127.0.0.1/parley`, instance.port);
    void reasonOf(poolAt(url, ours.postgres.trust).query('SELECT 1'));
    await waitFor(() => instance.read.includes(PASSWORD));
  });
});

test('a false server would see the password of a client that does not ask for a proof', async () => {
  let read = '';
  const server = createServer((socket) => socket.on('data', (data) => (read += data.toString())));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closers.push(() => void server.close());
  const { port } = server.address() as { port: number };
  redisAt(`redis://:${PASSWORD}@127.0.0.1:${port}`, {});
  await waitFor(() => read.includes(PASSWORD));
});
