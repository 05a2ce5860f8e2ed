import { afterEach, expect, test } from '@jest/globals';
import { opusParameters, vp8Parameters, waitFor } from '@parley/common/testing';
import type { PeerId } from '@parley/proto/ids';
import { cleanup } from 'node-datachannel';
import { setLogEventListeners } from 'mediasoup';
import type { Room } from '../src/room/room.ts';
import type { MediaWorker } from '../src/worker/media-worker.ts';
import { Streams } from './support/streams.ts';
import { TestNode, type TestPeer } from './support/test-node.ts';
import { opusFrame, vp8Frame, type WebRtcEnd } from './support/webrtc-end.ts';

const ROOM = 'wide';
const LINGER_MS = 300;
/** A killed worker, and statistics that are read in the moment between the end of a stream and the report of it. */
const EXPECTED_ERRORS = /died unexpectedly|ECONNRESET|consumer\.getStats/;

let testNode: TestNode;
const streams = new Streams();
const workerErrors: string[] = [];

afterEach(async () => {
  setLogEventListeners(undefined);
  streams.close();
  await testNode.close();
  cleanup();
});

/** A node on which the room goes to the next worker as soon as the one it is on has a consumer. */
async function begin(workers: number, limits: { consumers?: number; spread?: number } = {}): Promise<void> {
  workerErrors.length = 0;
  setLogEventListeners({
    onerror: (_namespace, text) => {
      if (!EXPECTED_ERRORS.test(text)) workerErrors.push(text);
    },
  });
  testNode = await TestNode.create({
    workers,
    limits: { cpu: 1_000, consumers: 10_000, spread: 0.0001, ...limits },
    room: { pipes: { lingerMs: LINGER_MS, idleMs: 50 }, lowerLayersAfterMs: 50 },
  });
}

const room = (): Room => testNode.node.room(ROOM as never);
const person = (peerId: string): TestPeer => testNode.peer(ROOM, peerId);
const workerOf = (peerId: string): MediaWorker => room().peer(peerId as PeerId).router.worker;
const pipes = async (): Promise<number> =>
  (await testNode.metric('parley_media_pipes{kind="audio"')) +
  (await testNode.metric('parley_media_pipes{kind="video"'));

/** A camera with two layers and sender reports, without which a consumer does not move between layers. */
async function camera(peerId: string, ssrcs: number[]): Promise<{ end: WebRtcEnd; producerId: string }> {
  const published = await streams.publish(person(peerId), 'camera', vp8Parameters('1', ssrcs), () =>
    vp8Frame(true),
  );
  const reports = setInterval(() => published.end.sendReports(), 100);
  streams.open.push({ close: () => clearInterval(reports) });
  return published;
}

/** Alice and her listener on the first worker, and each of the others on a worker of their own. */
async function spread(producerId: string, others: readonly string[]): Promise<void> {
  await person('listener').open();
  await person('listener').consume(producerId);
  for (const [index, peerId] of others.entries()) {
    await person(peerId).open();
    expect(testNode.node.workersOf(ROOM as never)).toHaveLength(index + 2);
    await person(peerId).consume(producerId);
  }
}

test('a room goes to the next worker past the threshold, and everybody receives everybody there', async () => {
  await begin(3);
  const alice = await camera('alice', [501, 502]);
  await spread(alice.producerId, ['bob', 'carol']);
  expect(new Set(['alice', 'bob', 'carol'].map(workerOf)).size).toBe(3);
  expect(workerOf('listener')).toBe(workerOf('alice'));
  const senders = [
    { peerId: 'alice', producerId: alice.producerId },
    { peerId: 'bob', ...(await streams.publish(person('bob'), 'microphone', opusParameters(), opusFrame)) },
    { peerId: 'carol', ...(await camera('carol', [601, 602])) },
  ];

  for (const peerId of ['listener', 'bob', 'carol']) {
    const wanted = senders.filter((sender) => sender.peerId !== peerId).map(({ producerId }) => producerId);
    const { end, consumers } = await streams.subscribeAll(person(peerId), wanted);
    await person(peerId).resume(...consumers.map(({ consumerId }) => consumerId));
    for (const { parameters } of consumers) await waitFor(() => end.packetsOf(parameters).length >= 5);
  }

  // Alice goes to two other routers, bob and carol to the listener's and to each other's.
  expect(room().pipeCount).toBe(2 + 2 + 2);
  expect(await pipes()).toBe(6);
  expect(await testNode.metric('parley_media_room_routers')).toBe(3);
  await waitFor(async () => (await testNode.metric('parley_media_pipe_bytes_total{kind="audio"')) > 0);
  expect(workerErrors).toEqual([]);
});

