import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createMetrics, createRedis, type RedisConnection } from '@parley/common';
import { silentLogger, startRedis, waitFor, type TestRedis } from '@parley/common/testing';
import { PROTOCOL_VERSION, type RequestInput, type RoomCode } from '@parley/proto';
import { LiveStoreMetrics } from '../src/live/live-store-metrics.ts';
import { RedisLiveRoomStore } from '../src/live/redis-live-room-store.ts';
import { CuttableRelay } from './support/cuttable-relay.ts';
import { FakeMediaNode } from './support/fake-media-node.ts';
import { microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import { SignalingProcess } from './support/signaling-process.ts';
import { TestClient } from './support/test-client.ts';
import { INTERNAL_SECRET, TestBackend, type TestSignaling } from './support/test-signaling.ts';

const JOIN = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES };
const GRACE_MS = 3_000;

describe('several signaling instances', () => {
  let backend: TestBackend;
  let redis: TestRedis;
  let databaseUrl: string;
  let one: TestSignaling;
  let two: TestSignaling;
  let code: RoomCode;
  let ada: TestClient;
  let bob: TestClient;
  let databases = 0;

  const begin = async (env: { one?: Record<string, string>; two?: Record<string, string> } = {}) => {
    databaseUrl = await backend.postgres.createDatabase(`several${databases++}`);
    const common = {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      RESUME_GRACE_MS: String(GRACE_MS),
      INSTANCE_LOST_MS: '1000',
    };
    one = await backend.signaling({ ...common, ...env.one });
    two = await backend.signaling({ ...common, ...env.two });
    code = await one.createRoom();
    [ada, bob] = [await one.join(code, 'Ada'), await two.join(code, 'Bob')];
  };
  const end = async () => {
    const malformed = [...one.malformed, ...two.malformed];
    await Promise.all([one.stop(), two.stop()]);
    expect(malformed).toEqual([]);
  };
  const sees = (who: TestClient, whom: TestClient) => ({
    updated: (fits: (peer: TestClient['snapshot']['self']) => boolean) =>
      who.notified('peer:updated', ({ peer }) => peer.peerId === whom.peerId && fits(peer)),
    left: () => who.notified('peer:left', ({ peerId }) => peerId === whom.peerId),
  });
  const say = (who: TestClient, text: string, toPeerId: TestClient['peerId'] | null = null) => {
    const message: RequestInput<'chat:send'> = { clientMessageId: crypto.randomUUID(), toPeerId, text };
    return who.request('chat:send', message);
  };
  const heard = (who: TestClient) => who.notifications('chat:received').map(({ message }) => message.text);
  const untouched = (...clients: TestClient[]) => {
    for (const client of clients) {
      expect(client.socket.connected).toBe(true);
      expect(client.notifications('session:ended')).toEqual([]);
      expect(client.notifications('media:reset')).toEqual([]);
    }
  };

  beforeAll(async () => {
    backend = await TestBackend.start();
  }, 60_000);
  afterAll(() => backend.stop());

  describe('that share a Redis', () => {
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());
    beforeEach(() => begin());
    afterEach(() => end());

    test('serve one room: people see each other come, raise hands, mute, talk and go', async () => {
      expect(bob.snapshot.peers.map(({ displayName }) => displayName)).toEqual(['Ada']);
      expect(await ada.notified('peer:joined')).toMatchObject({ peer: { displayName: 'Bob' } });
      await ada.request('peer:set-hand', { raised: true });
      await sees(bob, ada).updated(({ handRaisedAt }) => handRaisedAt !== null);
      const { producerId } = await bob.request('producer:create', microphone());
      await sees(ada, bob).updated(({ producers }) => producers.length === 1);
      const { results } = await ada.request('consumer:create', { producers: [{ producerId }] });
      expect(results).toMatchObject([{ status: 'created' }]);
      await bob.request('producer:pause', { producerId });
      await sees(ada, bob).updated(({ producers }) => producers[0]?.paused === true);
      const carl = await one.join(code, 'Carl');
      await say(bob, 'to all');
      await say(bob, 'to ada', ada.peerId);
      await waitFor(() => heard(ada).length === 2);
      expect([heard(ada), heard(carl)]).toEqual([['to all', 'to ada'], ['to all']]);
      await bob.request('peer:react', { reaction: 'clap' });
      expect(await carl.notified('peer:reacted')).toEqual({ peerId: bob.peerId, reaction: 'clap' });
      await bob.request('room:leave', {});
      expect(await sees(ada, bob).left()).toMatchObject({ reason: 'left' });
      await waitFor(async () => (await backend.media.counts()).peers === 2);
    });

    test('hand a peer over to one another, by token and by secret, and the older socket is told', async () => {
      const token = await one.token(code, 'Tab');
      const first = await (await one.connectWith({ token })).join();
      const second = await (await two.connectWith({ token })).join();
      expect(await first.notified('session:ended')).toEqual({ reason: 'taken-over' });
      const third = await one.reconnect(second);
      expect((await third.resume()).mediaKept).toBe(true);
      expect(await second.notified('session:ended')).toEqual({ reason: 'taken-over' });
      expect(third.peerId).toBe(first.peerId);
      expect(ada.notifications('peer:left')).toEqual([]);
      await third.request('room:leave', {});
      const late = await two.connectWith({ token });
      expect(await late.refusal('room:join', JOIN)).toBe('token_used');
    });

    test('tell the holder of a peer, wherever, when a take-over fails after it closed the media', async () => {
      const token = await one.token(code, 'Tab');
      const first = await (await one.connectWith({ token })).join();
      await first.request('producer:create', microphone());
      const second = await two.connectWith({ token });
      const [codec] = RTP_CAPABILITIES.codecs ?? [];
      const nonsense = { codecs: [{ ...codec, parameters: { apt: 'none' } }], headerExtensions: [] };
      expect(await second.refusal('room:join', { ...JOIN, rtpCapabilities: nonsense })).toBe(
        'invalid_request',
      );
      await first.notified('media:reset');
      await first.reopen();
      await first.request('producer:create', microphone());
      expect(first.notifications('session:ended')).toEqual([]);
    });

    test('go on for one another: who was on the one that stops resumes on the other with their media', async () => {
      const { producerId } = await ada.request('producer:create', microphone());
      await ada.request('producer:pause', { producerId });
      const stopping = one.stop();
      expect(await ada.notified('session:ended')).toEqual({ reason: 'server-stopping' });
      const again = await two.reconnect(ada);
      const { snapshot, mediaKept } = await again.resume();
      expect(mediaKept).toBe(true);
      expect(snapshot.self).toMatchObject({ peerId: ada.peerId, producers: [{ producerId, paused: true }] });
      await stopping;
      expect(bob.notifications('peer:left')).toEqual([]);
      await say(again, 'still here');
      await waitFor(() => heard(bob).includes('still here'));
    });

    test('end the room with its last peer, and nothing is left of it on any of them', async () => {
      await ada.request('room:leave', {});
      bob.cut();
      await waitFor(async () => (await one.service.counts()).rooms === 0);
      await waitFor(async () => (await two.service.counts()).localRooms === 0);
      expect(await one.service.counts()).toMatchObject({ peers: 0, localRooms: 0 });
      await waitFor(async () => (await backend.media.counts()).rooms === 0);
    });
  });

  describe('with several media nodes', () => {
    let home: FakeMediaNode;
    let away: FakeMediaNode;
    let relay: CuttableRelay;
    let store: RedisLiveRoomStore;

    const move = (from: string, to: string) => store.moveRoom(code, from, to);
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
    const resets = (client: TestClient) => client.notifications('media:reset').length;

    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());
    beforeEach(async () => {
      [home, away] = [await FakeMediaNode.start(INTERNAL_SECRET), await FakeMediaNode.start(INTERNAL_SECRET)];
      away.cpu = 0.5;
      relay = await CuttableRelay.start(Number(new URL(redis.url).port));
      const env = { MEDIA_ADDRESSES: `${home.address},${away.address}` };
      await begin({ one: { ...env, REDIS_URL: `redis://127.0.0.1:${relay.port}` }, two: env });
      store = await RedisLiveRoomStore.create({
        url: redis.url,
        instanceId: crypto.randomUUID(),
        instanceLostMs: 10_000,
        departureMs: 60_000,
        metrics: new LiveStoreMetrics(createMetrics('test').registry),
        logger: silentLogger,
      });
      expect([home.peers.size, away.peers.size]).toEqual([2, 0]);
    });
    afterEach(async () => {
      store.close();
      await end();
      relay.close();
      await Promise.all([home.stop(), away.stop()]);
    });

    test('do not go back to a node that the room left, because of one who was away meanwhile', async () => {
      ada.cut();
      await sees(bob, ada).updated(({ connection }) => connection === 'reconnecting');
      await move(home.address, away.address);
      await bob.notified('media:reset');
      await bob.reopen();
      await waitFor(async () => (await peerOf(ada)).mediaNodeId === null);
      // As if the instance that held the peer had died before it heard of the move.
      await store.changePeer(code, ada.peerId, 'none', (peer) => ({ ...peer, mediaNodeId: home.address }));
      const again = await two.reconnect(ada);
      const { mediaKept, snapshot } = await again.resume();
      expect(mediaKept).toBe(false);
      expect(snapshot.self).toMatchObject({ connection: 'reconnecting', producers: [] });
      expect(await peerOf(ada)).toMatchObject({ mediaNodeId: null });
      await again.reopen();
      expect(await peerOf(ada)).toMatchObject({ mediaNodeId: away.address });
      await bob.settled();
      expect([resets(bob), resets(again)]).toEqual([1, 0]);
    });

    test('follow a room that moves while somebody opens their media again', async () => {
      home.meanwhile.set('openPeer', async () => {
        await move(home.address, away.address);
        await bob.notified('media:reset');
      });
      await ada.reopen();
      await bob.reopen();
      expect(await peerOf(ada)).toMatchObject({ mediaNodeId: away.address });
      await waitFor(() => !home.peers.has(ada.peerId));
      expect(away.peers).toEqual(new Set([ada.peerId, bob.peerId]));
      expect(resets(ada)).toBe(0);
    });

    test('lose their media, and do not stay apart, when it moves to one that is not known here', async () => {
      await move(home.address, 'media.elsewhere:5002');
      await Promise.all([ada, bob].map((client) => client.notified('media:reset')));
      await ada.reopen();
      await bob.reopen();
      expect((await peerOf(ada)).mediaNodeId).toBe((await peerOf(bob)).mediaNodeId);
      expect((await store.find(code))?.mediaNodeId).toBe((await peerOf(ada)).mediaNodeId);
    });

    test('bring one who found the room gone from Redis to the node of the call, and nobody else', async () => {
      await bob.request('room:leave', {});
      await sees(ada, bob).left();
      relay.cut();
      await waitFor(async () => (await one.notReady()).includes('redis'));
      await withInspector((inspector) => inspector.command('FLUSHALL'));
      await homeIsAvoidedBy(two);
      const carl = await two.join(code, 'Carl');
      expect(away.peers).toContain(carl.peerId);
      relay.mend();
      await carl.notified('media:reset');
      await carl.reopen();
      expect(await peerOf(carl)).toMatchObject({ mediaNodeId: home.address });
      await ada.settled();
      untouched(ada);
    });

    test('place one who joins where the call is, although Redis lost the room', async () => {
      await homeIsAvoidedBy(one);
      await withInspector((inspector) => inspector.command('FLUSHALL'));
      const carl = await one.join(code, 'Carl');
      expect(home.peers).toContain(carl.peerId);
      await sees(carl, bob).updated(() => true);
      untouched(ada, bob, carl);
    });
  });

  describe('of which one is killed', () => {
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());
    beforeEach(() => begin());
    afterEach(() => end());

    test('lose nobody who comes back to another; the others are seen as reconnecting, then as gone, with their media', async () => {
      const dying = await SignalingProcess.start({
        DATABASE_URL: databaseUrl,
        REDIS_URL: redis.url,
        MEDIA_ADDRESSES: backend.media.address,
        RESUME_GRACE_MS: String(GRACE_MS),
        INSTANCE_LOST_MS: '1000',
      });
      const joinThere = async (name: string) =>
        (await TestClient.connect(dying.url, { token: await one.token(code, name) })).join();
      const [returning, lost] = [await joinThere('Returning'), await joinThere('Lost')];
      const { producerId } = await returning.request('producer:create', microphone());
      await returning.request('producer:pause', { producerId });
      await returning.request('peer:set-hand', { raised: true });
      await dying.kill();
      const again = await two.reconnect(returning);
      const { snapshot, mediaKept } = await again.resume();
      expect(mediaKept).toBe(true);
      expect(snapshot.self).toMatchObject({
        peerId: returning.peerId,
        producers: [{ producerId, paused: true }],
      });
      expect(snapshot.self.handRaisedAt).not.toBeNull();
      await sees(ada, lost).updated(({ connection }) => connection === 'reconnecting');
      expect(await sees(bob, lost).left()).toMatchObject({ reason: 'timed-out' });
      expect(ada.notifications('peer:left').map(({ peerId }) => peerId)).toEqual([lost.peerId]);
      await waitFor(async () => (await backend.media.counts()).peers === 3);
      untouched(ada, bob);
    });
  });

  describe.each([
    { what: 'keeps its data', durable: true },
    { what: 'comes back empty', durable: false },
  ])('when their Redis is killed and $what', ({ durable }) => {
    beforeEach(async () => {
      redis = await startRedis({ durable });
      await begin();
    });
    afterEach(async () => {
      await end();
      await redis.stop();
    });

    test('go on with the call, refuse what needs it, and are in step again when it is back', async () => {
      const carl = await two.join(code, 'Carl');
      const [mine, his] = await Promise.all(
        [ada, bob].map((client) => client.request('producer:create', microphone())),
      );
      await sees(ada, bob).updated(({ producers }) => producers.length === 1);
      await bob.request('peer:set-hand', { raised: true });
      const token = await one.token(code, 'Late');
      const early = await one.connectWith({ token });
      await redis.kill();
      await waitFor(async () => (await one.notReady()).includes('redis'));

      expect(await early.refusal('room:join', JOIN)).toBe('unavailable');
      await expect(one.token(code)).rejects.toMatchObject({ code: 'unavailable' });
      expect(await bob.refusal('peer:set-hand', { raised: false })).toBe('unavailable');
      const [result] = (await ada.request('consumer:create', { producers: [his!] })).results;
      expect(result).toMatchObject({ status: 'created' });
      // Muted is muted, whatever the store can be told.
      expect(await ada.refusal('producer:pause', mine!)).toBe('unavailable');
      expect(await backend.media.pausedProducers(code)).toMatchObject({ [mine!.producerId]: true });
      expect(await carl.refusal('room:leave', {})).toBe('unavailable');
      carl.close();

      await redis.restart();
      await waitFor(async () => (await one.notReady()).length + (await two.notReady()).length === 0);
      await sees(bob, ada).updated(({ producers }) => producers[0]?.paused === true);
      expect(await sees(ada, carl).left()).toMatchObject({ reason: 'left' });
      const late = await waitFor(() => two.join(code, 'Later'));
      const byName = new Map(late.snapshot.peers.map((peer) => [peer.displayName, peer]));
      expect([...byName.keys()]).toEqual(['Ada', 'Bob']);
      expect(byName.get('Ada')).toMatchObject({ connection: 'connected', producers: [{ paused: true }] });
      expect(byName.get('Bob')).toMatchObject({ connection: 'connected', producers: [{ paused: false }] });
      expect(byName.get('Bob')?.handRaisedAt).not.toBeNull();
      expect(await backend.media.pausedProducers(code)).toMatchObject({ [mine!.producerId]: true });
      for (const client of [ada, bob]) expect(client.notifications('peer:left')).toHaveLength(1);
      await say(ada, 'and on');
      await waitFor(() => heard(bob).includes('and on') && heard(late).includes('and on'));
      untouched(ada, bob);
      const again = await one.reconnect(bob);
      expect((await again.resume()).mediaKept).toBe(true);
    });
  });

  describe('of which one is cut off from Redis', () => {
    let relay: CuttableRelay;

    beforeEach(async () => {
      redis = await startRedis();
      relay = await CuttableRelay.start(Number(new URL(redis.url).port));
      await begin({ two: { REDIS_URL: `redis://127.0.0.1:${relay.port}` } });
    });
    afterEach(async () => {
      await end();
      relay.close();
      await redis.stop();
    });

    test('make up for what it missed, and take its people for connected again', async () => {
      const dave = await one.join(code, 'Dave');
      await bob.notified('peer:joined');
      relay.cut();
      await waitFor(async () => (await two.notReady()).includes('redis'));
      await ada.request('peer:set-hand', { raised: true });
      await say(ada, 'are you there?');
      await say(ada, 'for bob', bob.peerId);
      await dave.request('room:leave', {});
      const eve = await one.join(code, 'Eve');
      await sees(ada, bob).updated(({ connection }) => connection === 'reconnecting');
      expect(bob.notifications('peer:left')).toEqual([]);

      relay.mend();
      await sees(bob, ada).updated(({ handRaisedAt }) => handRaisedAt !== null);
      expect(await sees(bob, dave).left()).toMatchObject({ reason: 'left' });
      await bob.notified('peer:joined', ({ peer }) => peer.peerId === eve.peerId);
      await waitFor(() => heard(bob).length === 2);
      expect(heard(bob)).toEqual(['are you there?', 'for bob']);
      await waitFor(() => {
        const seen = ada.notifications('peer:updated').filter(({ peer }) => peer.peerId === bob.peerId);
        return seen.at(-1)?.peer.connection === 'connected';
      });
      untouched(ada, bob, eve);
    });
  });
});
