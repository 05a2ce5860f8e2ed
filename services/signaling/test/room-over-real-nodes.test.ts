import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { ProducerId, RoomCode } from '@parley/proto/ids';
import { MediaProcess } from './support/media-process.ts';
import { camera, microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import type { TestClient } from './support/test-client.ts';
import { MEDIA_GRPC_SECRET, TestBackend, type TestSignaling } from './support/test-signaling.ts';
import { untouched } from './support/two-instances.ts';

describe('a room over two real media nodes', () => {
  let backend: TestBackend;
  let nodes: [MediaProcess, MediaProcess];
  /** The node of Ada and Bob, which is full, and that of Carl and Dora. */
  let first: MediaProcess;
  let second: MediaProcess;
  let signaling: TestSignaling;
  let code: RoomCode;
  let ada: TestClient;
  let bob: TestClient;
  let carl: TestClient;
  let dora: TestClient;

  beforeAll(async () => {
    backend = await TestBackend.start();
    const env = { MEDIA_MAX_PEERS_PER_WORKER: '2', DRAIN_TIMEOUT_S: '20' };
    const options = { secret: MEDIA_GRPC_SECRET, env };
    nodes = await Promise.all([MediaProcess.start(options), MediaProcess.start(options)]);
  }, 180_000);
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await backend.stop();
  });
  beforeEach(async () => {
    signaling = await backend.signaling({
      MEDIA_ADDRESSES: nodes.map(({ address }) => address).join(','),
      RESUME_GRACE_MS: '20000',
    });
    code = await signaling.createRoom();
    [ada, bob] = [await signaling.join(code, 'Ada'), await signaling.join(code, 'Bob')];
    const isFirst = (await nodes[0].counts()).peers === 2;
    [first, second] = isFirst ? nodes : [nodes[1], nodes[0]];
    [carl, dora] = [await signaling.join(code, 'Carl'), await signaling.join(code, 'Dora')];
    expect([await peersOf(first), await peersOf(second)]).toEqual([2, 2]);
  });
  afterEach(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    expect(malformed).toEqual([]);
    for (const node of nodes) await waitFor(async () => (await peersOf(node)) === 0, { timeoutMs: 10_000 });
  });

  const peersOf = async (node: MediaProcess) => (await node.counts()).peers;
  const produce = async (who: TestClient, what = microphone()): Promise<ProducerId> => {
    const { producerId } = await who.request('producer:create', what);
    for (const other of [ada, bob, carl, dora])
      if (other !== who)
        await other.notified('peer:updated', ({ peer }) =>
          peer.producers.some((producer) => producer.producerId === producerId),
        );
    return producerId;
  };
  const consume = async (who: TestClient, ...producerIds: ProducerId[]) => {
    const producers = producerIds.map((producerId) => ({ producerId, resumed: true }));
    return (await who.request('consumer:create', { producers })).results;
  };

  test('brings sound and pictures of each node to the other, and keeps a mute on both', async () => {
    const [sound, picture] = [await produce(ada), await produce(ada, camera())];
    const ofDora = await produce(dora);
    expect(await consume(carl, sound, picture, ofDora)).toMatchObject([
      { status: 'created', consumer: { source: 'microphone', peerId: ada.peerId } },
      { status: 'created', consumer: { source: 'camera', peerId: ada.peerId } },
      { status: 'created', consumer: { source: 'microphone', peerId: dora.peerId } },
    ]);
    expect(await consume(bob, ofDora)).toMatchObject([{ status: 'created' }]);
    expect(await second.counts()).toMatchObject({ peers: 2, producers: 1 });

    await ada.request('producer:pause', { producerId: sound });
    expect((await first.pausedProducers(code))[sound]).toBe(true);
    expect(await consume(dora, sound)).toMatchObject([
      { status: 'created', consumer: { producerPaused: true } },
    ]);

    await ada.request('producer:close', { producerId: picture });
    expect(await carl.notified('consumer:closed')).toMatchObject({ producerId: picture });
  });

  test('brings a newcomer on one node what is sent from both', async () => {
    const [ofAda, ofCarl] = [await produce(ada), await produce(carl)];
    await bob.request('room:leave', {});
    const late = await signaling.connect(code, 'Late');
    const join = { protocol: 1, rtpCapabilities: RTP_CAPABILITIES, firstPictures: 9 };
    const reply = await waitFor(async () => {
      const attempt = await late.attempt('room:join', join);
      return attempt.ok && (attempt.data as { first: { producerId: ProducerId; status: string }[] });
    });
    expect(new Map(reply.first.map(({ producerId, status }) => [producerId, status]))).toEqual(
      new Map([
        [ofAda, 'created'],
        [ofCarl, 'created'],
      ]),
    );
  });

  test('loses what was on a node that dies, and nothing else, and is whole again when its people are back', async () => {
    const [ofAda, ofCarl] = [await produce(ada), await produce(carl)];
    await consume(carl, ofAda);
    await consume(ada, ofCarl);
    await second.kill();
    for (const client of [carl, dora])
      expect(await client.notified('media:reset')).toEqual({ reason: 'node-lost' });
    expect(await ada.notified('consumer:closed')).toMatchObject({ producerId: ofCarl });
    await second.restart();
    for (const client of [carl, dora])
      await waitFor(
        async () => (await client.attempt('media:reopen', { rtpCapabilities: RTP_CAPABILITIES })).ok,
        { timeoutMs: 20_000, intervalMs: 600, what: 'media is reopened' },
      );
    const next = await produce(carl);
    expect(await consume(ada, next)).toMatchObject([{ status: 'created' }]);
    expect(await consume(carl, ofAda)).toMatchObject([{ status: 'created' }]);
    untouched(ada, bob);
  });
});
