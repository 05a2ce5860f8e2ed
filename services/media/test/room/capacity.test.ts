import { afterEach, expect, test } from '@jest/globals';
import { opusParameters, vp8Parameters, waitFor } from '@parley/common/testing';
import { TestNode, type TestPeer } from '../support/test-node.ts';

let testNode: TestNode;

afterEach(() => testNode.close());

const atCapacity = { code: 'at_capacity' };

test('rooms are spread over the workers and refused when all are full', async () => {
  testNode = await TestNode.create({ workers: 2, limits: { rooms: 1 } });
  await testNode.peer('one', 'alice').open();
  await testNode.peer('two', 'alice').open();
  expect(new Set(testNode.pool.workers.map((worker) => worker.census.routers))).toEqual(new Set([1]));
  await expect(testNode.peer('three', 'alice').open()).rejects.toMatchObject(atCapacity);
  expect((await testNode.client.call('getStatus', {})).accepting).toBe(false);
  expect(await testNode.metric('parley_media_admission_refusals_total{thing="room"')).toBe(1);

  await testNode.peer('one', 'bob').open();
  await testNode.peer('two', 'alice').close();
  await testNode.peer('three', 'alice').open();
});

test('peers above the limit are refused, and the room is not disturbed', async () => {
  testNode = await TestNode.create({ limits: { peers: 2 } });
  const alice = testNode.peer('room', 'alice');
  await alice.open();
  await testNode.peer('room', 'bob').open();
  await expect(testNode.peer('room', 'carol').open()).rejects.toMatchObject(atCapacity);
  await expect(testNode.peer('new-room', 'carol').open()).rejects.toMatchObject(atCapacity);
  await alice.produce('microphone', opusParameters());
  await alice.open();
});

test('consumers above the limit are refused one by one, and existing ones are kept', async () => {
  testNode = await TestNode.create({ limits: { consumers: 1 } });
  const [alice, bob] = [testNode.peer('room', 'alice'), testNode.peer('room', 'bob')];
  await Promise.all([alice.open(), bob.open()]);
  const first = await bob.consume(await alice.produce('microphone', opusParameters('0')));
  const camera = await alice.produce('camera', vp8Parameters('1'));
  await expect(bob.consume(camera)).rejects.toThrow('at_capacity');
  expect((await bob.consume(first.producerId)).consumerId).toBe(first.consumerId);
  await bob.resume(first.consumerId);
});

test('sound is never refused for the sake of pictures: on a full worker one ends, and no other is made', async () => {
  testNode = await TestNode.create({ limits: { consumers: 3 } });
  const watch = testNode.watch('room');
  const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((name) => testNode.peer('room', name)) as [
    TestPeer,
    TestPeer,
    TestPeer,
  ];
  for (const peer of [alice, bob, carol]) await peer.open();
  const microphone = await alice.produce('microphone', opusParameters('0', 1));
  const cameras = [
    await alice.produce('camera', vp8Parameters('1', [11])),
    await carol.produce('camera', vp8Parameters('1', [21])),
  ];
  const pictures = [await bob.consume(cameras[0]!), await bob.consume(cameras[1]!)];
  await carol.consume(cameras[0]!);
  await expect(alice.consume(cameras[1]!)).rejects.toThrow('at_capacity');
  expect(watch.all('consumerClosed')).toEqual([]);

  expect((await carol.consume(microphone)).producerId).toBe(microphone);
  // Bob receives the most pictures, and the newest of his ends.
  expect(await watch.first('consumerClosed')).toMatchObject({
    peerId: 'bob',
    consumerId: pictures[1]!.consumerId,
    producerId: cameras[1],
  });
  expect(testNode.capacity.of(testNode.pool.workers[0]!).load.consumers).toBe(3);
  await expect(bob.consume(cameras[1]!)).rejects.toThrow('at_capacity');
  expect((await bob.consume(microphone)).producerId).toBe(microphone);
  expect(await testNode.metric('parley_media_pictures_given_up_total')).toBe(2);
  expect(await testNode.metric('parley_media_admission_refusals_total{thing="picture"')).toBe(2);
  expect(await testNode.metric('parley_media_admission_refusals_total{thing="voice"')).toBe(0);
  watch.close();
});

