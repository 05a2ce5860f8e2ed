import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { waitFor } from '@parley/common/testing';
import { camera, microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import type { TestClient } from './support/test-client.ts';
import { MEDIA_GRPC_SECRET, TestBackend, type TestSignaling } from './support/test-signaling.ts';
import { MediaProcess } from './support/media-process.ts';

describe('when media is lost', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;
  let code: RoomCode;
  let ada: TestClient;
  let bob: TestClient;

  beforeAll(async () => {
    backend = await TestBackend.start();
  }, 180_000);
  afterAll(() => backend.stop());
  beforeEach(async () => {
    signaling = await backend.signaling({ RESUME_GRACE_MS: '20000' });
    code = await signaling.createRoom();
    [ada, bob] = [await signaling.join(code, 'Ada'), await signaling.join(code, 'Bob')];
    const { producerId } = await ada.request('producer:create', microphone());
    await ada.request('producer:pause', { producerId });
    await ada.request('producer:create', camera());
    await ada.request('peer:set-hand', { raised: true });
    await bob.notified('peer:updated', ({ peer }) => peer.handRaisedAt !== null);
  });
  afterEach(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    expect(malformed).toEqual([]);
  });

  const recordAtBob = () =>
    bob.notifications('peer:updated').findLast(({ peer }) => peer.peerId === ada.peerId)?.peer;
  const reopenWhenPossible = (client: TestClient) =>
    waitFor(
      async () => {
        const reply = await client.attempt('media:reopen', { rtpCapabilities: RTP_CAPABILITIES });
        return reply.ok || reply.error.code === 'rate_limited' ? reply.ok : false;
      },
      { timeoutMs: 20_000, intervalMs: 500, what: 'media is reopened' },
    );

  test('because its worker died, is reported to each peer, seen by everybody, and made again', async () => {
    await backend.media.killWorker();
    expect(await ada.notified('media:reset')).toEqual({ reason: 'worker-died' });
    expect(await bob.notified('media:reset')).toEqual({ reason: 'worker-died' });
    await waitFor(() => recordAtBob()?.producers.length === 0);
    expect(recordAtBob()).toMatchObject({ connection: 'reconnecting', handRaisedAt: expect.any(Number) });
    expect(await ada.refusal('producer:create', microphone())).toBe('media_unavailable');
    await ada.reopen();
    await waitFor(() => recordAtBob()?.connection === 'connected');
    await bob.reopen();
    const { producerId } = await ada.request('producer:create', { ...microphone(), paused: true });
    await waitFor(() => recordAtBob()?.producers.length === 1);
    expect(recordAtBob()?.producers).toMatchObject([{ producerId, paused: true }]);
    const { results } = await bob.request('consumer:create', { producers: [{ producerId }] });
    expect(results).toMatchObject([{ status: 'created', consumer: { producerPaused: true } }]);
    expect(bob.notifications('peer:left')).toEqual([]);
    expect(ada.notifications('media:reset')).toHaveLength(1);
  });

  test('because its node died, the same; and nothing of it is taken for lost twice when the node is back', async () => {
    await backend.media.kill();
    expect(await ada.notified('media:reset')).toEqual({ reason: 'node-lost' });
    await bob.notified('media:reset');
    await waitFor(() => recordAtBob()?.producers.length === 0);
    expect(await ada.refusal('media:reopen', { rtpCapabilities: RTP_CAPABILITIES })).toBe(
      'media_unavailable',
    );
    const health = await fetch(`http://127.0.0.1:${signaling.service.adminPort}/readyz`);
    expect(await health.json()).toMatchObject({ failed: ['media'] });
    await ada.request('chat:send', {
      clientMessageId: crypto.randomUUID(),
      toPeerId: null,
      text: 'still here',
    });
    await bob.notified('chat:received');
    await backend.media.restart();
    await reopenWhenPossible(ada);
    await reopenWhenPossible(bob);
    await ada.request('producer:create', microphone());
    await waitFor(() => recordAtBob()?.producers.length === 1);
    expect(ada.notifications('media:reset')).toHaveLength(1);
    expect(await backend.media.counts()).toMatchObject({ rooms: 1, peers: 2, transports: 4, producers: 1 });
  });

  test('because its node was restarted at once, is reported as soon as the node is back', async () => {
    await backend.media.kill();
    await backend.media.restart();
    await ada.notified('media:reset');
    await bob.notified('media:reset');
    await reopenWhenPossible(ada);
    await ada.request('producer:create', microphone());
    await bob.settled();
    expect(ada.notifications('media:reset')).toHaveLength(1);
    expect(recordAtBob()?.producers).toHaveLength(1);
  });

  test('while the socket was away, the resume says so', async () => {
    ada.cut();
    await bob.notified('peer:updated', ({ peer }) => peer.connection === 'reconnecting');
    await backend.media.killWorker();
    await bob.notified('media:reset');
    await waitFor(() => recordAtBob()?.producers.length === 0);
    const again = await signaling.reconnect(ada);
    const { mediaKept, snapshot } = await again.resume();
    expect(mediaKept).toBe(false);
    expect(snapshot.self).toMatchObject({ producers: [], connection: 'reconnecting' });
    await again.reopen();
    await waitFor(() => recordAtBob()?.connection === 'connected');
    await again.request('producer:create', microphone());
  });

  test('for the client alone, it reopens and everybody else stays as they are', async () => {
    const { transportId } = ada.transports.send;
    await ada.reopen();
    expect(ada.transports.send.transportId).not.toBe(transportId);
    await waitFor(() => recordAtBob()?.producers.length === 0);
    await ada.request('producer:create', microphone());
    expect(bob.notifications('media:reset')).toEqual([]);
    expect(ada.notifications('media:reset')).toEqual([]);
    expect(await backend.media.counts()).toMatchObject({ peers: 2, transports: 4, producers: 1 });
  });

  test('and a reopening fails, the record has none of the old producers', async () => {
    await backend.media.kill();
    // Before the loss of the node is reported, which would have the same effect.
    expect(await ada.refusal('media:reopen', { rtpCapabilities: RTP_CAPABILITIES })).toBe(
      'media_unavailable',
    );
    await waitFor(() => recordAtBob()?.connection === 'reconnecting');
    expect(recordAtBob()).toMatchObject({ producers: [] });
    await backend.media.restart();
    await reopenWhenPossible(ada);
  });

  test('and the node away while somebody leaves, their media is released when it is back', async () => {
    await backend.media.kill();
    await ada.request('room:leave', {});
    await bob.request('room:leave', {});
    expect((await signaling.service.counts()).peers).toBe(0);
    await backend.media.restart();
    await waitFor(async () => (await signaling.service.counts()).pendingReleases === 0);
    expect(await backend.media.counts()).toMatchObject({ rooms: 0, peers: 0 });
  });

  test('joining says that media is unavailable, at once, and works when it is back', async () => {
    await backend.media.kill();
    const late = await signaling.connect(code, 'Late');
    const join = { protocol: 1, rtpCapabilities: RTP_CAPABILITIES };
    const startedAt = performance.now();
    expect(await late.refusal('room:join', join)).toBe('media_unavailable');
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    await bob.settled();
    expect(bob.notifications('peer:joined').map(({ peer }) => peer.displayName)).not.toContain('Late');
    await backend.media.restart();
    await waitFor(async () => (await late.attempt('room:join', join)).ok, {
      timeoutMs: 20_000,
      intervalMs: 1_000,
    });
  });

  test('because its node died and another one is there, the room moves to that one', async () => {
    const second = await MediaProcess.start({ secret: MEDIA_GRPC_SECRET });
    const first = await MediaProcess.start({ secret: MEDIA_GRPC_SECRET });
    const wide = await backend.signaling({ MEDIA_ADDRESSES: `${first.address},${second.address}` });
    const room = await wide.createRoom();
    const [mia, tom] = [await wide.join(room, 'Mia'), await wide.join(room, 'Tom')];
    const [home, other] = (await first.counts()).peers === 2 ? [first, second] : [second, first];
    expect(await home.counts()).toMatchObject({ rooms: 1, peers: 2 });
    await home.kill();
    await mia.notified('media:reset');
    await tom.notified('media:reset');
    await reopenWhenPossible(mia);
    await reopenWhenPossible(tom);
    const { producerId } = await mia.request('producer:create', microphone());
    expect((await tom.request('consumer:create', { producers: [{ producerId }] })).results).toMatchObject([
      { status: 'created' },
    ]);
    expect(await other.counts()).toMatchObject({
      rooms: 1,
      peers: 2,
      transports: 4,
      producers: 1,
      consumers: 1,
    });
    const late = await wide.join(room, 'Late');
    expect(late.snapshot.peers).toHaveLength(2);
    expect((await other.counts()).peers).toBe(3);
    expect(wide.malformed).toEqual([]);
    await wide.stop();
    await Promise.all([first.stop(), second.stop()]);
  });
});
