import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { waitFor } from '@parley/common/testing';
import { camera, microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import { Refusal, type TestClient } from './support/test-client.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

const JOIN = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES };

describe('a lost socket', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;
  let code: RoomCode;
  let ada: TestClient;
  let bob: TestClient;

  const begin = async (env: Record<string, string> = {}): Promise<void> => {
    signaling = await backend.signaling(env);
    code = await signaling.createRoom();
    [ada, bob] = [await signaling.join(code, 'Ada'), await signaling.join(code, 'Bob')];
  };
  const refusedWith = async (secret: string): Promise<string | undefined> => {
    const refusal = await signaling.connectWith({ resumeSecret: secret }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    return (refusal as Refusal).body?.code;
  };
  const seenReconnecting = () =>
    bob.notified(
      'peer:updated',
      ({ peer }) => peer.peerId === ada.peerId && peer.connection === 'reconnecting',
    );

  beforeAll(async () => {
    backend = await TestBackend.start();
  }, 180_000);
  afterAll(() => backend.stop());
  afterEach(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    expect(malformed).toEqual([]);
  });

  describe('of a peer that comes back in time', () => {
    beforeEach(() => begin({ RESUME_GRACE_MS: '20000' }));

    test('is seen as reconnecting and then as connected, and the media stays', async () => {
      const { producerId } = await ada.request('producer:create', microphone());
      await ada.request('producer:pause', { producerId });
      ada.cut();
      await seenReconnecting();
      const again = await signaling.reconnect(ada);
      const { snapshot, mediaKept } = await again.resume();
      expect(mediaKept).toBe(true);
      expect(snapshot.self).toMatchObject({
        peerId: ada.peerId,
        connection: 'connected',
        producers: [{ producerId, paused: true }],
      });
      expect(snapshot.peers.map(({ peerId }) => peerId)).toEqual([bob.peerId]);
      await bob.notified(
        'peer:updated',
        ({ peer }) => peer.version === snapshot.self.version && peer.connection === 'connected',
      );
      await again.request('producer:resume', { producerId });
      const { transportId } = ada.transports.send;
      await again.request('transport:restart-ice', { transportId });
      expect(bob.notifications('peer:left')).toEqual([]);
      expect(await backend.media.counts()).toMatchObject({ peers: 2, transports: 4, producers: 1 });
    });

    test('is measured from the loss of the socket to the return', async () => {
      const measured = async () => {
        const text = await signaling.metrics();
        const read = (part: string) =>
          Number(new RegExp(`parley_signaling_reconnect_seconds_${part}\\{[^}]*\\} (\\S+)`).exec(text)?.[1]);
        return { count: read('count'), sum: read('sum') };
      };
      const before = await measured();
      const cutAt = Date.now();
      ada.cut();
      await seenReconnecting();
      const again = await signaling.reconnect(ada);
      await again.resume();
      const after = await measured();
      expect(after.count).toBe(before.count + 1);
      expect(after.sum - before.sum).toBeGreaterThanOrEqual(0);
      expect(after.sum - before.sum).toBeLessThanOrEqual((Date.now() - cutAt) / 1000);
      expect(await signaling.metrics()).toMatch(/parley_signaling_resumes_total\{outcome="ok"[^}]*\} [1-9]/);
      // However often somebody comes back, it is one network.
      expect(await signaling.metrics()).toMatch(/parley_signaling_networks_resumed\{[^}]*\} 1\n/);
    });

    test('shows the peer what happened meanwhile', async () => {
      ada.cut();
      await seenReconnecting();
      await bob.request('peer:set-hand', { raised: true });
      await bob.request('chat:send', {
        clientMessageId: crypto.randomUUID(),
        toPeerId: ada.peerId,
        text: 'where are you?',
      });
      const carl = await signaling.join(code, 'Carl');
      const again = await signaling.reconnect(ada);
      const { snapshot } = await again.resume();
      expect(snapshot.peers.map(({ displayName }) => displayName)).toEqual(['Bob', 'Carl']);
      expect(snapshot.peers[0]?.handRaisedAt).not.toBeNull();
      expect(snapshot.chat).toMatchObject([{ text: 'where are you?' }]);
      expect(carl.snapshot.peers.find(({ peerId }) => peerId === ada.peerId)?.connection).toBe(
        'reconnecting',
      );
    });

    test('notifies again which layers are wanted, which is otherwise sent on change only', async () => {
      const { producerId } = await ada.request('producer:create', camera());
      const { results } = await bob.request('consumer:create', {
        producers: [{ producerId, preferredLayers: { spatialLayer: 1 } }],
      });
      const [result] = results;
      if (result?.status !== 'created') throw new Error('not consumed');
      await bob.request('consumer:resume', { consumerIds: [result.consumer.consumerId] });
      await ada.notified(
        'producer:layers-wanted',
        ({ wanted, maxSpatialLayer }) => wanted && maxSpatialLayer === 1,
      );
      ada.cut();
      await seenReconnecting();
      const again = await signaling.reconnect(ada);
      await again.resume();
      expect(await again.notified('producer:layers-wanted')).toEqual({
        producerId,
        wanted: true,
        maxSpatialLayer: 1,
      });
    });

    test('gives a new secret, and keeps the old one until the new one was used, because its reply may be lost', async () => {
      const first = ada.resumeSecret;
      ada.cut();
      const second = await signaling.reconnect(ada);
      await second.resume();
      expect(second.resumeSecret).not.toBe(first);
      second.cut();
      const repeated = await signaling.connectWith({ resumeSecret: first });
      await repeated.resume();
      repeated.cut();
      const third = await signaling.reconnect(repeated);
      await third.resume();
      expect(await refusedWith(second.resumeSecret)).toBe('resume_rejected');
    });

    test('is not needed for a resume: the new socket takes over, and the older socket is notified and ended', async () => {
      const again = await signaling.reconnect(ada);
      await again.resume();
      expect(await ada.notified('session:ended')).toEqual({ reason: 'taken-over' });
      await waitFor(() => !ada.socket.connected);
      await again.request('peer:set-hand', { raised: true });
      await bob.settled();
      expect(bob.notifications('peer:left')).toEqual([]);
      expect(bob.notifications('peer:updated').every(({ peer }) => peer.connection === 'connected')).toBe(
        true,
      );
    });

    test('resumed by two sockets at once leaves one of them in the room', async () => {
      const sockets = await Promise.all([signaling.reconnect(ada), signaling.reconnect(ada)]);
      const replies = await Promise.all(
        sockets.map((socket) => socket.attempt('room:resume', { protocol: PROTOCOL_VERSION })),
      );
      expect(replies.map(({ ok }) => ok)).toEqual([true, true]);
      await waitFor(() => sockets.filter(({ socket }) => socket.connected).length === 1);
      const [kept] = sockets.filter(({ socket }) => socket.connected);
      await kept?.request('peer:set-hand', { raised: true });
      expect((await signaling.service.counts()).peers).toBe(2);
    });

    test('with a join token that was used takes the peer over with new media, as the reply may have been lost', async () => {
      const token = await signaling.token(code, 'Tab');
      const first = await (await signaling.connectWith({ token })).join();
      await first.request('producer:create', microphone());
      await first.request('peer:set-hand', { raised: true });
      const second = await (await signaling.connectWith({ token })).join();
      expect(await first.notified('session:ended')).toEqual({ reason: 'taken-over' });
      expect(second.peerId).toBe(first.peerId);
      expect(second.snapshot.self).toMatchObject({ displayName: 'Tab', producers: [] });
      expect(second.snapshot.self.handRaisedAt).not.toBeNull();
      expect(second.transports.send.transportId).not.toBe(first.transports.send.transportId);
      await second.request('producer:create', microphone());
      await waitFor(async () => {
        const { peers, transports, producers } = await backend.media.counts();
        return peers === 3 && transports === 6 && producers === 1;
      });
      expect(await refusedWith(first.resumeSecret)).toBe('resume_rejected');
      await second.request('room:leave', {});
      // After the leave the old token opens nothing, wherever it was copied. A new one is needed.
      const third = await signaling.connectWith({ token });
      expect(await third.refusal('room:join', JOIN)).toBe('token_used');
      await waitFor(async () => (await backend.media.counts()).peers === 2);
    });
  });

  describe('of a peer that does not come back', () => {
    beforeEach(() => begin({ RESUME_GRACE_MS: '300' }));

    test('leaves: everybody is notified, and the media is released', async () => {
      await ada.request('producer:create', microphone());
      ada.cut();
      await seenReconnecting();
      expect(await bob.notified('peer:left')).toEqual({ peerId: ada.peerId, reason: 'timed-out' });
      await waitFor(async () => (await backend.media.counts()).peers === 1);
      expect(await refusedWith(ada.resumeSecret)).toBe('resume_rejected');
      const [row] = await waitFor(async () => {
        const rows = await signaling.query<{ leave_reason: string }>(
          `SELECT leave_reason FROM rooms.call_sessions WHERE display_name = 'Ada' AND left_at IS NOT NULL`,
        );
        return rows.length === 1 && rows;
      });
      expect(row).toEqual({ leave_reason: 'timed-out' });
    });

    test('leaves too when the socket that resumes is lost before the answer', async () => {
      ada.cut();
      await seenReconnecting();
      const again = await signaling.reconnect(ada);
      const sockets = (await signaling.service.counts()).sockets;
      await signaling.whileChatIsLocked(async () => {
        again.socket.emit('room:resume', { protocol: PROTOCOL_VERSION }, () => undefined);
        // Answered before what is queued, so the resume has begun when this is refused.
        await again.socket.timeout(5_000).emitWithAck('no:such-request', {});
        again.cut();
        await waitFor(async () => (await signaling.service.counts()).sockets < sockets);
      });
      expect(await bob.notified('peer:left')).toEqual({ peerId: ada.peerId, reason: 'timed-out' });
    });

    test('ends the room with the last peer', async () => {
      ada.cut();
      bob.close();
      await waitFor(async () => (await signaling.service.counts()).rooms === 0);
      expect(await signaling.service.counts()).toMatchObject({ peers: 0, sockets: 0, localRooms: 0 });
      await waitFor(async () => (await backend.media.counts()).rooms === 0);
    });
  });

  describe('of a peer whose page says that it goes away', () => {
    test('is seen as reconnecting, and the page that is loaded next goes on as the same peer, with new media', async () => {
      await begin({ RESUME_GRACE_MS: '20000', CLOSED_GRACE_MS: '20000' });
      const { producerId } = await ada.request('producer:create', microphone());
      await ada.request('producer:pause', { producerId });
      await ada.request('room:suspend', {});
      await waitFor(() => !ada.socket.connected);
      await seenReconnecting();
      const next = await signaling.reconnect(ada);
      const { snapshot } = await next.resume();
      // The next page reads from this that it must not be heard.
      expect(snapshot.self).toMatchObject({
        peerId: ada.peerId,
        producers: [{ source: 'microphone', paused: true }],
      });
      await next.reopen();
      await next.request('producer:create', camera());
      await bob.notified(
        'peer:updated',
        ({ peer }) =>
          peer.peerId === ada.peerId &&
          peer.connection === 'connected' &&
          peer.producers.map(({ source }) => source).join() === 'camera',
      );
      expect(bob.notifications('peer:left')).toEqual([]);
      expect(bob.notifications('peer:joined')).toEqual([]);
      expect(await backend.media.counts()).toMatchObject({ peers: 2, transports: 4, producers: 1 });
      // A page takes as long as it takes: this is no gap of a network.
      expect(await signaling.metrics()).not.toMatch(
        /parley_signaling_reconnect_seconds_count\{[^}]*\} [1-9]/,
      );
    });

    test('leaves after the shorter grace, which the loss of the socket does not lengthen', async () => {
      await begin({ RESUME_GRACE_MS: '60000', CLOSED_GRACE_MS: '200' });
      await ada.request('room:suspend', {});
      await waitFor(() => !ada.socket.connected);
      await seenReconnecting();
      expect(await bob.notified('peer:left')).toEqual({ peerId: ada.peerId, reason: 'timed-out' });
      expect(await refusedWith(ada.resumeSecret)).toBe('resume_rejected');
    });

    test('has the whole grace again after it came back', async () => {
      await begin({ RESUME_GRACE_MS: '60000', CLOSED_GRACE_MS: '300' });
      await ada.request('room:suspend', {});
      const next = await signaling.reconnect(ada);
      await next.resume();
      next.cut();
      const carl = await signaling.join(code, 'Carl');
      await carl.request('room:suspend', {});
      await bob.notified('peer:left', ({ peerId }) => peerId === carl.peerId);
      expect(bob.notifications('peer:left').map(({ peerId }) => peerId)).toEqual([carl.peerId]);
    });
  });

  describe('before the join was answered', () => {
    beforeEach(() => begin());

    test('leaves no peer behind', async () => {
      const hasty = await signaling.connect(code, 'Hasty');
      hasty.socket.emit(
        'room:join',
        { protocol: PROTOCOL_VERSION, rtpCapabilities: { codecs: [], headerExtensions: [] } },
        () => undefined,
      );
      hasty.socket.emit('chat:list', { limit: 1 }, () => undefined);
      hasty.cut();
      await waitFor(async () => {
        const { sockets, peers, queued } = await signaling.service.counts();
        return sockets === 2 && peers === 2 && queued === 0;
      });
      const late = await signaling.join(code);
      expect(late.snapshot.peers.map(({ displayName }) => displayName)).toEqual(['Ada', 'Bob']);
      await waitFor(async () => (await backend.media.counts()).peers === 3);
    });
  });
});
