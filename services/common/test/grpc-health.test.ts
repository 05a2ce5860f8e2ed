import { once } from 'node:events';
import {
  credentials,
  makeClientConstructor,
  Metadata,
  type ClientDuplexStream,
  type ClientReadableStream,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ReflectionService } from '@grpc/reflection';
import { GrpcClient, GrpcServer } from '@parley/common/grpc';
import { createMetrics, Readiness } from '@parley/common/service';
import { RoomService } from '@parley/proto/room-rpc';
import { service as healthService } from 'grpc-health-check';
import { handlersOf, silentLogger } from '../src/testing/index.ts';

const SECRET = 'a-shared-secret-of-a-decent-length';

type Status = { status: string };
type Done<R> = (error: ServiceError | null, response: R) => void;
/** Standard clients, as any tool has them: they know nothing of ours but the address and the secret. */
type HealthClient = {
  check(request: { service: string }, metadata: Metadata, done: Done<Status>): void;
  list(request: object, metadata: Metadata, done: Done<{ statuses: Record<string, Status> }>): void;
  watch(request: { service: string }, metadata: Metadata): ClientReadableStream<Status>;
  close(): void;
};
type ReflectionAnswer = {
  listServicesResponse?: { service: { name: string }[] };
  fileDescriptorResponse?: { fileDescriptorProto: Uint8Array[] };
};
type ReflectionClient = {
  serverReflectionInfo(metadata: Metadata): ClientDuplexStream<object, ReflectionAnswer>;
  close(): void;
};