test('a pipe is made for what is consumed, is shared, and ends some time after its last consumer', async () => {
  await begin(2);
  const alice = await camera('alice', [501, 502]);
  await spread(alice.producerId, ['bob']);
  const home = workerOf('alice');
  const microphone = await person('alice').produce('microphone', opusParameters('7', 77));
  expect(room().pipeCount).toBe(1);

  // Bob's worker has a consumer as well, so the next one goes to the less loaded worker, which is the same again.
  const before = home.census;
  const atHome = before.consumers;
  const [first, second] = await Promise.all([
    person('bob').consume(microphone),
    person('bob').consume(microphone),
  ]);
  expect(second.consumerId).toBe(first.consumerId);
  expect(room().pipeCount).toBe(2);
  expect(home.census).toMatchObject({ consumers: atHome + 1, pipes: 2 });
  expect(testNode.capacity.of(home).load.consumers).toBe(atHome + 1);

  await testNode.client.call('closeConsumers', { ...person('bob').of, consumerIds: [first.consumerId] });
  expect(room().pipeCount).toBe(2);
  await waitFor(() => room().pipeCount === 1);
  expect(home.census.pipes).toBe(1);

  const again = await person('bob').consume(microphone);
  expect(again.consumerId).not.toBe(first.consumerId);
  await person('bob').close();
  expect(testNode.node.workersOf(ROOM as never)).toEqual([home]);
  expect([room().pipeCount, await pipes(), home.census.pipes]).toEqual([0, 0, 0]);
  expect(workerErrors).toEqual([]);
});

test('a worker that is full of pictures still makes pipes of voices, and none of further pictures', async () => {
  await begin(2, { consumers: 2, spread: 0.5 });
  const watch = testNode.watch(ROOM);
  streams.open.push(watch);
  const alice = await camera('alice', [501, 502]);
  await spread(alice.producerId, ['bob']);
  const home = workerOf('alice');
  // The camera of alice, for the listener and through the pipe to bob.
  expect([home.census.consumers, workerOf('bob') === home]).toEqual([2, false]);
  const microphone = await person('alice').produce('microphone', opusParameters('7', 77));
  const screen = await person('alice').produce('screen', vp8Parameters('8', [888]));

  await expect(person('bob').consume(screen)).rejects.toThrow('at_capacity');
  expect((await person('bob').consume(microphone)).producerId).toBe(microphone);
  expect(room().pipeCount).toBe(2);
  expect(await watch.first('consumerClosed')).toMatchObject({ peerId: 'listener' });
  expect(home.census).toMatchObject({ consumers: 2, pipes: 2 });
  expect((await person('listener').consume(microphone)).producerId).toBe(microphone);
  expect(workerErrors).toEqual([]);
});

test('a burst of joins, of which nobody has a stream yet, is spread over the workers', async () => {
  await begin(3, { consumers: 100, spread: 0.5 });
  const people = Array.from({ length: 12 }, (_, index) => `person-${index}`);
  await Promise.all(people.map((peerId) => person(peerId).open()));
  const placed = testNode.pool.workers.map((worker) => people.filter((id) => workerOf(id) === worker).length);
  expect(Math.min(...placed)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...placed)).toBeLessThanOrEqual(6);
});