test('a shared screen does not end for a voice, and the worker then has one stream more', async () => {
  testNode = await TestNode.create({ limits: { consumers: 1 } });
  const [alice, bob] = [testNode.peer('room', 'alice'), testNode.peer('room', 'bob')];
  await Promise.all([alice.open(), bob.open()]);
  const screen = await bob.consume(await alice.produce('screen', vp8Parameters('1')));
  await bob.consume(await alice.produce('microphone', opusParameters('0')));
  await bob.resume(screen.consumerId);
  expect(testNode.capacity.of(testNode.pool.workers[0]!).load.consumers).toBe(2);
});

test('a batch takes the capacity that is left and not more, also when an item is repeated', async () => {
  testNode = await TestNode.create({ limits: { consumers: 3 } });
  const peers = ['alice', 'bob', 'carol', 'dave'].map((name) => testNode.peer('room', name));
  await Promise.all(peers.map((peer) => peer.open()));
  const [alice, ...others] = peers as [TestPeer, ...TestPeer[]];
  const producerIds = await Promise.all(
    peers.map((peer, index) => peer.produce('microphone', opusParameters(`${index}`))),
  );
  await others[0]!.consume(producerIds[0]!);
  const wanted = [...producerIds.slice(1), ...producerIds.slice(1)];
  const { results } = await testNode.client.call('consume', {
    ...alice.of,
    items: wanted.map((producerId) => ({ producerId })),
  });
  const made = results.flatMap(({ consumer }) => consumer?.consumerId ?? []);
  // Two of three are admitted, each answered twice as the same consumer; the third is refused both times.
  expect(made).toHaveLength(4);
  expect(new Set(made).size).toBe(2);
  expect(results.flatMap(({ failure }) => failure?.code ?? [])).toEqual(['at_capacity', 'at_capacity']);
  expect(testNode.capacity.of(testNode.pool.workers[0]!).load.consumers).toBe(3);
  await testNode.client.call('closeConsumers', { ...alice.of, consumerIds: made.slice(0, 1) });
  await alice.consume(producerIds[3]!);
});

test('a busy worker gets no new room, and its calls go on', async () => {
  testNode = await TestNode.create({
    limits: { cpu: 0.02 },
    pool: { health: { tickMs: 20, unhealthyAfterTicks: 100, frozenAfterTicks: 1000 } },
  });
  const alice = testNode.peer('room', 'alice');
  await alice.open();
  const worker = testNode.pool.workers[0]!;
  const busy = new AbortController();
  const load = (async () => {
    while (!busy.signal.aborted) await Promise.all(Array.from({ length: 50 }, () => worker.dump()));
  })();
  try {
    await waitFor(() => isRefused(testNode.peer('new', 'bob')));
    await testNode.peer('room', 'bob').open();
    await alice.produce('microphone', opusParameters());
  } finally {
    busy.abort();
    await load;
  }
  await waitFor(async () => (await testNode.client.call('getStatus', {})).accepting);
});

test('a peer in the lobby counts with the streams that it will have, until it is closed', async () => {
  testNode = await TestNode.create({ workers: 1 });
  const coming = () => testNode.capacity.of(testNode.pool.workers[0]!).load.coming;
  const [alice, late] = [testNode.peer('room', 'alice'), testNode.peer('room', 'late')];
  await alice.open();
  const microphone = await alice.produce('microphone', opusParameters());
  await late.open();
  // Alice may count as well, because she was placed a moment ago.
  const before = coming();
  expect(before).toBeGreaterThanOrEqual(2);
  await late.consume(microphone);
  expect(coming()).toBeLessThan(before);
  await late.close();
  expect(coming()).toBe(0);
});

/** Whether the node has no capacity for the peer. A peer that it took is closed again. */
async function isRefused(peer: TestPeer): Promise<boolean> {
  try {
    await peer.open();
  } catch (error) {
    expect(error).toMatchObject(atCapacity);
    return true;
  }
  await peer.close();
  return false;
}
