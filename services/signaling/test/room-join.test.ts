import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { camera, microphone, RTP_CAPABILITIES, screen } from './support/rtp.ts';

describe('joining a room', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;
  let code: RoomCode;

  beforeAll(async () => {
    backend = await TestBackend.start();
  }, 180_000);
  afterAll(() => backend.stop());

  beforeEach(async () => {
    signaling = await backend.signaling();
    code = await signaling.createRoom('Standup');
  });
  afterEach(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    expect(malformed).toEqual([]);
  });

  test('answers in one round trip with the snapshot and both transports', async () => {
    const client = await signaling.join(code, 'Ada');
    expect(client.snapshot).toMatchObject({
      room: { code, title: 'Standup' },
      self: { displayName: 'Ada', connection: 'connected', handRaisedAt: null, producers: [] },
      peers: [],
      chat: [],
    });
    const { send, receive } = client.transports;
    expect(send.transportId).not.toBe(receive.transportId);
    expect(send.iceCandidates.length).toBeGreaterThan(0);
    expect(await backend.media.counts()).toMatchObject({ rooms: 1, peers: 1, transports: 2 });
  });

  test('takes the name of the request in place of the one in the token, unless hosts admit the person under that', async () => {
    const wish = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES } as const;
    const client = await signaling.connect(code, 'A');
    const { snapshot } = await client.request('room:join', { ...wish, displayName: 'Ada' });
    expect(snapshot.self.displayName).toBe('Ada');
    const bad = await signaling.connect(code, 'B');
    expect(await bad.refusal('room:join', { ...wish, displayName: ' ' })).toBe('invalid_request');

    const waiting = await signaling.connectWith({ token: await signaling.waitingToken(code, 'Waiting') });
    expect(await waiting.refusal('room:join', { ...wish, displayName: 'Teacher' })).toBe('invalid_request');
    expect(await waiting.refusal('room:join', { ...wish, displayName: 'Waiting' })).toBe('not_admitted');
  });

  test('shows a late joiner the state of every present peer', async () => {
    const ada = await signaling.join(code, 'Ada');
    const { producerId } = await ada.request('producer:create', microphone());
    await ada.request('producer:pause', { producerId });
    await ada.request('producer:create', camera());
    await ada.request('producer:create', screen());
    await ada.request('peer:set-hand', { raised: true });
    await ada.request('peer:set-profile', { displayName: 'Ada L.' });
    await ada.request('chat:send', { clientMessageId: crypto.randomUUID(), toPeerId: null, text: 'hello' });
    const late = await signaling.join(code, 'Late');
    const [record] = late.snapshot.peers;
    expect(record).toMatchObject({ peerId: ada.peerId, displayName: 'Ada L.', connection: 'connected' });
    expect(record?.handRaisedAt).toBeGreaterThan(0);
    expect(record?.producers.map(({ source, paused }) => [source, paused])).toEqual([
      ['microphone', true],
      ['camera', false],
      ['screen', false],
    ]);
    expect(late.snapshot.chat).toMatchObject([{ text: 'hello', fromName: 'Ada L.' }]);
  });
});
