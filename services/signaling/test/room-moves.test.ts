import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startRedis, waitFor, type TestRedis } from '@parley/common/testing';
import type { ProducerId } from '@parley/proto/ids';
import { FakeMediaNode } from './support/fake-media-node.ts';
import { camera, microphone } from './support/rtp.ts';
import type { TestClient } from './support/test-client.ts';
import { MEDIA_GRPC_SECRET, TestBackend } from './support/test-signaling.ts';
import { sees, TwoInstances } from './support/two-instances.ts';

describe('a room whose media node is about to stop', () => {
  let backend: TestBackend;
  let redis: TestRedis;
  let instances: TwoInstances;
  let home: FakeMediaNode;
  let away: FakeMediaNode;
  let ada: TestClient;
  let bob: TestClient;
  /** What Ada sends from there. */
  let sent: { microphone: ProducerId; camera: ProducerId };

  /** What Bob was notified of about Ada, the newest last. */
  const recordsAtBob = () =>
    bob
      .notifications('peer:updated')
      .filter(({ peer }) => peer.peerId === ada.peerId)
      .map(({ peer }) => peer);
  const atHome = (client: TestClient) => home.peers.has(client.peerId);

  beforeAll(async () => {
    backend = await TestBackend.start();
    redis = await startRedis();
  }, 180_000);
  afterAll(async () => {
    await redis.stop();
    await backend.stop();
  });
  beforeEach(async () => {
    const nodes = await FakeMediaNode.startTwo(MEDIA_GRPC_SECRET);
    ({ home, away } = nodes);
    instances = await TwoInstances.start(backend, redis, { one: nodes.env, two: nodes.env });
    ({ ada, bob } = instances);
    sent = {
      microphone: (await ada.request('producer:create', microphone())).producerId,
      camera: (await ada.request('producer:create', camera())).producerId,
    };
    await waitFor(() => recordsAtBob().at(-1)?.producers.length === 2);
    home.draining = true;
    for (const client of [ada, bob])
      expect(await client.notified('media:reset')).toEqual({ reason: 'room-moved' });
  });
  afterEach(async () => {
    await instances.stop();
    await Promise.all([home.stop(), away.stop()]);
  });

  test('keeps what its people send until they have opened their media elsewhere, and then for a moment', async () => {
    expect([atHome(ada), atHome(bob)]).toEqual([true, true]);
    await ada.reopen();
    await bob.reopen();
    expect(away.peers).toEqual(new Set([ada.peerId, bob.peerId]));
    const { producerId } = await ada.request('producer:create', microphone());
    expect([atHome(ada), atHome(bob)]).toEqual([true, true]);
    await waitFor(() => home.peers.size === 0, { timeoutMs: 20_000 });
    // What she did not send again has ended with the former node.
    await waitFor(() => recordsAtBob().at(-1)?.producers.length === 1);
    expect(recordsAtBob().at(-1)?.producers).toMatchObject([{ producerId, source: 'microphone' }]);
    expect(recordsAtBob().every(({ connection }) => connection === 'connected')).toBe(true);
    expect(bob.notifications('peer:left')).toEqual([]);
  });

  test('is silent on both nodes as soon as somebody is muted', async () => {
    await ada.reopen();
    const { producerId } = await ada.request('producer:create', microphone());
    expect(atHome(ada)).toBe(true);
    await ada.request('producer:pause', { producerId });
    expect(atHome(ada)).toBe(false);
    await sees(bob, ada).updated(({ producers }) => producers.length === 1 && producers[0]?.paused === true);
  });

  test('sends nothing of a source any more that somebody closes on the next node', async () => {
    await ada.reopen();
    const { producerId } = await ada.request('producer:create', camera());
    expect(atHome(ada)).toBe(true);
    await ada.request('producer:close', { producerId });
    expect([atHome(ada), away.isPaused(ada.peerId, producerId)]).toEqual([false, undefined]);
    await waitFor(() => recordsAtBob().at(-1)?.producers.length === 0);
  });

  test('is silent for somebody whom a host mutes before the new media is there', async () => {
    const host = await instances.one.joinAs('host', instances.code, 'Hana');
    expect(atHome(ada)).toBe(true);
    await host.request('peer:mute', { peerId: ada.peerId });
    await waitFor(() => !atHome(ada));
  });

  test.each(['producer:close', 'producer:pause'] as const)(
    'goes on with the rest of what somebody sends who ends the camera by %s before the new media is there',
    async (verb) => {
      await ada.request(verb, { producerId: sent.camera });
      expect(home.isPaused(ada.peerId, sent.camera)).toBeUndefined();
      expect(home.isPaused(ada.peerId, sent.microphone)).toBe(false);
      await waitFor(() => recordsAtBob().at(-1)?.producers.length === 1);
      expect(recordsAtBob().at(-1)?.producers).toMatchObject([
        { producerId: sent.microphone, paused: false },
      ]);
      expect(await ada.refusal('producer:resume', { producerId: sent.camera })).toBe('producer_not_found');
      expect(await bob.refusal(verb, { producerId: sent.microphone })).toBe('producer_not_found');
    },
  );

  test('ends as a whole for somebody who ends a part of it, where the node does not answer that', async () => {
    home.failNext('closeProducer');
    await ada.request('producer:close', { producerId: sent.camera });
    await waitFor(() => !atHome(ada));
    await waitFor(() => recordsAtBob().at(-1)?.producers.length === 0);
  });

  test.each([false, true])(
    'shows nothing more of a camera that a host stops (new media there: %s)',
    async (isOpened) => {
      const host = await instances.one.joinAs('host', instances.code, 'Hana');
      if (isOpened) {
        await ada.reopen();
        await ada.request('producer:create', camera());
      }
      expect(atHome(ada)).toBe(true);
      await host.request('peer:stop', { peerId: ada.peerId, source: 'camera' });
      // Before its time is over.
      await waitFor(() => !atHome(ada), { timeoutMs: 5_000 });
      const shown = (): boolean | undefined =>
        recordsAtBob()
          .at(-1)
          ?.producers.some(({ source }) => source === 'camera');
      await waitFor(() => shown() === false);
    },
  );

  test('ends after ten seconds for somebody whose page does nothing, whom the others see reconnecting then', async () => {
    await bob.reopen();
    expect(recordsAtBob().at(-1)).toMatchObject({ connection: 'connected' });
    await waitFor(() => !atHome(ada), { timeoutMs: 15_000 });
    await sees(bob, ada).updated(
      ({ connection, producers }) => connection === 'reconnecting' && producers.length === 0,
    );
    await ada.reopen();
    await waitFor(() => recordsAtBob().at(-1)?.connection === 'connected');
  });

  test('leaves nothing of somebody who leaves in between', async () => {
    await ada.request('room:leave', {});
    await waitFor(() => !atHome(ada));
    expect(away.peers.has(ada.peerId)).toBe(false);
  });

  test.each([false, true])(
    'leaves nothing of somebody whom a host removes (new media there: %s)',
    async (isOpened) => {
      const host = await instances.two.joinAs('host', instances.code, 'Hana');
      if (isOpened) await ada.reopen();
      await host.request('peer:remove', { peerId: ada.peerId });
      await waitFor(() => !atHome(ada) && !away.peers.has(ada.peerId));
      expect(await ada.notified('session:ended')).toEqual({ reason: 'removed' });
    },
  );

  test('is silent for somebody who becomes a viewer in between, and sends nothing from the next node', async () => {
    const host = await instances.two.joinAs('host', instances.code, 'Hana');
    await host.request('peer:set-role', { peerId: ada.peerId, role: 'viewer' });
    await waitFor(() => !atHome(ada));
    await sees(bob, ada).updated(({ role, producers }) => role === 'viewer' && producers.length === 0);
    expect(await ada.refusal('transport:open-send', {})).toBe('forbidden');
    await ada.reopen();
    expect(await ada.refusal('producer:create', microphone())).toBe('forbidden');
    await host.request('peer:set-role', { peerId: ada.peerId, role: 'participant' });
    await sees(ada, ada).updated(({ role, producers }) => role === 'participant' && producers.length === 0);
    await ada.request('producer:create', microphone());
    await waitFor(() => recordsAtBob().at(-1)?.producers.length === 1);
  });

  test('gives nobody a transport to send on who has opened no other media yet', async () => {
    expect(await ada.refusal('transport:open-send', {})).toBe('media_unavailable');
    await ada.reopen();
    const { transport } = await ada.request('transport:open-send', {});
    expect([away.sending.has(ada.peerId), transport.transportId.length > 0]).toEqual([true, true]);
  });

  test('is opened anew by somebody whose socket was lost in between', async () => {
    ada.cut();
    await sees(bob, ada).updated(({ connection }) => connection === 'reconnecting');
    const again = await instances.two.reconnect(ada);
    const { mediaKept, snapshot } = await again.resume();
    expect(mediaKept).toBe(false);
    expect(snapshot.self.connection).toBe('reconnecting');
    await again.reopen();
    await sees(bob, ada).updated(({ connection }) => connection === 'connected');
    expect(away.peers.has(ada.peerId)).toBe(true);
    await waitFor(() => !atHome(ada));
  });
});
