import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readConfig, ConfigError } from '@parley/common/config';
import {
  certificatesShape,
  checkTrust,
  GrpcClient,
  GrpcServer,
  trustOf,
  type GrpcCertificates,
  type GrpcHandlers,
  type GrpcService,
  type GrpcTrust,
} from '@parley/common/grpc';
import { createMetrics, Readiness } from '@parley/common/service';
import {
  captureLogger,
  CONSUL_TOKENS,
  freePort,
  silentLogger,
  startConsul,
  startPostgres,
  waitFor,
  type TestConsul,
  type TestPostgres,
} from '@parley/common/testing';
import { CERTIFIED_NAMES, GRPC_ACCESS, mayCall, type CertifiedName } from '@parley/proto/grpc';
import { MediaService } from '@parley/proto/media-rpc';
import { RoomService } from '@parley/proto/room-rpc';
import { z } from 'zod';
import '../harness/jest-timeout.ts';
import { FalseInstance } from '../harness/servers/false-instance.ts';
import { LoneService, makeCertificates } from '../harness/servers/lone-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-trust-'));
const ours = makeCertificates(join(folder, 'ours'));
const strangers = makeCertificates(join(folder, 'strangers'));
const closers: (() => void | Promise<void>)[] = [];
const metrics = createMetrics('test');

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A server whose every method answers without doing anything. */
async function serve<S extends GrpcService>(service: S, trust: GrpcTrust, logger = silentLogger) {
  const server = await GrpcServer.create(service, {
    ...trust,
    host: '127.0.0.1',
    port: 0,
    logger,
    metrics,
    readiness: new Readiness({ checks: {}, logger: silentLogger }),
  });
  const answers = new Proxy({}, { get: () => () => ({}) });
  server.serve(answers as GrpcHandlers<S>);
  closers.push(() => server.close(0));
  return server;
}

function clientOf<S extends GrpcService>(service: S, port: number, trust: GrpcTrust): GrpcClient<S> {
  const options = { ...trust, logger: silentLogger, metrics, timeoutMs: 5_000 };
  const client = GrpcClient.create(service, `127.0.0.1:${port}`, options);
  closers.push(() => client.close());
  return client;
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return await call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );
}

const methodsOf = (service: string) => Object.keys(GRPC_ACCESS[service]?.callers ?? {});

describe('a service with a certificate', () => {
  test('reads the certificate of a connection once, and not with each call', async () => {
    const media = await serve(MediaService, { certificates: ours.media });
    const client = clientOf(MediaService, media.port, { certificates: ours.signaling });
    expect(await codeOf(client.call('getStatus', {}))).toBe('ok');
    const read = jest.spyOn(TLSSocket.prototype, 'getPeerCertificate');
    for (let call = 0; call < 3; call += 1) expect(await codeOf(client.call('getStatus', {}))).toBe('ok');
    expect(read).not.toHaveBeenCalled();
    // Another connection is somebody else's.
    const stranger = clientOf(MediaService, media.port, { certificates: ours.gateway });
    expect(await codeOf(stranger.call('getStatus', {}))).toBe('forbidden');
    expect(read).toHaveBeenCalled();
    read.mockRestore();
  });

  test('lets each caller call its own methods and no others, whatever certificate of ours it has', async () => {
    const { logger, lines } = captureLogger({ level: 'warn' });
    const media = await serve(MediaService, { certificates: ours.media }, logger);
    const signaling = await serve(RoomService, { certificates: ours.signaling }, logger);
    const unary = methodsOf('parley.media.v1.MediaService').filter(
      (name) => !['Watch', 'Exchange', 'FindProducer', 'Link'].includes(name),
    );
    expect(unary.length).toBeGreaterThan(0);
    for (const caller of CERTIFIED_NAMES) {
      const trust = { certificates: ours[caller] };
      const toMedia = clientOf(MediaService, media.port, trust);
      const toSignaling = clientOf(RoomService, signaling.port, trust);
      const asked = [];
      for (const method of unary) {
        const name = `${method.charAt(0).toLowerCase()}${method.slice(1)}` as 'getStatus';
        for (const alone of [true, false]) asked.push(await codeOf(toMedia.call(name, {}, { alone })));
      }
      expect([caller, new Set(asked)]).toEqual([
        caller,
        new Set([caller === 'signaling' ? 'ok' : 'forbidden']),
      ]);
      expect([caller, await codeOf(toMedia.call('findProducer', {}, { alone: true }))]).toEqual([
        caller,
        caller === 'media' ? 'ok' : 'forbidden',
      ]);
      expect([caller, await codeOf(toSignaling.call('getRoom', { code: 'x' }))]).toEqual([
        caller,
        caller === 'gateway' ? 'ok' : 'forbidden',
      ]);
      expect([caller, await codeOf(toMedia.isServing()), await codeOf(toSignaling.isServing())]).toEqual([
        caller,
        ['signaling', 'media', 'doctor'].includes(caller) ? 'ok' : 'forbidden',
        ['gateway', 'doctor'].includes(caller) ? 'ok' : 'forbidden',
      ]);
    }
    expect(lines[0]).toMatchObject({ msg: 'refused a call that its caller may not make', caller: 'media' });
  });

  test('refuses a stream of somebody who may not open it', async () => {
    const media = await serve(MediaService, { certificates: ours.media });
    const stream = clientOf(MediaService, media.port, { certificates: ours.gateway }).stream('watch', {});
    const [error] = (await once(stream, 'ended')) as [{ code: string }];
    expect(error.code).toBe('forbidden');
  });

  test('refuses a link of signaling, which is for media nodes alone', async () => {
    const media = await serve(MediaService, { certificates: ours.media });
    for (const caller of CERTIFIED_NAMES.filter((name) => name !== 'media')) {
      const link = clientOf(MediaService, media.port, { certificates: ours[caller] }).duplex('link');
      const [error] = (await once(link, 'ended')) as [{ code: string }];
      expect([caller, error.code]).toEqual([caller, 'forbidden']);
    }
  });

  test.each([
    ['no certificate', { secret: 'a-secret-of-a-decent-length-for-this' }],
    ['a certificate of another authority', { certificates: strangers.signaling }],
    [
      'a certificate of another authority that claims to trust ours',
      { certificates: { ...strangers.signaling, authority: ours.signaling.authority } },
    ],
  ])('does not talk to a caller with %s', async (_what, trust) => {
    const media = await serve(MediaService, { certificates: ours.media });
    expect(await codeOf(clientOf(MediaService, media.port, trust).call('getStatus', {}))).toBe('unavailable');
  });

  test('is not called if it proves to be another service', async () => {
    // The gateway of ours, where media should be.
    const wrong = await serve(MediaService, { certificates: ours.gateway });
    const client = clientOf(MediaService, wrong.port, { certificates: ours.signaling });
    expect(await codeOf(client.call('getStatus', {}))).toBe('unavailable');
  });
});

