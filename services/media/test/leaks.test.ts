import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { opusParameters, simulcastParameters, waitFor } from '@parley/common/testing';
import { TestNode, type TestPeer } from './support/test-node.ts';

const PEERS = 50;
const ROOMS = 10;

let testNode: TestNode;

beforeAll(async () => {
  testNode = await TestNode.create({ workers: 2 });
});

afterAll(() => testNode.close());

async function joinAll(): Promise<TestPeer[]> {
  const peers = Array.from({ length: PEERS }, (_, i) => testNode.peer(`room-${i % ROOMS}`, `peer-${i}`));
  await Promise.all(peers.map((peer) => peer.open()));
  const produced = await Promise.all(
    peers.map(async (peer) => ({
      peer,
      producerIds: await Promise.all([
        peer.produce('microphone', opusParameters('0')),
        peer.produce('camera', simulcastParameters('1')),
      ]),
    })),
  );
  for (const { peer } of produced) {
    const others = produced.filter((other) => other.peer !== peer && other.peer.of.roomId === peer.of.roomId);
    const consumers = await Promise.all(
      others.flatMap((other) => other.producerIds.map((id) => peer.consume(id))),
    );
    await peer.resume(...consumers.map((consumer) => consumer.consumerId));
  }
  return peers;
}

const EMPTY = { routers: 0, transports: 0, producers: 0, consumers: 0 };

async function expectNothingLeft(): Promise<void> {
  expect(testNode.node.roomCount).toBe(0);
  expect(testNode.node.peerCount).toBe(0);
  for (const worker of testNode.pool.workers) {
    expect(worker.census).toMatchObject(EMPTY);
    expect(testNode.capacity.of(worker).load.peers).toBe(0);
    const dump = await worker.dump();
    expect(dump.routerIds).toEqual([]);
    // The one object that the worker still has is its WebRtcServer.
    expect(dump.channelMessageHandlers.channelRequestHandlers).toHaveLength(1);
    expect((await worker.dumpWebRtcServer()).webRtcTransportIds).toEqual([]);
  }
  for (const gauge of ['rooms', 'peers', 'routers', 'transports']) {
    expect(await testNode.metric(`parley_media_${gauge}{`)).toBe(0);
  }
  for (const kind of ['audio', 'video']) {
    expect(await testNode.metric(`parley_media_producers{kind="${kind}"`)).toBe(0);
    expect(await testNode.metric(`parley_media_consumers{kind="${kind}"`)).toBe(0);
  }
}

test('fifty peers in ten rooms leave nothing behind when they leave', async () => {
  const watches = Array.from({ length: ROOMS }, (_, i) => testNode.watch(`room-${i}`));
  const peers = await joinAll();
  const producersPerPeer = 2;
  const othersInRoom = PEERS / ROOMS - 1;
  const { workers } = await testNode.client.call('getStatus', {});
  const sum = (of: 'transports' | 'producers' | 'consumers') =>
    workers.reduce((all, worker) => all + worker[of], 0);
  expect(sum('transports')).toBe(PEERS * 2);
  expect(sum('producers')).toBe(PEERS * producersPerPeer);
  expect(sum('consumers')).toBe(PEERS * producersPerPeer * othersInRoom);

  await Promise.all(peers.map((peer) => peer.close()));

  await expectNothingLeft();
  for (const watch of watches) watch.close();
  await waitFor(() => testNode.node.watcherCount === 0);
});

test('a room that is closed under its peers leaves nothing behind', async () => {
  await joinAll();
  for (let room = 0; room < ROOMS; room++) testNode.node.room(`room-${room}` as never).close('unwatched');
  await expectNothingLeft();
});

test('joining and leaving leaves no timers behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const peers = await joinAll();
  await Promise.all(peers.map((peer) => peer.close()));
  await waitFor(() => timers() <= before);
});
