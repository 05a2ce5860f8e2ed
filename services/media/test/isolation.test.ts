import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dtlsParameters, opusParameters, vp8Parameters } from '@parley/common/testing';
import { TestNode, type TestPeer } from './support/test-node.ts';

/** Ids from a request belong to the peer and room that the request names, or they are not found. */

let testNode: TestNode;
let alice: TestPeer;
let foreign: { transportId: string; producerId: string; consumerId: string };

beforeAll(async () => {
  testNode = await TestNode.create();
  alice = testNode.peer('room', 'alice');
  const bob = testNode.peer('room', 'bob');
  await alice.open();
  const transportId = (await bob.open()).sendTransport?.transportId ?? '';
  const producerId = await bob.produce('camera', vp8Parameters());
  const { consumerId } = await bob.consume(await alice.produce('microphone', opusParameters()));
  foreign = { transportId, producerId, consumerId };
});

afterAll(() => testNode.close());

test("another peer's transport can be neither connected nor restarted", async () => {
  const { transportId } = foreign;
  await expect(alice.connect(transportId, dtlsParameters())).rejects.toMatchObject({
    code: 'transport_not_found',
  });
  await expect(alice.client.call('restartIce', { ...alice.of, transportId })).rejects.toMatchObject({
    code: 'transport_not_found',
  });
});

test("another peer's producer can be neither paused nor closed", async () => {
  const { producerId } = foreign;
  await expect(
    alice.client.call('setProducerPaused', { ...alice.of, producerId, paused: true }),
  ).rejects.toMatchObject({ code: 'producer_not_found' });
  await alice.client.call('closeProducer', { ...alice.of, producerId });
  expect(await alice.consume(producerId)).toMatchObject({ producerPaused: false });
});

test("another peer's consumer can be neither resumed, closed, layered nor refreshed", async () => {
  const consumerIds = [foreign.consumerId];
  const notFound = { code: 'consumer_not_found' };
  await expect(alice.resume(...consumerIds)).rejects.toMatchObject(notFound);
  await expect(alice.client.call('requestKeyFrames', { ...alice.of, consumerIds })).rejects.toMatchObject(
    notFound,
  );
  const layers = [{ consumerId: foreign.consumerId, preferredLayers: { spatialLayer: 0 } }];
  await expect(alice.client.call('setConsumerLayers', { ...alice.of, layers })).rejects.toMatchObject(
    notFound,
  );
  await alice.client.call('closeConsumers', { ...alice.of, consumerIds });
  await testNode.peer('room', 'bob').resume(...consumerIds);
});

test('a producer of another room cannot be consumed', async () => {
  const stranger = testNode.peer('other-room', 'stranger');
  await stranger.open();
  await expect(stranger.consume(foreign.producerId)).rejects.toThrow('producer_not_found');
});

test('peers with the same id in two rooms have nothing in common', async () => {
  const other = testNode.peer('third-room', 'bob');
  await expect(other.resume(foreign.consumerId)).rejects.toMatchObject({ code: 'room_not_found' });
  await other.open();
  await expect(other.resume(foreign.consumerId)).rejects.toMatchObject({ code: 'consumer_not_found' });
  await expect(testNode.peer('third-room', 'carol').resume('x')).rejects.toMatchObject({
    code: 'peer_not_found',
  });
});