describe('who may call what', () => {
  test('covers every method of every service, and no name that does not exist', () => {
    for (const { service } of [MediaService, RoomService]) {
      const paths = Object.values(service).map(({ path }) => path);
      const name = paths[0]?.split('/')[1] ?? '';
      expect(new Set(methodsOf(name))).toEqual(new Set(paths.map((path) => path.split('/')[2])));
      for (const path of paths) {
        expect(CERTIFIED_NAMES.some((caller) => mayCall(caller, name, path))).toBe(true);
        expect(mayCall('', name, path)).toBe(false);
        expect(mayCall('doctor', name, path)).toBe(false);
      }
      expect(mayCall('signaling', name, `/${name}/constructor`)).toBe(false);
      expect(mayCall('signaling', name, `/${name}/NoSuchMethod`)).toBe(false);
    }
  });
});

describe('the configuration of a service', () => {
  const schema = z.object({ ...certificatesShape, MEDIA_GRPC_SECRET: z.string().optional() });
  const checked = schema.superRefine(checkTrust(['MEDIA_GRPC_SECRET']), { when: () => true });
  const pathOf = (file: string) => join(folder, 'ours', 'media', file);
  const files = {
    INTERNAL_TLS_AUTHORITY_FILE: pathOf('authority.pem'),
    INTERNAL_TLS_CERTIFICATE_FILE: pathOf('certificate.pem'),
    INTERNAL_TLS_KEY_FILE: pathOf('key.pem'),
  };
  const problems = (env: Record<string, string>): readonly string[] => {
    try {
      readConfig(checked, env);
      return [];
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
  };

  test('takes the certificates of three files, in place of the secret', () => {
    const config = readConfig(checked, files);
    expect(trustOf(config, undefined)).toMatchObject({
      certificates: { key: expect.stringContaining('KEY') },
    });
    expect(trustOf(readConfig(checked, { MEDIA_GRPC_SECRET: 'x' }), 'x')).toEqual({ secret: 'x' });
  });

  test.each([
    ['neither certificates nor a secret', {}, /^MEDIA_GRPC_SECRET: is not set, and INTERNAL_TLS/],
    [
      'two files of three',
      { ...files, INTERNAL_TLS_KEY_FILE: '' },
      /^INTERNAL_TLS_KEY: is not set, but others/,
    ],
    [
      'the key of another service',
      { ...files, INTERNAL_TLS_KEY_FILE: join(folder, 'ours', 'gateway', 'key.pem') },
      /^INTERNAL_TLS_KEY: is not the key/,
    ],
    [
      'another authority',
      { ...files, INTERNAL_TLS_AUTHORITY_FILE: join(folder, 'strangers', 'media', 'authority.pem') },
      /^INTERNAL_TLS_CERTIFICATE: is not from the authority/,
    ],
    [
      'a file that is no certificate',
      { ...files, INTERNAL_TLS_CERTIFICATE_FILE: pathOf('key.pem') },
      /^INTERNAL_TLS_CERTIFICATE: must be a certificate/,
    ],
    [
      'a file that is not there',
      { ...files, INTERNAL_TLS_KEY_FILE: '/nonexistent' },
      /^INTERNAL_TLS_KEY_FILE: the file cannot be read/,
    ],
  ])('refuses %s, and shows nothing of a key', (_what, env, expected) => {
    const found = problems(env);
    expect(found.filter((problem) => expected.test(problem))).toHaveLength(1);
    expect(found.join()).not.toContain('PRIVATE');
  });
});

/** The gateway and signaling as they run in a deployment, with a real Consul in which somebody has registered a false instance. */
describe('a false instance in Consul', () => {
  let consul: TestConsul;
  let postgres: TestPostgres;

  beforeAll(async () => {
    [consul, postgres] = await Promise.all([startConsul(), startPostgres()]);
  });
  afterAll(async () => {
    await Promise.all([consul.stop(), postgres.stop()]);
  });

  function start(service: 'gateway' | 'signaling', env: Record<string, string>): void {
    const started = new LoneService(service, {
      consulUrl: consul.url,
      certificates: join(folder, 'ours'),
      env,
    });
    closers.push(() => started.close());
  }

  async function pretend(service: 'media' | 'signaling', certificates?: GrpcCertificates) {
    const instance = await FalseInstance.start(certificates);
    closers.push(() => instance.close());
    const registration = await instance.registerAs(service, consul.url);
    closers.push(() => registration.close());
    return instance;
  }

  /** A TLS handshake begins with these bytes, and a service says nothing before the other side has proven itself. */
  function expectNothingOfWorth(instance: FalseInstance): void {
    const received = instance.raw.filter((bytes) => bytes.length > 0);
    expect(received.length).toBeGreaterThan(0);
    for (const bytes of received) expect(bytes.subarray(0, 2).toString('hex')).toBe('1603');
    expect(instance.plain).toHaveLength(0);
    for (const worth of ['Bearer', 'authorization', 'PRI * HTTP/2', ...Object.values(CONSUL_TOKENS)])
      expect(instance.text).not.toContain(worth);
  }

  const kinds = [
    ['no certificate', undefined],
    ['a certificate of a stranger for the right name', 'stranger'],
    ['the certificate of another service of ours', 'other'],
  ] as const;

  test.each(kinds)('with %s gets nothing from the gateway that is worth anything', async (_what, kind) => {
    const instance = await pretend('signaling', given(kind, 'signaling', 'media'));
    const [port, adminPort] = [await freePort(), await freePort()];
    start('gateway', { GATEWAY_PORT: String(port), GATEWAY_ADMIN_PORT: String(adminPort) });
    const create = () => fetch(`http://127.0.0.1:${port}/api/rooms`, { method: 'POST' });
    // 504 while the false instance says nothing.
    await waitFor(async () => [503, 504].includes((await create()).status), {
      what: 'the gateway refuses',
      intervalMs: 250,
    });
    await waitFor(() => instance.raw.some((bytes) => bytes.length > 0), { what: 'a connection' });
    expectNothingOfWorth(instance);
  });

  test.each(kinds)('with %s gets nothing from signaling that is worth anything', async (_what, kind) => {
    const instance = await pretend('media', given(kind, 'media', 'gateway'));
    const ports = [await freePort(), await freePort(), await freePort()].map(String);
    const [socketPort = '', grpcPort = '', adminPort = ''] = ports;
    start('signaling', {
      DATABASE_URL: await postgres.createDatabase(`false${adminPort}`),
      JOIN_TOKEN_SECRET: 'j'.repeat(40),
      SIGNALING_PORT: socketPort,
      SIGNALING_GRPC_PORT: grpcPort,
      SIGNALING_ADMIN_PORT: adminPort,
    });
    await waitFor(async () => (await fetch(`http://127.0.0.1:${adminPort}/readyz`)).status === 503, {
      what: 'signaling says that it has no media',
    });
    await waitFor(() => instance.raw.some((bytes) => bytes.length > 0), { what: 'a connection' });
    expectNothingOfWorth(instance);
  });

  test('would see what it is sent by a caller that trusts everybody', async () => {
    const instance = await FalseInstance.start();
    closers.push(() => instance.close());
    const port = Number(instance.address.split(':')[1]);
    const client = clientOf(MediaService, port, { secret: 'a-secret-of-a-decent-length-for-this' });
    void client.call('getStatus', {}).catch(() => undefined);
    await waitFor(() => instance.text.includes('PRI * HTTP/2'), { what: 'a readable request' });
  });

  function given(kind: 'stranger' | 'other' | undefined, name: CertifiedName, other: CertifiedName) {
    if (kind === undefined) return undefined;
    return kind === 'stranger' ? strangers[name] : ours[other];
  }
});