test('pause, resume and requests of key frames pass through a pipe, and it forwards nothing for paused consumers', async () => {
  await begin(2);
  const alice = await camera('alice', [501, 502]);
  await spread(alice.producerId, ['bob']);
  const { end, consumers } = await streams.subscribeAll(person('bob'), [alice.producerId]);
  const { consumerId } = consumers[0]!;
  await person('bob').resume(consumerId);
  await waitFor(() => end.packets.length >= 5);

  const atFirst = alice.end.plis;
  await waitFor(async () => {
    await person('bob').client.call('requestKeyFrames', { ...person('bob').of, consumerIds: [consumerId] });
    return alice.end.plis > atFirst;
  });

  const mute = (paused: boolean) =>
    testNode.client.call('setProducerPaused', {
      ...person('alice').of,
      producerId: alice.producerId,
      paused,
    });
  await mute(true);
  expect((await person('bob').consume(alice.producerId)).paused).toBe(false);
  await waitFor(async () => (await person('bob').consume(alice.producerId)).producerPaused);
  const silentAt = end.packets.length;
  await mute(false);
  await waitFor(() => end.packets.length >= silentAt + 5);

  const bytes = () => testNode.metric('parley_media_pipe_bytes_total{kind="video"');
  await person('bob').pause(consumerId);
  let before = -1;
  await waitFor(async () => {
    const now = await bytes();
    const isStill = now === before;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 600));
    return isStill;
  });
  const resumedAt = end.packets.length;
  await person('bob').resume(consumerId);
  await waitFor(() => end.packets.length >= resumedAt + 5);
  await waitFor(async () => (await bytes()) > before);
  expect(workerErrors).toEqual([]);
});

test('the sender is asked for the layers that anybody wants on any router', async () => {
  await begin(2);
  const watch = testNode.watch(ROOM);
  streams.open.push(watch);
  const alice = await camera('alice', [501, 502]);
  await spread(alice.producerId, ['bob']);
  const wanted = () => watch.all('producerLayersWanted').at(-1);
  await waitFor(() => wanted()?.wanted === false);
  const prefer = async (peerId: string, spatialLayer: number) => {
    const { consumerId } = await person(peerId).consume(alice.producerId);
    const layers = [{ consumerId, preferredLayers: { spatialLayer } }];
    await testNode.client.call('setConsumerLayers', { ...person(peerId).of, layers });
    await person(peerId).resume(consumerId);
    return consumerId;
  };

  await prefer('listener', 0);
  await waitFor(() => wanted()?.wanted === true && wanted()?.maxSpatialLayer === 0);
  const far = await prefer('bob', 1);
  await waitFor(() => wanted()?.maxSpatialLayer === 1);
  await testNode.client.call('closeConsumers', { ...person('bob').of, consumerIds: [far] });
  await waitFor(() => wanted()?.maxSpatialLayer === 0);
  expect(workerErrors).toEqual([]);
});

test('a consumer of a pipe changes its layer as at home', async () => {
  await begin(2);
  const watch = testNode.watch(ROOM);
  streams.open.push(watch);
  const alice = await camera('alice', [501, 502]);
  await spread(alice.producerId, ['bob']);
  const { end, consumers } = await streams.subscribeAll(person('bob'), [alice.producerId]);
  const { consumerId } = consumers[0]!;
  const prefer = (spatialLayer: number) =>
    testNode.client.call('setConsumerLayers', {
      ...person('bob').of,
      layers: [{ consumerId, preferredLayers: { spatialLayer } }],
    });
  await prefer(0);
  await person('bob').resume(consumerId);
  const layer = (spatialLayer: number) =>
    watch.first(
      'consumerLayersChanged',
      (event) => event.consumerId === consumerId && event.spatialLayer === spatialLayer,
    );
  await layer(0);
  await waitFor(() => end.packets.length > 0);
  await prefer(1);
  await layer(1);
  expect(workerErrors).toEqual([]);
});

