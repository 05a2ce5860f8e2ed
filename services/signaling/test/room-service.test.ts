import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GrpcClient } from '@parley/common/grpc';
import { createMetrics } from '@parley/common/service';
import { silentLogger, startPostgres, type TestPostgres } from '@parley/common/testing';
import { roomCodeSchema } from '@parley/proto/ids';
import { RoomService } from '@parley/proto/room-rpc';
import { decodeJwt } from 'jose';
import { TestSignaling } from './support/test-signaling.ts';

/** Rooms need no media: nothing listens on that address. */
const NO_MEDIA = '127.0.0.1:1';

describe('rooms over gRPC', () => {
  let postgres: TestPostgres;
  let signaling: TestSignaling;

  beforeAll(async () => {
    postgres = await startPostgres();
    signaling = await TestSignaling.start({ DATABASE_URL: postgres.databaseUrl, MEDIA_ADDRESSES: NO_MEDIA });
  }, 180_000);
  afterAll(async () => {
    await signaling.stop();
    await postgres.stop();
  });

  test('makes a room with a code of its own and finds it again', async () => {
    const { room } = await signaling.rooms.call('createRoom', { title: '  Standup ' });
    expect(room).toMatchObject({ title: 'Standup', peerCount: 0, peerLimit: 100 });
    expect(roomCodeSchema.safeParse(room?.code).success).toBe(true);
    expect(Math.abs((room?.createdAtMs ?? 0) - Date.now())).toBeLessThan(60_000);
    expect((await signaling.rooms.call('getRoom', { code: room?.code })).room).toEqual(room);
  });

  test('keeps rooms over a restart', async () => {
    const code = await signaling.createRoom('Kept');
    await signaling.stop();
    signaling = await TestSignaling.start({ DATABASE_URL: postgres.databaseUrl, MEDIA_ADDRESSES: NO_MEDIA });
    expect((await signaling.rooms.call('getRoom', { code })).room).toMatchObject({ code, title: 'Kept' });
  });

  test.each([
    ['a title that is too long', 'x'.repeat(121)],
    ['a title with a null character', 'a\0b'],
  ])('refuses %s', async (_what, title) => {
    await expect(signaling.rooms.call('createRoom', { title })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  test('distinguishes a malformed code from a code without a room', async () => {
    const unknown = 'aaaa-aaaa-aaa';
    for (const call of ['getRoom', 'authorizeJoin'] as const) {
      const ask = (code: string) => signaling.rooms.call(call, { code, displayName: 'Ada' });
      await expect(ask('not a code')).rejects.toMatchObject({ code: 'invalid_room_code' });
      await expect(ask("'; DROP TABLE rooms.rooms; --")).rejects.toMatchObject({ code: 'invalid_room_code' });
      await expect(ask(unknown)).rejects.toMatchObject({ code: 'room_not_found' });
    }
  });

  test('lets somebody join for a few minutes, under the name that everybody will see', async () => {
    const code = await signaling.createRoom();
    const traceId = 'ab'.repeat(16);
    const reply = await signaling.rooms.call('authorizeJoin', {
      code,
      displayName: '  Ada \n Lovelace ',
      traceId,
    });
    const claims = decodeJwt(reply.token);
    expect(claims).toMatchObject({ sub: reply.peerId, room: code, name: 'Ada Lovelace', trace: traceId });
    expect(reply.expiresAtMs - Date.now()).toBeGreaterThan(60_000);
    expect(reply.expiresAtMs - Date.now()).toBeLessThan(15 * 60_000);
  });

  test.each(['', '   ', '\u3164\u200b', 'x'.repeat(65), 'a\u0000b'])(
    'refuses the name %j',
    async (displayName) => {
      const code = await signaling.createRoom();
      const ask = signaling.rooms.call('authorizeJoin', { code, displayName });
      await expect(ask).rejects.toMatchObject({ code: 'invalid_request' });
    },
  );

  test('refuses callers without the shared secret', async () => {
    const stranger = GrpcClient.create(RoomService, `127.0.0.1:${signaling.service.grpcPort}`, {
      secret: 'not the secret of anybody, but long enough',
      logger: silentLogger,
      metrics: createMetrics('test'),
    });
    await expect(stranger.call('createRoom', { title: '' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    stranger.close();
  });

  test('says unavailable while PostgreSQL is away, and works again after', async () => {
    const code = await signaling.createRoom();
    await signaling.flushDatabase();
    await postgres.kill();
    const ask = (): Promise<unknown> => signaling.rooms.call('getRoom', { code });
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable' });
    const ready = () =>
      fetch(`http://127.0.0.1:${signaling.service.adminPort}/readyz`).then((response) => response.json());
    expect(await ready()).toMatchObject({
      status: 'not_ready',
      failed: expect.arrayContaining(['database', 'media']),
    });
    await postgres.restart();
    await expect(ask()).resolves.toMatchObject({ room: { code } });
  });
});
