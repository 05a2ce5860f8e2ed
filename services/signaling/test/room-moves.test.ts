import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startRedis, waitFor, type TestRedis } from '@parley/common/testing';
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
    await ada.request('producer:create', microphone());
    await ada.request('producer:create', camera());
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

  test('is silent for somebody whom a host mutes before the new media is there', async () => {
    const host = await instances.one.joinAs('host', instances.code, 'Hana');
    expect(atHome(ada)).toBe(true);
    await host.request('peer:mute', { peerId: ada.peerId });
    await waitFor(() => !atHome(ada));
  });

  test('leaves nothing of somebody who leaves in between', async () => {
    await ada.request('room:leave', {});
    await waitFor(() => !atHome(ada));
    expect(away.peers.has(ada.peerId)).toBe(false);
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