test('a producer that closes ends its consumers on every router, and leaves no pipe', async () => {
  await begin(2);
  const watch = testNode.watch(ROOM);
  streams.open.push(watch);
  const alice = await camera('alice', [501, 502]);
  await spread(alice.producerId, ['bob']);
  await testNode.client.call('closeProducer', { ...person('alice').of, producerId: alice.producerId });
  for (const peerId of ['listener', 'bob'])
    await watch.first(
      'consumerClosed',
      (event) => event.peerId === peerId && event.producerId === alice.producerId,
    );
  expect(room().pipeCount).toBe(0);
  await waitFor(async () => (await pipes()) === 0);
  for (const worker of testNode.pool.workers) {
    await worker.dump();
    await waitFor(() => worker.census.consumers === 0);
    expect(worker.census.producers).toBe(0);
  }
  expect(workerErrors).toEqual([]);
});

test('a killed worker takes the media of its own peers, and the others go on without a pipe to it', async () => {
  await begin(3);
  const watch = testNode.watch(ROOM);
  streams.open.push(watch);
  const alice = await camera('alice', [501, 502]);
  await spread(alice.producerId, ['bob', 'carol']);
  const bob = await streams.publish(person('bob'), 'microphone', opusParameters(), opusFrame);
  const atCarol = await streams.subscribeAll(person('carol'), [alice.producerId, bob.producerId]);
  await person('carol').resume(...atCarol.consumers.map(({ consumerId }) => consumerId));
  await person('listener').consume(bob.producerId);
  for (const { parameters } of atCarol.consumers)
    await waitFor(() => atCarol.end.packetsOf(parameters).length > 3);
  const dying = workerOf('bob');

  process.kill(dying.pid, 'SIGKILL');

  expect(await watch.first('peerClosed')).toEqual({ peerId: 'bob', reason: 'PEER_CLOSE_REASON_WORKER_DIED' });
  for (const peerId of ['carol', 'listener'])
    await watch.first(
      'consumerClosed',
      (event) => event.peerId === peerId && event.producerId === bob.producerId,
    );
  const ofAlice = atCarol.consumers[0]!.parameters;
  const before = atCarol.end.packetsOf(ofAlice).length;
  await waitFor(() => atCarol.end.packetsOf(ofAlice).length >= before + 10);
  expect(watch.all('peerClosed')).toHaveLength(1);
  // Alice's camera for carol is left.
  expect(room().pipeCount).toBe(1);
  expect(await pipes()).toBe(1);
  expect(testNode.node.workersOf(ROOM as never)).toHaveLength(2);

  await person('bob').open();
  const back = await streams.publish(person('bob'), 'microphone', opusParameters(), opusFrame);
  const heard = await person('listener').consume(back.producerId);
  expect(heard.producerPeerId).toBe('bob');
  expect(workerErrors).toEqual([]);
});

test('the speakers of all routers make one verdict over all routers, with the loudest first', async () => {
  await begin(2);
  const watch = testNode.watch(ROOM);
  streams.open.push(watch);
  const alice = await camera('alice', [501, 502]);
  await spread(alice.producerId, ['bob']);
  const speak = (peerId: string, level: number) =>
    streams.publish(person(peerId), 'microphone', opusParameters(), opusFrame, level);
  await speak('listener', 40);
  const order = () =>
    watch
      .all('speakersChanged')
      .at(-1)
      ?.speakers.map(({ peerId }) => peerId);
  await waitFor(() => order()?.join() === 'listener');
  await watch.first('speakersChanged', ({ dominantPeerId }) => dominantPeerId === 'listener');
  const loud = await speak('bob', 15);
  expect(workerOf('bob')).not.toBe(workerOf('listener'));
  await waitFor(() => order()?.join() === 'bob,listener');
  await watch.first('speakersChanged', ({ dominantPeerId }) => dominantPeerId === 'bob');

  const begunAt = performance.now();
  const count = watch.all('speakersChanged').length;
  await waitFor(() => performance.now() - begunAt > 1_000);
  // No more than one router alone reports.
  expect(watch.all('speakersChanged').length - count).toBeLessThanOrEqual(6);
  await testNode.client.call('setProducerPaused', {
    ...person('bob').of,
    producerId: loud.producerId,
    paused: true,
  });
  await waitFor(() => order()?.join() === 'listener');
  await waitFor(() => watch.all('speakersChanged').at(-1)?.dominantPeerId === 'listener');
  await person('bob').close();
  await waitFor(() => order()?.join() === 'listener');
});
