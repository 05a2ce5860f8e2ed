import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { GrpcClient } from '@parley/common/grpc';
import { createMetrics } from '@parley/common/service';
import { silentLogger } from '@parley/common/testing';
import type { FileId, RoomCode } from '@parley/proto/ids';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { browserIdentity } from '@parley/proto/room';
import { RoomService } from '@parley/proto/room-rpc';
import { SignJWT, UnsecuredJWT } from 'jose';
import { RTP_CAPABILITIES } from './support/rtp.ts';
import { Refusal, TestClient } from './support/test-client.ts';
import { JOIN_TOKEN_SECRET, TestBackend, type TestSignaling } from './support/test-signaling.ts';

const JOIN = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES };
const MINUTE_S = 60;

type Change = { iss?: string; aud?: string; nbf?: number; exp?: number; room?: unknown; sub?: unknown };

describe('credentials that are not for this', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;
  let code: RoomCode;
  let otherCode: RoomCode;

  beforeAll(async () => {
    backend = await TestBackend.start();
    signaling = await backend.signaling();
  }, 180_000);
  afterAll(async () => {
    await signaling.stop();
    await backend.stop();
  });
  beforeEach(async () => {
    [code, otherCode] = [await signaling.createRoom(), await signaling.createRoom()];
  });

  const claims = (change: Change = {}): Record<string, unknown> => {
    const now = Math.floor(Date.now() / 1_000);
    const person = { name: 'Mallory', role: 'owner', waits: false, identity: browserIdentity(randomUUID()) };
    const about = { room: code, trace: 'a'.repeat(32), addressHash: '', sub: randomUUID() };
    const times = { iat: now, exp: now + MINUTE_S };
    return { ...person, ...about, iss: 'parley', aud: 'parley-signaling', ...times, ...change };
  };
  const signed = (change: Change = {}, secret = JOIN_TOKEN_SECRET, alg = 'HS256'): Promise<string> =>
    new SignJWT(claims(change)).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
  const answerTo = async (auth: object): Promise<string> => {
    try {
      await signaling.connectWith(auth);
      return 'let in';
    } catch (error) {
      return (error as Refusal).body?.code ?? String(error);
    }
  };

  test('begin with one that is for it, so that the refusals below have the stated cause', async () => {
    expect(await answerTo({ token: await signed() })).toBe('let in');
  });

  test.each<[string, () => Promise<string> | string, string]>([
    ['without a signature', () => new UnsecuredJWT(claims()).encode(), 'token_invalid'],
    ['with another key', () => signed({}, 'x'.repeat(48)), 'token_invalid'],
    ['with another algorithm', () => signed({}, JOIN_TOKEN_SECRET.repeat(2), 'HS512'), 'token_invalid'],
    ['for another audience', () => signed({ aud: 'parley-api' }), 'token_invalid'],
    ['of another issuer', () => signed({ iss: 'evil' }), 'token_invalid'],
    ['that has expired', () => signed({ exp: Math.floor(Date.now() / 1_000) - 1 }), 'token_expired'],
    [
      'that is not valid yet',
      () => signed({ nbf: Math.floor(Date.now() / 1_000) + MINUTE_S }),
      'token_invalid',
    ],
    ['for a room that is an object', () => signed({ room: { $ne: '' } }), 'token_invalid'],
    ['whose subject is no text', () => signed({ sub: 7 }), 'token_invalid'],
  ])('a join token %s lets nobody in', async (_what, token, expected) => {
    expect(await answerTo({ token: await token() })).toBe(expected);
  });

  test.each<[string, unknown]>([
    ['an object', { $ne: '' }],
    ['a list', ['a', 'b']],
    ['a number', 7],
    ['null', null],
  ])('a join token that is %s lets nobody in', async (_what, token) => {
    expect(await answerTo({ token })).not.toBe('let in');
  });

  test('a join token that was edited to name another room, or another role, lets nobody in', async () => {
    const token = await signaling.token(code, 'Eve');
    const [head, payload = '', signature] = token.split('.');
    for (const change of [{ room: otherCode }, { role: 'owner' }, { sub: randomUUID() }]) {
      const read = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      const edited = Buffer.from(JSON.stringify({ ...read, ...change })).toString('base64url');
      expect(await answerTo({ token: [head, edited, signature].join('.') })).toBe('token_invalid');
    }
  });

  test('a join token of one room leads into that room alone, whatever room is asked for', async () => {
    const inOther = await signaling.join(otherCode, 'Ada');
    const token = await signaling.token(code, 'Eve');
    expect(await answerTo({ token, room: otherCode })).toBe('unauthenticated');
    const eve = await signaling.connectWith({ token });
    expect(await eve.refusal('room:join', { ...JOIN, room: otherCode })).toBe('invalid_request');
    await eve.join();
    expect(eve.snapshot.room.code).toBe(code);
    const request = { clientMessageId: randomUUID(), toPeerId: inOther.peerId, text: 'psst' };
    expect(await eve.refusal('chat:send', request)).toBe('peer_not_found');
  });

  test('a join token that is shown again after its peer has left lets nobody in', async () => {
    const token = await signaling.token(code, 'Ada');
    const ada = await (await signaling.connectWith({ token })).join();
    await ada.request('room:leave', {});
    const again = await signaling.connectWith({ token });
    expect(await again.refusal('room:join', JOIN)).toBe('token_used');
  });

  test('a resume secret of one room is none of another', async () => {
    const ada = await signaling.join(code, 'Ada');
    const moved = ada.resumeSecret.replace(code, otherCode);
    expect(moved).not.toBe(ada.resumeSecret);
    expect(await answerTo({ resumeSecret: moved })).toBe('resume_rejected');
    const other = await signaling.join(otherCode, 'Bob');
    const swapped = ada.resumeSecret.replace(ada.peerId, other.peerId).replace(code, otherCode);
    expect(await answerTo({ resumeSecret: swapped })).toBe('resume_rejected');
  });

  test('a file of one room is sent in no other, and its message is found in no other', async () => {
    const [ada, eve] = [await signaling.join(code, 'Ada'), await signaling.join(otherCode, 'Eve')];
    const { fileId, uploadPass } = await ada.request('chat:offer-file', { name: 'a.txt', size: 1 });
    await signaling.rooms.call('beginUpload', { uploadPass });
    await signaling.rooms.call('finishUpload', { fileId, mediaType: 'text/plain' });
    const message = (given: FileId) => ({
      clientMessageId: randomUUID(),
      toPeerId: null,
      text: '',
      fileId: given,
    });
    expect(await eve.refusal('chat:send', message(fileId))).toBe('conflict');
    const { messageId } = (await ada.request('chat:send', message(fileId))).message;
    expect(await eve.refusal('chat:link-file', { messageId })).toBe('not_found');
    const quoting = { clientMessageId: randomUUID(), toPeerId: null, text: 'x', replyTo: messageId };
    expect(await eve.refusal('chat:send', quoting)).toBe('not_found');
  });

  test('a join token opens no method of gRPC', async () => {
    const rooms = GrpcClient.create(RoomService, `127.0.0.1:${signaling.service.grpcPort}`, {
      secret: await signaling.token(code, 'Eve'),
      logger: silentLogger,
      metrics: createMetrics('stranger'),
    });
    for (const asked of [code, otherCode])
      await expect(rooms.call('getRoom', { code: asked })).rejects.toMatchObject({ code: 'unauthenticated' });
    rooms.close();
  });

  test('nobody is asked for their own words: an identity in the payload of a join is refused', async () => {
    const eve = await signaling.connect(code, 'Eve');
    expect(await eve.refusal('room:join', { ...JOIN, identity: 'account:x' })).toBe('invalid_request');
    expect(
      await TestClient.connect(signaling.url, { identity: 'x' }).catch((error: unknown) => error),
    ).toBeInstanceOf(Refusal);
  });
});
