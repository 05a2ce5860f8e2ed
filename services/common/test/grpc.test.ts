import net from 'node:net';
import { Metadata, credentials, type ServiceError } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ParleyError } from '@parley/proto/errors';
import { RoomService, type room } from '@parley/proto/room-rpc';
import { GrpcClient, GrpcServer, type GrpcHandlers } from '@parley/common/grpc';
import { newTraceId } from '@parley/common/logging';
import { createMetrics, Readiness } from '@parley/common/service';
import {
  captureLogger,
  freePort,
  handlersOf,
  silentLogger,
  startMuteServer,
  waitFor,
} from '../src/testing/index.ts';

const SECRET = 'a-shared-secret-of-a-decent-length';
const ROOM: room.Room = {
  code: 'abcd-efgh-jkm',
  title: 'Standup',
  createdAtMs: 1_700_000_000_000,
  peerCount: 2,
  peerLimit: 50,
  settings: null,
  role: 'participant',
};

type GetRoom = GrpcHandlers<typeof RoomService>['getRoom'];

describe('a gRPC server and its client', () => {
  let server: GrpcServer<typeof RoomService>;
  let client: GrpcClient<typeof RoomService>;
  let getRoom: GetRoom;
  let captured: ReturnType<typeof captureLogger>;
  const metrics = createMetrics('test');

  const handlers: GrpcHandlers<typeof RoomService> = {
    ...handlersOf(RoomService, () => () => ({})),
    createRoom: (request) => ({ room: { ...ROOM, title: request.title } }),
    getRoom: (request, context) => getRoom(request, context),
    authorizeJoin: () => {
      throw new ParleyError('room_full');
    },
    beginUpload: () => ({}),
    finishUpload: () => ({}),
    getFile: () => ({}),
    listDeadFiles: () => ({}),
    forgetFiles: () => ({}),
  };

  beforeEach(async () => {
    getRoom = () => ({ room: ROOM });
    captured = captureLogger();
    server = await serve(0);
    client = connect(server.port);
  });

  afterEach(async () => {
    client.close();
    await server.close(0);
  });

  async function serve(port: number): Promise<GrpcServer<typeof RoomService>> {
    const made = await GrpcServer.create(RoomService, {
      host: '127.0.0.1',
      port,
      secret: SECRET,
      logger: captured.logger,
      metrics,
      readiness: new Readiness({ checks: {}, logger: silentLogger }),
    });
    made.serve(handlers);
    return made;
  }

  function connect(port: number, secret = SECRET, timeoutMs = 20_000): GrpcClient<typeof RoomService> {
    const address = `127.0.0.1:${port}`;
    return GrpcClient.create(RoomService, address, { secret, logger: silentLogger, metrics, timeoutMs });
  }

  test('carry a request and its response with every field', async () => {
    await expect(client.call('getRoom', { code: ROOM.code })).resolves.toEqual({ room: ROOM });
    const named = await client.call('createRoom', { title: 'Ünïcode 你好' });
    expect(named.room?.title).toBe('Ünïcode 你好');
    expect(client.connected).toBe(true);
  });

  test('carry the trace id into the context and its log lines, and make one where none was given', async () => {
    const seen: string[] = [];
    getRoom = (_request, context) => {
      seen.push(context.traceId);
      context.logger.info('room asked for');
      return { room: ROOM };
    };
    const traceId = newTraceId();
    await client.call('getRoom', {}, { traceId });
    await client.call('getRoom', {}, { traceId: 'forged" trace' });
    await client.call('getRoom', {});
    expect(seen[0]).toBe(traceId);
    expect(seen[1]).toMatch(/^[0-9a-f]{32}$/);
    expect(seen[2]).toMatch(/^[0-9a-f]{32}$/);
    expect(captured.lines.map((line) => line['traceId'])).toEqual(seen);
  });

  test('carry an error with its stable code and its message', async () => {
    await expect(client.call('authorizeJoin', {})).rejects.toMatchObject({
      code: 'room_full',
      message: 'The room is full.',
    });
    getRoom = () => Promise.reject(new ParleyError('invalid_request', 'Größe: 5 % zu groß\nmehr'));
    await expect(client.call('getRoom', {})).rejects.toMatchObject({
      name: 'ParleyError',
      code: 'invalid_request',
      message: 'Größe: 5 % zu groß\nmehr',
    });
  });

  test('carry when to try again with an error, where that is known', async () => {
    getRoom = () => Promise.reject(new ParleyError('room_not_open', undefined, { retryAfterMs: 12_000 }));
    await expect(client.call('getRoom', {})).rejects.toMatchObject({ retryAfterMs: 12_000 });
    getRoom = () => Promise.reject(new ParleyError('room_not_open'));
    await expect(client.call('getRoom', {})).rejects.toMatchObject({ retryAfterMs: undefined });
  });

  test('turn an unknown error into internal without its details, and log it with the trace id', async () => {
    getRoom = () => {
      throw new TypeError('secret detail of the handler');
    };
    const traceId = newTraceId();
    const error: unknown = await client.call('getRoom', {}, { traceId }).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'internal', message: 'Something went wrong on the server.' });
    expect(JSON.stringify(error)).not.toContain('secret detail');
    expect(captured.lines).toEqual([
      expect.objectContaining({
        level: 'error',
        traceId,
        method: 'RoomService/GetRoom',
        err: expect.objectContaining({
          cause: expect.objectContaining({ message: 'secret detail of the handler' }),
        }),
      }),
    ]);
  });

  test.each(['', 'wrong', `${SECRET}x`, SECRET.slice(1)])(
    'refuse a caller whose secret is %j',
    async (secret) => {
      let asked = false;
      getRoom = () => {
        asked = true;
        return { room: ROOM };
      };
      const stranger = connect(server.port, secret);
      await expect(stranger.call('getRoom', {})).rejects.toMatchObject({ code: 'unauthenticated' });
      expect(asked).toBe(false);
      stranger.close();
    },
  );

  test('refuse a caller without any credentials', async () => {
    const bare = new RoomService(`127.0.0.1:${server.port}`, credentials.createInsecure());
    const error = await new Promise<ServiceError | null>((resolve) => {
      bare.getRoom({ code: ROOM.code }, new Metadata(), (failure) => resolve(failure));
    });
    expect(error?.code).toBe(16);
    bare.close();
  });

  test('give up a call that takes too long, with timeout', async () => {
    getRoom = () => new Promise(() => undefined);
    await expect(client.call('getRoom', {}, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
  });

  test('refuse a message beyond 1 MiB in either direction', async () => {
    const title = 'x'.repeat(1024 * 1024 + 1);
    await expect(client.call('createRoom', { title })).rejects.toMatchObject({ code: 'payload_too_large' });
    getRoom = () => ({ room: { ...ROOM, title } });
    await expect(client.call('getRoom', {})).rejects.toMatchObject({ code: 'payload_too_large' });
  });

  test('answer many calls at once, each with its own response', async () => {
    const titles = Array.from({ length: 200 }, (_unused, index) => `room ${index}`);
    const responses = await Promise.all(titles.map((title) => client.call('createRoom', { title })));
    expect(responses.map((response) => response.room?.title)).toEqual(titles);
  });

  test('measure each call by method and code', async () => {
    const before = await counts();
    await client.call('getRoom', {});
    await client.call('authorizeJoin', {}).catch(() => undefined);
    const after = await counts();
    const grown = [...after]
      .filter(([label, count]) => count > (before.get(label) ?? 0))
      .map(([label]) => label);
    expect(new Set(grown)).toEqual(
      new Set([
        'server RoomService/GetRoom ok',
        'client RoomService/GetRoom ok',
        'server RoomService/AuthorizeJoin room_full',
        'client RoomService/AuthorizeJoin room_full',
      ]),
    );
  });

  async function counts(): Promise<Map<string, number>> {
    const text = await metrics.registry.metrics();
    const pattern =
      /parley_grpc_(\w+)_call_seconds_count\{service="test",method="([^"]+)",code="([^"]+)"\} (\d+)/g;
    return new Map(
      [...text.matchAll(pattern)].map((match) => [`${match[1]} ${match[2]} ${match[3]}`, Number(match[4])]),
    );
  }

  test('say unavailable at once while nobody listens, and find a server that comes back', async () => {
    const port = await freePort();
    const early = connect(port);
    await expect(early.call('getRoom', {})).rejects.toMatchObject({ code: 'unavailable' });
    const late = await serve(port);
    await waitFor(() => early.call('getRoom', {}));
    await late.close(0);
    await expect(early.call('getRoom', {})).rejects.toMatchObject({ code: 'unavailable' });
    const again = await serve(port);
    await waitFor(() => early.call('getRoom', {}));
    early.close();
    await again.close();
  });

  test('say timeout when a host accepts and never answers', async () => {
    const mute = await startMuteServer();
    const stuck = connect(Number(mute.address.split(':')[1]), SECRET, 200);
    await expect(stuck.call('getRoom', {})).rejects.toMatchObject({ code: 'timeout' });
    stuck.close();
    mute.close();
  });

  test('survive bytes that are not HTTP/2', async () => {
    const socket = net.connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    socket.end('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    await expect(client.call('getRoom', {})).resolves.toEqual({ room: ROOM });
  });

  describe('when the client closes', () => {
    test('calls in progress are rejected with closed, and so are later ones', async () => {
      const asked = Promise.withResolvers<void>();
      getRoom = () => {
        asked.resolve();
        return new Promise(() => undefined);
      };
      const call = client.call('getRoom', {});
      await asked.promise;
      client.close();
      client.close();
      await expect(call).rejects.toMatchObject({ code: 'closed' });
      await expect(client.call('getRoom', {})).rejects.toMatchObject({ code: 'closed' });
      expect([client.closed, client.connected]).toEqual([true, false]);
    });
  });

  describe('when the server closes', () => {
    test('a call in progress is answered first', async () => {
      const asked = Promise.withResolvers<void>();
      const answer = Promise.withResolvers<room.GetRoomResponseInput>();
      getRoom = () => {
        asked.resolve();
        return answer.promise;
      };
      const call = client.call('getRoom', {});
      await asked.promise;
      const closing = server.close(5_000);
      answer.resolve({ room: ROOM });
      await expect(call).resolves.toEqual({ room: ROOM });
      await closing;
      expect(server.closed).toBe(true);
    });

    test('a call that does not end in time is cut off with unavailable', async () => {
      const asked = Promise.withResolvers<void>();
      getRoom = () => {
        asked.resolve();
        return new Promise(() => undefined);
      };
      const call = client.call('getRoom', {});
      await asked.promise;
      await Promise.all([server.close(20), expect(call).rejects.toMatchObject({ code: 'unavailable' })]);
    });

    test('it takes no further service', async () => {
      await server.close();
      expect(() => server.serve(handlers)).toThrow(ParleyError);
    });
  });

  test('a taken port is an error that names it', async () => {
    await expect(serve(server.port)).rejects.toThrow(String(server.port));
  });

  test('a service without one of its handlers is refused', async () => {
    const { getRoom: _left, ...rest } = handlers;
    const other = await GrpcServer.create(RoomService, {
      host: '127.0.0.1',
      port: 0,
      secret: SECRET,
      logger: silentLogger,
      metrics,
      readiness: new Readiness({ checks: {}, logger: silentLogger }),
    });
    expect(() => other.serve(rest as unknown as typeof handlers)).toThrow('GetRoom');
    await other.close();
  });
});
