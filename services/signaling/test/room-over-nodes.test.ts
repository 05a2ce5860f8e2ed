import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRedis } from '@parley/common/redis';
import { silentLogger, startRedis, waitFor, type TestRedis } from '@parley/common/testing';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId, RoomCode } from '@parley/proto/ids';
import { FakeMediaNode } from './support/fake-media-node.ts';
import { camera, microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import type { TestClient } from './support/test-client.ts';
import { MEDIA_GRPC_SECRET, TestBackend, type TestSignaling } from './support/test-signaling.ts';
import { sees, TwoInstances, untouched } from './support/two-instances.ts';

describe('a room over two media nodes', () => {
  let backend: TestBackend;
  let redis: TestRedis;
  let instances: TwoInstances;
  let one: TestSignaling;
  let two: TestSignaling;
  let code: RoomCode;
  /** Their media is on `home`. Ada is on the first instance, Bob on the second. */
  let ada: TestClient;
  let bob: TestClient;
  /** Their media is on `away`. Carl is on the first instance, Dora on the second. */
  let carl: TestClient;
  let dora: TestClient;
  let home: FakeMediaNode;
  let away: FakeMediaNode;

  const produce = async (who: TestClient, what = microphone()): Promise<ProducerId> => {
    const { producerId } = await who.request('producer:create', what);
    const isKnown = ({ producers }: TestClient['snapshot']['self']) =>
      producers.some((producer) => producer.producerId === producerId);
    for (const other of [ada, bob, carl, dora]) if (other !== who) await sees(other, who).updated(isKnown);
    return producerId;
  };
  const consume = (who: TestClient, ...producerIds: ProducerId[]) =>
    who.request('consumer:create', { producers: producerIds.map((producerId) => ({ producerId })) });
  const peersOn = (node: FakeMediaNode) => new Set(node.peers);
  const ids = (...clients: TestClient[]) => new Set(clients.map(({ peerId }) => peerId));
  const metric = async (name: string) =>
    new RegExp(`^parley_signaling_${name}.* (\\d+)$`, 'm').exec(await one.metrics())?.[1];
  const resets = (client: TestClient) => client.notifications('media:reset');
  const wait = (ms: number) => {
    const until = performance.now() + ms;
    return waitFor(() => performance.now() > until, { timeoutMs: ms + 5_000 });
  };
  /** Resolves when both instances know whether `home` takes further people. */
  const homeTakes = async (accepting: boolean) => {
    home.accepting = accepting;
    await wait(1_500);
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
    home.answersConsume = true;
    away.answersConsume = true;
    instances = await TwoInstances.start(backend, redis, { one: env, two: env });
    ({ one, two, code, ada, bob } = instances);
    await homeTakes(false);
    carl = await one.join(code, 'Carl');
    dora = await two.join(code, 'Dora');
    expect([peersOn(home), peersOn(away)]).toEqual([ids(ada, bob), ids(carl, dora)]);
  });
  afterEach(async () => {
    await instances.stop();
    await Promise.all([home.stop(), away.stop()]);
  });

  test('names the node of a producer to the other node, and to nobody else', async () => {
    const ofAda = await produce(ada);
    const ofDora = await produce(dora, camera());
    const { results } = await consume(bob, ofAda, ofDora);
    expect(results.map(({ producerId }) => producerId)).toEqual([ofAda, ofDora]);
    await consume(carl, ofDora, ofAda);
    expect(home.consumed).toEqual([
      { peerId: bob.peerId, producerId: ofAda, home: '' },
      { peerId: bob.peerId, producerId: ofDora, home: away.address },
    ]);
    expect(away.consumed).toEqual([
      { peerId: carl.peerId, producerId: ofDora, home: '' },
      { peerId: carl.peerId, producerId: ofAda, home: home.address },
    ]);
    const received = JSON.stringify(
      [ada, bob, carl, dora].map((client) => [client.snapshot, client.received]),
    );
    for (const node of [home, away]) expect(received).not.toContain(node.address);
  });

  test('names it with the first consumers of a join as well', async () => {
    const [ofAda, ofDora] = [await produce(ada), await produce(dora)];
    await homeTakes(true);
    const late = await two.connect(code, 'Late');
    await late.request('room:join', { protocol: 1, rtpCapabilities: RTP_CAPABILITIES, firstPictures: 9 });
    expect(home.consumed.map(({ producerId, home: from }) => [producerId, from])).toEqual([
      [ofAda, ''],
      [ofDora, away.address],
    ]);
  });

  test('refuses a producer that nobody in the room has', async () => {
    const { results } = await consume(carl, crypto.randomUUID() as ProducerId);
    expect(results).toMatchObject([{ status: 'failed', error: { code: 'producer_not_found' } }]);
    expect(away.consumed).toEqual([]);
  });

  test('puts who comes next where there is space, and counts itself', async () => {
    await homeTakes(true);
    const late = await two.join(code, 'Late');
    expect(peersOn(home)).toEqual(ids(ada, bob, late));
    expect(await metric('rooms_over_nodes')).toBe('1');
    // One more operation of the store than for another join.
    expect(await metric('placements_total.*"space"')).toBe('1');
    expect(await metric('store_operation_seconds_count.*"addNode"')).toBe('1');
  });

  test('is on no further node while its own one has no port left for a link', async () => {
    const own = await one.createRoom();
    const first = await one.join(own, 'First');
    expect(away.peers.has(first.peerId)).toBe(true);
    const comeWhileFull = async () => {
      away.meanwhile.set('openPeer', () => {
        throw new ParleyError('at_capacity');
      });
      const late = await one.connect(own, 'Late');
      return late.attempt('room:join', { protocol: 1, rtpCapabilities: RTP_CAPABILITIES });
    };
    away.freePipePorts = 0;
    await homeTakes(true);
    const before = home.peers.size;
    expect(await comeWhileFull()).toMatchObject({ ok: false, error: { code: 'at_capacity' } });
    expect(home.peers.size).toBe(before);
    away.freePipePorts = 1;
    await homeTakes(true);
    expect(await comeWhileFull()).toMatchObject({ ok: true });
    expect(home.peers.size).toBe(before + 1);
  });

  test('puts somebody on the other node whose own one refuses for want of space, and says so when both do', async () => {
    await homeTakes(true);
    const full = () => {
      throw new ParleyError('at_capacity');
    };
    home.meanwhile.set('openPeer', full);
    const late = await one.join(code, 'Late');
    expect(peersOn(away)).toEqual(ids(carl, dora, late));
    // Not what was only tried.
    expect(await metric('placements_total.*"known"')).toBe('1');
    home.meanwhile.set('openPeer', full);
    away.meanwhile.set('openPeer', full);
    const later = await one.connect(code, 'Later');
    const join = { protocol: 1, rtpCapabilities: RTP_CAPABILITIES };
    expect(await later.refusal('room:join', join)).toBe('at_capacity');
    expect(await metric('placements_total.*"known"')).toBe('1');
  });

  test('obeys those who lead, on both nodes', async () => {
    const host = await one.joinAs('host', code, 'Hana');
    const [ofBob, ofDora] = [await produce(bob), await produce(dora)];
    for (const client of [bob, dora]) await host.request('peer:mute', { peerId: client.peerId });
    expect([home.isPaused(bob.peerId, ofBob), away.isPaused(dora.peerId, ofDora)]).toEqual([true, true]);
    expect(await dora.notified('act:done')).toMatchObject({ act: { kind: 'muted' } });
    await host.request('peer:remove', { peerId: dora.peerId });
    expect(await dora.notified('session:ended')).toEqual({ reason: 'removed' });
    await waitFor(() => !away.peers.has(dora.peerId));
    await host.request('peer:ban', { peerId: bob.peerId });
    await waitFor(() => !home.peers.has(bob.peerId));
    untouched(ada, carl);
  });

  test('passes a raised hand on to the node of the person', async () => {
    await dora.request('peer:set-hand', { raised: true });
    await waitFor(() => away.hands.length > 0);
    await ada.request('peer:set-hand', { raised: true });
    await waitFor(() => home.hands.length > 0);
    expect([home.hands, away.hands]).toEqual([
      [{ peerId: ada.peerId, raised: true }],
      [{ peerId: dora.peerId, raised: true }],
    ]);
  });

  test('reports speakers and voices to the people of the node that says them', async () => {
    const [near, far] = [[crypto.randomUUID()], [crypto.randomUUID()]];
    home.report({ voicesChanged: { limited: true, producerIds: near } });
    away.report({ voicesChanged: { limited: true, producerIds: far } });
    away.report({ speakersChanged: { speakers: [{ peerId: ada.peerId, volume: -20 }] } });
    for (const client of [ada, bob])
      expect(await client.notified('voices:changed')).toEqual({ producerIds: near });
    for (const client of [carl, dora]) {
      expect(await client.notified('voices:changed')).toEqual({ producerIds: far });
      await client.notified('speakers:changed');
    }
    expect(ada.notifications('speakers:changed')).toEqual([]);

    const late = await two.join(code, 'Late');
    expect(await late.notified('voices:changed')).toEqual({ producerIds: far });
  });

  test('heeds what a node says of its own people, and not what it says of others', async () => {
    const [ofCarl, ofDora] = [await produce(carl), await produce(dora)];
    const consumerId = crypto.randomUUID();
    home.report({ producerLimited: { peerId: carl.peerId, producerId: ofCarl } });
    away.report({ consumerClosed: { peerId: ada.peerId, consumerId, producerId: ofDora } });
    away.report({ producerLimited: { peerId: dora.peerId, producerId: ofDora } });
    await sees(ada, dora).updated(({ producers }) => producers[0]?.pauseReason === 'over-limit');
    await carl.settled();
    expect([away.isPaused(carl.peerId, ofCarl), ada.notifications('consumer:closed')]).toEqual([false, []]);
    const isCarlHeld = ({ peer }: { peer: TestClient['snapshot']['self'] }) =>
      peer.peerId === carl.peerId && peer.producers.some(({ paused }) => paused);
    expect(ada.notifications('peer:updated').some(isCarlHeld)).toBe(false);
    away.report({ peerClosed: { peerId: ada.peerId, reason: 'PEER_CLOSE_REASON_WORKER_DIED' } });
    away.report({ peerClosed: { peerId: dora.peerId, reason: 'PEER_CLOSE_REASON_WORKER_DIED' } });
    expect(await dora.notified('media:reset')).toEqual({ reason: 'worker-died' });
    await dora.reopen();
    expect(peersOn(away)).toEqual(ids(carl, dora));
    untouched(ada, bob, carl);
  });

  test('loses the media of one node with it, and no other; each of its people opens it where the room is', async () => {
    const ofAda = await produce(ada);
    await produce(carl);
    await away.stop();
    for (const client of [carl, dora])
      expect(await client.notified('media:reset')).toEqual({ reason: 'node-lost' });
    await sees(ada, carl).updated(
      ({ connection, producers }) => connection === 'reconnecting' && producers.length === 0,
    );
    for (const client of [carl, dora]) await client.reopen();
    expect(peersOn(home)).toEqual(ids(ada, bob, carl, dora));
    await consume(carl, ofAda);
    expect(home.consumed.at(-1)).toEqual({ peerId: carl.peerId, producerId: ofAda, home: '' });
    expect(await metric('rooms_over_nodes')).toBe('0');
    untouched(ada, bob);
  });

  test('leaves a silent node when two there have lost it, on every instance, and the others stay where they are', async () => {
    const erin = await one.join(code, 'Erin');
    expect(away.peers).toContain(erin.peerId);
    away.silent = true;
    // A status is asked for every second and waited for during three. Then NODE_LOST_MS begins.
    await wait(5_500);
    await carl.reopen();
    await Promise.all([dora.settled(), erin.settled()]);
    // The only one of an instance that is there proves nothing for those of the other one.
    untouched(dora, erin);
    await erin.reopen();
    expect(await dora.notified('media:reset')).toEqual({ reason: 'node-lost' });
    await dora.reopen();
    expect(peersOn(home)).toEqual(ids(ada, bob, carl, dora, erin));
    await waitFor(() => away.peers.size === 0, { timeoutMs: 10_000 });
    untouched(ada, bob);
  });

  test('drains a node: its people move in turns that both instances know while it carries them, and nobody else', async () => {
    await homeTakes(true);
    const late: TestClient[] = [];
    for (let index = 0; index < 4; index += 1) late.push(await one.join(code, `Late ${index}`));
    // In the order of joining. Bob's socket is on the other instance.
    const leaving = [ada, bob, ...late];
    expect(peersOn(home)).toEqual(ids(...leaving));
    const moved = () => leaving.filter((client) => resets(client).length > 0);
    home.draining = true;
    await waitFor(() => moved().length >= 2);
    await Promise.all(moved().map((client) => client.settled()));
    expect(moved()).toEqual([ada, bob]);
    for (const client of moved()) await client.reopen();
    // Those whose pages do nothing hold nobody up for long.
    await waitFor(() => moved().length === leaving.length);
    expect(leaving.flatMap(resets)).toEqual(leaving.map(() => ({ reason: 'room-moved' })));
    for (const client of late) await client.reopen();
    expect(peersOn(away)).toEqual(ids(carl, dora, ...leaving));
    untouched(carl, dora);
    await waitFor(() => home.peers.size === 0, { timeoutMs: 20_000 });
  });

  test('keeps people on a draining node while the other one is full', async () => {
    away.accepting = false;
    await wait(1_500);
    home.draining = true;
    await wait(2_500);
    untouched(ada, bob, carl, dora);
    away.accepting = true;
    expect(await ada.notified('media:reset')).toEqual({ reason: 'room-moved' });
  });

  test('is heard from where a peer was until it has media elsewhere, and from there afterwards', async () => {
    const former = await produce(ada);
    const picture = await produce(ada, camera());
    home.draining = true;
    expect(await ada.notified('media:reset')).toEqual({ reason: 'room-moved' });
    await consume(carl, former);
    await ada.reopen();
    // Its client may not know what the former node said last.
    expect(await ada.notified('voices:changed')).toEqual({ producerIds: null });
    const next = await produce(ada);
    await consume(carl, picture, next);
    expect(away.consumed.map(({ producerId, home: from }) => [producerId, from])).toEqual([
      [former, home.address],
      [picture, home.address],
      [next, ''],
    ]);
    // The move itself changes nothing of the record but its version.
    const ofAda = carl.notifications('peer:updated').filter(({ peer }) => peer.peerId === ada.peerId);
    const lists = ofAda.map(({ peer }) => peer.producers.map(({ producerId }) => producerId).join(' '));
    expect(lists.filter((list, index) => list !== lists[index - 1])).toEqual([
      former,
      `${former} ${picture}`,
      `${picture} ${next}`,
    ]);
  });

  test('keeps the node of a peer that comes back on another instance', async () => {
    const ofCarl = await produce(carl);
    carl.cut();
    await sees(ada, carl).updated(({ connection }) => connection === 'reconnecting');
    const again = await two.reconnect(carl);
    expect((await again.resume()).mediaKept).toBe(true);
    await again.request('producer:pause', { producerId: ofCarl });
    expect(away.isPaused(carl.peerId, ofCarl)).toBe(true);
    await consume(bob, ofCarl);
    expect(home.consumed.at(-1)).toMatchObject({ home: away.address });
    expect(peersOn(away)).toEqual(ids(carl, dora));
  });

  test('takes over with the same token a peer that is on either node, and leaves nothing on the other', async () => {
    await homeTakes(true);
    const token = await one.token(code, 'Tab');
    const first = await (await one.connectWith({ token })).join();
    expect(home.peers).toContain(first.peerId);
    await homeTakes(false);
    const second = await (await two.connectWith({ token })).join();
    expect(await first.notified('session:ended')).toEqual({ reason: 'taken-over' });
    expect(away.peers).toContain(second.peerId);
    await waitFor(() => !home.peers.has(second.peerId));
  });

  test('comes back whole after Redis has lost it', async () => {
    const ofDora = await produce(dora);
    const inspector = createRedis({ url: redis.url, name: 'inspector', logger: silentLogger });
    await inspector.whenReady(5_000);
    await inspector.command('FLUSHALL');
    const stored = async () => {
      const text = (await inspector.command('HGET', `parley:room:${code}`, 'nodes')) as string | null;
      return JSON.parse(text ?? '{}') as Record<string, number>;
    };
    await waitFor(async () => (await stored())[away.address] === 2 && (await stored())[home.address] === 2, {
      timeoutMs: 10_000,
      what: 'everybody is back in the store',
    });
    inspector.close();
    const late = await one.join(code, 'Late');
    expect(away.peers).toContain(late.peerId);
    await consume(ada, ofDora);
    expect(home.consumed.at(-1)).toMatchObject({ producerId: ofDora, home: away.address });
    untouched(ada, bob, carl, dora);
  });

  test('watches a node while somebody here is on it, and leaves nothing behind', async () => {
    await waitFor(() => home.watchers === 2 && away.watchers === 2);
    for (const client of [carl, dora]) await client.request('room:leave', {});
    await waitFor(() => away.watchers === 0 && away.peers.size === 0);
    expect(home.watchers).toBe(2);
    for (const client of [ada, bob]) await client.request('room:leave', {});
    await waitFor(() => home.watchers === 0 && home.peers.size === 0);
    expect(await one.service.counts()).toMatchObject({ localRooms: 0, roomsOverNodes: 0 });
  });
});
