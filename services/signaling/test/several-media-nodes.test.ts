import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRedis, type RedisConnection } from '@parley/common/redis';
import { createMetrics } from '@parley/common/service';
import { silentLogger, startRedis, waitFor, type TestRedis } from '@parley/common/testing';
import type { RoomCode } from '@parley/proto/ids';
import { LiveStoreMetrics } from '../src/store/live-store-metrics.ts';
import { RedisLiveRoomStore } from '../src/store/redis-live-room-store.ts';
import { CuttableRelay } from './support/cuttable-relay.ts';
import { FakeMediaNode } from './support/fake-media-node.ts';
import { microphone } from './support/rtp.ts';
import type { TestClient } from './support/test-client.ts';
import { MEDIA_GRPC_SECRET, TestBackend, type TestSignaling } from './support/test-signaling.ts';
import { sees, TwoInstances, untouched } from './support/two-instances.ts';

describe('several signaling instances with several media nodes', () => {
  let backend: TestBackend;
  let redis: TestRedis;
  let instances: TwoInstances;
  let one: TestSignaling;
  let two: TestSignaling;
  let code: RoomCode;
  let ada: TestClient;
  let bob: TestClient;
  let home: FakeMediaNode;
  let away: FakeMediaNode;
  let relay: CuttableRelay;
  let store: RedisLiveRoomStore;

  const peerOf = async ({ peerId }: TestClient) => {
    const peer = await store.findPeer(code, peerId);
    if (peer === undefined) throw new Error('not in the room');
    return peer;
  };
  const homeIsAvoidedBy = (instance: TestSignaling) => {
    home.cpu = 1;
    const isAvoided = async () => away.peers.has((await instance.join(await instance.createRoom())).peerId);
    return waitFor(isAvoided, { intervalMs: 200, what: 'new rooms go to the other node' });
  };
  const withInspector = async (task: (inspector: RedisConnection) => Promise<unknown>) => {
    const inspector = createRedis({ url: redis.url, name: 'inspector', logger: silentLogger });
    await inspector.whenReady(5_000);
    await task(inspector);
    inspector.close();
  };

  beforeAll(async () => {
    backend = await TestBackend.start();
    redis = await startRedis();
  }, 180_000);
  afterAll(async () => {
    await redis.stop();
    await backend.stop();
  });
  beforeEach(async () => {
    const { env, ...nodes } = await FakeMediaNode.startTwo(MEDIA_GRPC_SECRET);
    ({ home, away } = nodes);
    relay = await CuttableRelay.start(Number(new URL(redis.url).port));
    instances = await TwoInstances.start(backend, redis, {
      one: { ...env, REDIS_URL: `redis://127.0.0.1:${relay.port}` },
      two: env,
    });
    ({ one, two, code, ada, bob } = instances);
    store = await RedisLiveRoomStore.create({
      url: redis.url,
      instanceId: crypto.randomUUID(),
      instanceLostMs: 10_000,
      leaveReasonTtlMs: 60_000,
      metrics: new LiveStoreMetrics(createMetrics('test').registry),
      logger: silentLogger,
    });
    expect([home.peers.size, away.peers.size]).toEqual([2, 0]);
  });
  afterEach(async () => {
    store.close();
    await instances.stop();
    relay.close();
    await Promise.all([home.stop(), away.stop()]);
  });

  test('do not keep the media of a peer on a node that they do not know: it opens its media where the call is', async () => {
    ada.cut();
    await sees(bob, ada).updated(({ connection }) => connection === 'reconnecting');
    const elsewhere = 'media.elsewhere:5002';
    await store.changePeer(code, ada.peerId, 'none', (peer) => ({ ...peer, mediaNodeId: elsewhere }));
    const again = await two.reconnect(ada);
    const { mediaKept, snapshot } = await again.resume();
    expect(mediaKept).toBe(false);
    expect(snapshot.self).toMatchObject({ connection: 'reconnecting', producers: [] });
    expect(await peerOf(ada)).toMatchObject({ mediaNodeId: null });
    await again.reopen();
    expect(await peerOf(ada)).toMatchObject({ mediaNodeId: home.address });
    expect((await store.find(code))?.nodes).toEqual(new Map([[home.address, 2]]));
    untouched(bob);
  });

  test('leave a peer where it is that found the room gone from Redis, and the room goes on over both nodes', async () => {
    await bob.request('room:leave', {});
    await sees(ada, bob).left();
    relay.cut();
    await waitFor(async () => (await one.notReady()).includes('redis'));
    await withInspector((inspector) => inspector.command('FLUSHALL'));
    await homeIsAvoidedBy(two);
    const carl = await two.join(code, 'Carl');
    expect(away.peers).toContain(carl.peerId);
    relay.mend();
    await sees(carl, ada).updated(() => true);
    await waitFor(async () => (await store.find(code))?.nodes.size === 2);
    home.answersConsume = true;
    const { producerId } = await carl.request('producer:create', microphone());
    await sees(ada, carl).updated(({ producers }) => producers.length === 1);
    await ada.request('consumer:create', { producers: [{ producerId }] });
    expect(home.consumed).toEqual([{ peerId: ada.peerId, producerId, home: away.address }]);
    untouched(ada, carl);
  });

  test('place the first people of a call on one node, although each of them knew of no other', async () => {
    const empty = await one.createRoom();
    const mia = await one.connect(empty, 'Mia');
    home.meanwhile.set('openPeer', async () => {
      await homeIsAvoidedBy(two);
      await two.join(empty, 'Tom');
    });
    await mia.join();
    expect(mia.snapshot.peers.map(({ displayName }) => displayName)).toEqual(['Tom']);
    expect(away.peers).toContain(mia.peerId);
    expect((await store.find(empty))?.nodes).toEqual(new Map([[away.address, 2]]));
    await waitFor(() => !home.peers.has(mia.peerId));
  });

  test('end a join that waits for its media node when they stop, and leave nothing of it', async () => {
    const carl = await one.connect(code, 'Carl');
    const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    home.meanwhile.set('openPeer', () => {
      asked.resolve();
      return answer.promise;
    });
    const joining = carl.join().catch(() => undefined);
    await asked.promise;
    const stopping = one.stop();
    expect(await carl.notified('session:ended')).toEqual({ reason: 'server-stopping' });
    answer.resolve();
    await stopping;
    expect(await joining).toBeUndefined();
    expect(home.peers).toEqual(new Set([ada.peerId, bob.peerId]));
    const stored = (await store.find(code))?.peers.map(({ record }) => record.displayName);
    expect(stored?.toSorted()).toEqual(['Ada', 'Bob']);
  });

  test('end a resume in progress when they stop; the peer resumes elsewhere with the same secret', async () => {
    const again = await one.reconnect(ada);
    let stopping = Promise.resolve();
    let resuming: Promise<unknown> = Promise.resolve();
    await one.whileChatIsLocked(async () => {
      resuming = again.resume().catch(() => undefined);
      await waitFor(async () => (await one.service.counts()).queued === 1);
      stopping = one.stop();
      expect(await again.notified('session:ended')).toEqual({ reason: 'server-stopping' });
    });
    await stopping;
    expect(await resuming).toBeUndefined();
    expect((await peerOf(ada)).record.connection).toBe('reconnecting');
    await (await two.reconnect(ada)).resume();
    expect((await peerOf(ada)).record.connection).toBe('connected');
  });

  test('place a new peer where the call is, although Redis lost the room', async () => {
    await homeIsAvoidedBy(one);
    await withInspector((inspector) => inspector.command('FLUSHALL'));
    const carl = await one.join(code, 'Carl');
    expect(home.peers).toContain(carl.peerId);
    // The other instance puts Bob back before or after this join: he is in the snapshot, or an update brings him.
    const isThere = carl.snapshot.peers.some(({ peerId }) => peerId === bob.peerId);
    if (!isThere) await sees(carl, bob).updated(() => true);
    untouched(ada, bob, carl);
  });
});