describe('a gRPC server', () => {
  let works: boolean;
  let hangs: boolean;
  let readiness: Readiness;
  let server: GrpcServer<typeof RoomService>;
  const closers: (() => void)[] = [];
  const unused = (): Record<string, never> => ({});
  const handlers = handlersOf(RoomService, () => unused);
  const metrics = createMetrics('test');

  beforeEach(async () => {
    works = true;
    hangs = false;
    const check = async (): Promise<void> => {
      if (hangs) await new Promise(() => undefined);
      if (!works) throw new Error('away');
    };
    readiness = new Readiness({ checks: { database: check }, logger: silentLogger });
    const options = { host: '127.0.0.1', port: 0, secret: SECRET, logger: silentLogger, metrics, readiness };
    server = await GrpcServer.create(RoomService, options);
    server.serve(handlers);
  });

  afterEach(async () => {
    for (const close of closers.splice(0)) close();
    await server.close(0);
  });

  function connect<C extends { close(): void }>(definition: ServiceDefinition): C {
    const Constructor = makeClientConstructor(definition, 'client');
    const client = new Constructor(`127.0.0.1:${server.port}`, credentials.createInsecure()) as unknown as C;
    closers.push(() => client.close());
    return client;
  }

  const connectHealth = (): HealthClient => connect(healthService as ServiceDefinition);

  function secret(value = SECRET): Metadata {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${value}`);
    return metadata;
  }

  function check(service: string, metadata = secret()): Promise<string> {
    return new Promise((resolve, reject) => {
      connectHealth().check({ service }, metadata, (error, response) => {
        if (error) reject(error);
        else resolve(response.status);
      });
    });
  }

  describe('over grpc.health.v1', () => {
    test('reports SERVING while its readiness checks pass, for the server and for its service by name', async () => {
      await expect(check('')).resolves.toBe('SERVING');
      await expect(check('parley.room.v1.RoomService')).resolves.toBe('SERVING');
    });

    test('reports NOT_SERVING as soon as a readiness check fails, and SERVING when it passes again', async () => {
      works = false;
      await expect(check('')).resolves.toBe('NOT_SERVING');
      await expect(check('parley.room.v1.RoomService')).resolves.toBe('NOT_SERVING');
      works = true;
      await expect(check('')).resolves.toBe('SERVING');
    });

    test('reports NOT_SERVING once the service stops', async () => {
      readiness.markStopping();
      await expect(check('')).resolves.toBe('NOT_SERVING');
    });

    test('answers before a check that hangs times out, with the status of the last run', async () => {
      await expect(check('')).resolves.toBe('SERVING');
      hangs = true;
      let timedOut = false;
      const run = readiness.check().then(() => (timedOut = true));
      await expect(check('')).resolves.toBe('SERVING');
      expect(timedOut).toBe(false);
      await run;
      await expect(check('')).resolves.toBe('NOT_SERVING');
    });

    test('answers NOT_SERVING while the first run of the checks hangs', async () => {
      hangs = true;
      await expect(check('')).resolves.toBe('NOT_SERVING');
    });

    test('knows no other service', async () => {
      await expect(check('parley.media.v1.MediaService')).rejects.toMatchObject({ code: 5 });
    });

    test('lists its statuses', async () => {
      const listed = await new Promise((resolve, reject) => {
        connectHealth().list({}, secret(), (error, response) =>
          error ? reject(error) : resolve(response.statuses),
        );
      });
      const serving = { status: 'SERVING' };
      expect(listed).toEqual({ '': serving, 'parley.room.v1.RoomService': serving });
    });

    test('reports each change to a client that watches, and ends the stream when it closes', async () => {
      const seen: string[] = [];
      const watch = connectHealth().watch({ service: '' }, secret());
      watch.on('data', ({ status }: Status) => seen.push(status));
      watch.on('error', () => undefined);
      const next = async (count: number): Promise<void> => {
        while (seen.length < count) await once(watch, 'data');
      };
      // The status before the first run of the checks, and after.
      await next(2);
      works = false;
      await readiness.check();
      await next(3);
      works = true;
      await readiness.check();
      await next(4);
      expect(seen).toEqual(['NOT_SERVING', 'SERVING', 'NOT_SERVING', 'SERVING']);
      const ended = once(watch, 'end');
      await server.close(60_000);
      await ended;
    });

    test('refuses a caller without the shared secret', async () => {
      await expect(check('', new Metadata())).rejects.toMatchObject({ code: 16 });
      await expect(check('', secret('another-secret-of-a-decent-length'))).rejects.toMatchObject({
        code: 16,
      });
    });

    test('answers our own client', async () => {
      const client = GrpcClient.create(RoomService, `127.0.0.1:${server.port}`, {
        secret: SECRET,
        logger: silentLogger,
        metrics,
      });
      closers.push(() => client.close());
      await expect(client.isServing()).resolves.toBe(true);
      works = false;
      await expect(client.isServing()).resolves.toBe(false);
      client.close();
      await expect(client.isServing()).rejects.toMatchObject({ code: 'closed' });
    });
  });

  describe.each(['v1', 'v1alpha'])('over grpc.reflection.%s', (version) => {
    function open(metadata: Metadata): ClientDuplexStream<object, ReflectionAnswer> {
      const definitions: ServiceDefinition[] = [];
      new ReflectionService({}).addToServer({
        addService: (definition) => void definitions.push(definition),
      });
      const wanted = definitions.find((definition) =>
        Object.values(definition).some(({ path }) => path.includes(`.${version}.`)),
      );
      const client = connect<ReflectionClient>(wanted as ServiceDefinition);
      return client.serverReflectionInfo(metadata);
    }

    async function ask(request: object): Promise<ReflectionAnswer> {
      const stream = open(secret());
      stream.write(request);
      const [answer] = (await once(stream, 'data')) as [ReflectionAnswer];
      stream.end();
      await once(stream, 'end');
      return answer;
    }

    test('lists its service and its health', async () => {
      const { listServicesResponse } = await ask({ listServices: '*' });
      expect(listServicesResponse?.service.map(({ name }) => name).toSorted()).toEqual([
        'grpc.health.v1.Health',
        'parley.room.v1.RoomService',
      ]);
    });

    test('describes a method with the files that its messages need', async () => {
      const { fileDescriptorResponse } = await ask({
        fileContainingSymbol: 'parley.room.v1.RoomService.GetRoom',
      });
      const [file] = fileDescriptorResponse?.fileDescriptorProto ?? [];
      expect(Buffer.from(file ?? []).toString('latin1')).toContain('AuthorizeJoinRequest');
    });

    test('refuses a caller without the shared secret', async () => {
      const [error] = (await once(open(new Metadata()), 'error')) as [ServiceError];
      expect(error.code).toBe(16);
    });
  });
});
