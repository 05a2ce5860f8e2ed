import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ParleyError } from '@parley/proto';
import { RoomService, type room } from '@parley/proto/grpc';
import { createMetrics, GrpcClient, GrpcServer, newTraceId, type GrpcHandlers } from '../src/index.ts';
import { captureLogger, silentLogger } from '../src/testing/index.ts';

const SECRET = 'a-shared-secret-of-a-decent-length';

const ROOM: room.Room = {
  code: 'abcd-efgh-jkm',
  title: 'Standup',
  createdAtMs: 1_700_000_000_000,
  peerCount: 2,
  peerLimit: 50,
};

describe('a gRPC server and its client', () => {
  let server: GrpcServer;
  let client: GrpcClient<typeof RoomService>;
  let answer: (request: room.GetRoomRequest) => Promise<room.GetRoomResponseInput>;
  const seen: { traceId: string }[] = [];
  const captured = captureLogger();
  const metrics = createMetrics('test');

  const handlers: GrpcHandlers<typeof RoomService> = {
    createRoom: (request) => ({ room: { ...ROOM, title: request.title } }),
    getRoom: (request, context) => {
      seen.push({ traceId: context.traceId });
      return answer(request);
    },
    authorizeJoin: () => {
      throw new ParleyError('room_full');
    },
  };

  beforeEach(async () => {
    seen.length = 0;
    answer = async () => ({ room: ROOM });
    server = await GrpcServer.create({
      host: '127.0.0.1',
      port: 0,
      secret: SECRET,
      logger: captured.logger,
      metrics,
    });
    server.add(RoomService, handlers);
    client = connect(server.port);
  });

  afterEach(async () => {
    client.close();
    await server.close();
  });

  function connect(port: number, secret = SECRET): GrpcClient<typeof RoomService> {
    const address = `127.0.0.1:${port}`;
    return GrpcClient.create(RoomService, address, {
      secret,
      logger: silentLogger,
      metrics,
      timeoutMs: 2_000,
    });
  }

  test('carry a request and its response with every field', async () => {
    await expect(client.call('getRoom', { code: ROOM.code })).resolves.toEqual({ room: ROOM });
    await expect(client.call('createRoom', { title: 'Ünïcode 你好' })).resolves.toMatchObject({
      room: { title: 'Ünïcode 你好' },
    });
  });

  test('carry the trace id, and make one where none was given', async () => {
    const traceId = newTraceId();
    await client.call('getRoom', { code: ROOM.code }, { traceId });
    await client.call('getRoom', { code: ROOM.code });
    expect(seen[0]).toEqual({ traceId });
    expect(seen[1]?.traceId).toMatch(/^[0-9a-f]{32}$/);
  });
});
