import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startRedis, waitFor, type TestRedis } from '@parley/common/testing';
import type { RoomCode } from '@parley/proto/ids';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { CuttableRelay } from './support/cuttable-relay.ts';
import { microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import { SignalingProcess } from './support/signaling-process.ts';
import { TestClient } from './support/test-client.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';
import { GRACE_MS, chatOf, say, sees, TwoInstances, untouched } from './support/two-instances.ts';

const JOIN = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES };

describe('several signaling instances', () => {
  let backend: TestBackend;
  let redis: TestRedis;
  let databaseUrl: string;
  let instances: TwoInstances;
  let one: TestSignaling;
  let two: TestSignaling;
  let code: RoomCode;
  let ada: TestClient;
  let bob: TestClient;

  const begin = async (env: Parameters<typeof TwoInstances.start>[2] = {}) => {
    instances = await TwoInstances.start(backend, redis, env);
    ({ databaseUrl, one, two, code, ada, bob } = instances);
  };
  const end = () => instances.stop();

  beforeAll(async () => {
    backend = await TestBackend.start();
  }, 180_000);
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
      await waitFor(() => chatOf(ada).length === 2);
      expect([chatOf(ada), chatOf(carl)]).toEqual([['to all', 'to ada'], ['to all']]);
      await bob.request('peer:react', { reaction: 'clap' });
      expect(await carl.notified('peer:reacted')).toEqual({ peerId: bob.peerId, reaction: 'clap' });
      await bob.request('room:leave', {});
      expect(await sees(ada, bob).left()).toMatchObject({ reason: 'left' });
      await waitFor(async () => (await backend.media.counts()).peers === 2);
    });

    test('hand a peer over to one another, by token and by secret, and the older socket is notified', async () => {
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

    test('notify the holder of a peer, on whichever instance, when a take-over fails after it closed the media', async () => {
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

    test('continue for one another: a peer of an instance that stops resumes on the other one and keeps its media', async () => {
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
      await waitFor(() => chatOf(bob).includes('still here'));
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

  describe('of which one is killed', () => {
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());
    beforeEach(() => begin());
    afterEach(() => end());

    test('lose no peer that resumes on another one; the other peers are seen reconnecting, then leave with their media', async () => {
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
      for (const client of [ada, bob])
        expect(await sees(client, lost).left()).toMatchObject({ reason: 'timed-out' });
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
      // A muted producer stays muted even if the store cannot be changed.
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
      await waitFor(() => chatOf(bob).includes('and on') && chatOf(late).includes('and on'));
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
      await waitFor(() => chatOf(bob).length === 2);
      expect(chatOf(bob)).toEqual(['are you there?', 'for bob']);
      await waitFor(() => {
        const seen = ada.notifications('peer:updated').filter(({ peer }) => peer.peerId === bob.peerId);
        return seen.at(-1)?.peer.connection === 'connected';
      });
      untouched(ada, bob, eve);
    });

    test('show nobody leaving whom the store could not be given back for longer than the grace, because it went away again', async () => {
      const comparisons = async (): Promise<number> => {
        const [, count] =
          /room_resyncs_total\{[^}]*outcome="ok"[^}]*\} (\d+)/.exec(await one.metrics()) ?? [];
        return Number(count ?? 0);
      };
      relay.cut();
      await redis.kill();
      await redis.restart();
      // The store is empty, and the second instance cannot put Bob back.
      await waitFor(async () => (await comparisons()) > 0, {
        what: 'the first instance to compare the room',
      });
      await redis.kill();
      await pause(GRACE_MS);
      await redis.restart();
      const before = await comparisons();
      await waitFor(async () => (await comparisons()) > before, { what: 'it to compare the room again' });
      relay.mend();
      await waitFor(async () => (await one.notReady()).length + (await two.notReady()).length === 0);

      const late = await waitFor(() => one.join(code, 'Late'));
      await waitFor(() => late.notifications('peer:joined').length === 1 || late.snapshot.peers.length === 2);
      expect(ada.notifications('peer:left')).toEqual([]);
      untouched(ada, bob);
    });

    test('refuse chat of a socket whose peer another one took over, when only events do not arrive', async () => {
      relay.cutNamed('parley-signaling-events');
      await waitFor(async () => (await two.notReady()).includes('redis'));
      const again = await one.reconnect(bob);
      await again.resume();
      await expect(say(bob, 'to all')).rejects.toThrow('unavailable');
      await say(again, 'from the new socket');
      await waitFor(() => chatOf(ada).length > 0);
      expect(chatOf(ada)).toEqual(['from the new socket']);
      relay.mend();
      expect(await bob.notified('session:ended')).toEqual({ reason: 'taken-over' });
    });
  });
});
