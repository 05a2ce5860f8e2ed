import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import {
  dtlsParameters,
  opusParameters,
  simulcastParameters,
  svcParameters,
  vp8Parameters,
  waitFor,
} from '@parley/common/testing';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { toRtpCapabilitiesMessage, toRtpParametersMessage } from '@parley/proto/media-rpc';
import { TestNode, type TestPeer } from '../support/test-node.ts';

let testNode: TestNode;
let roomNumber = 0;
let alice: TestPeer;
let bob: TestPeer;

beforeAll(async () => {
  testNode = await TestNode.create();
});

afterEach(async () => {
  await Promise.all([alice?.close(), bob?.close()]);
});

afterAll(() => testNode.close());

/** Alice and Bob in a room of their own. */
async function openTwo(): Promise<void> {
  const roomId = `room-${++roomNumber}`;
  alice = testNode.peer(roomId, 'alice');
  bob = testNode.peer(roomId, 'bob');
  await Promise.all([alice.open(), bob.open()]);
}

test('a peer gets two transports, each reachable over UDP and TCP on the one port', async () => {
  await openTwo();
  const { sendTransport, receiveTransport } = await alice.open();
  expect(sendTransport?.transportId).not.toBe(receiveTransport?.transportId);
  const candidates = sendTransport?.iceCandidates ?? [];
  expect(candidates.map((candidate) => candidate.protocol)).toEqual(['udp', 'tcp']);
  expect(new Set(candidates.map((candidate) => candidate.port))).toEqual(
    new Set([testNode.pool.workers[0]?.rtcPort]),
  );
  expect(candidates[0]?.priority).toBeGreaterThan(candidates[1]?.priority ?? Infinity);
  expect(sendTransport?.iceParameters?.iceLite).toBe(true);
});

test('opening a peer again returns the same transports', async () => {
  await openTwo();
  const [first, second] = await Promise.all([alice.open(), alice.open()]);
  expect(second).toEqual(first);
});

test('opening a peer again with other capabilities is a conflict', async () => {
  await openTwo();
  await expect(alice.open({ ...ROUTER_RTP_CAPABILITIES, codecs: [] })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('a peer that was closed is opened with new transports', async () => {
  await openTwo();
  const before = await alice.open();
  await alice.close();
  await alice.close();
  const after = await alice.open();
  expect(after.sendTransport?.transportId).not.toBe(before.sendTransport?.transportId);
});

test('connecting a transport again with the same DTLS parameters is no error, with others a conflict', async () => {
  await openTwo();
  const transportId = (await alice.open()).sendTransport?.transportId ?? '';
  await Promise.all([
    alice.connect(transportId, dtlsParameters('AB')),
    alice.connect(transportId, dtlsParameters('AB')),
  ]);
  await alice.connect(transportId, dtlsParameters('AB'));
  await expect(alice.connect(transportId, dtlsParameters('CD'))).rejects.toMatchObject({ code: 'conflict' });
});

test('producing the same source with the same parameters is the same producer, with others a conflict', async () => {
  await openTwo();
  const parameters = opusParameters();
  const [first, second] = await Promise.all([
    alice.produce('microphone', parameters),
    alice.produce('microphone', parameters),
  ]);
  expect(second).toBe(first);
  expect(await alice.produce('microphone', parameters)).toBe(first);
  await expect(alice.produce('microphone', opusParameters('7'))).rejects.toMatchObject({ code: 'conflict' });
});

test('a peer has one producer per source, and their SSRCs and MIDs do not meet', async () => {
  await openTwo();
  const camera = vp8Parameters('1');
  const [microphone, video, screen] = await Promise.all([
    alice.produce('microphone', opusParameters('0')),
    alice.produce('camera', camera),
    alice.produce('screen', vp8Parameters('2')),
  ]);
  expect(new Set([microphone, video, screen]).size).toBe(3);
  await expect(alice.produce('screen-audio', opusParameters('1'))).rejects.toMatchObject({
    code: 'conflict',
  });
  const sameSsrc = opusParameters('9', camera.encodings?.[0]?.ssrc);
  await expect(alice.produce('screen-audio', sameSsrc)).rejects.toMatchObject({ code: 'conflict' });
});

test('a producer can begin paused, and is paused and resumed', async () => {
  await openTwo();
  const producerId = await alice.produce('microphone', opusParameters(), true);
  expect(await bob.consume(producerId)).toMatchObject({ producerPaused: true });
  await alice.client.call('setProducerPaused', { ...alice.of, producerId, paused: false });
  const watch = testNode.watch(alice.of.roomId);
  const { peers } = await watch.first('state');
  expect(peers.find((peer) => peer.peerId === 'alice')?.producers).toEqual([
    { producerId, source: 'SOURCE_MICROPHONE', kind: 'MEDIA_KIND_AUDIO', paused: false, limited: false },
  ]);
  watch.close();
});

test('a closed producer takes its consumers with it, and the source can be produced again', async () => {
  await openTwo();
  const watch = testNode.watch(alice.of.roomId);
  const producerId = await alice.produce('camera', vp8Parameters());
  const { consumerId } = await bob.consume(producerId);
  for (let time = 0; time < 2; time++) await alice.client.call('closeProducer', { ...alice.of, producerId });
  expect(await watch.first('producerClosed')).toEqual({ peerId: 'alice', producerId });
  expect(await watch.first('consumerClosed')).toEqual({ peerId: 'bob', consumerId, producerId });
  await expect(bob.resume(consumerId)).rejects.toMatchObject({ code: 'consumer_not_found' });
  expect(await alice.produce('camera', vp8Parameters())).not.toBe(producerId);
  watch.close();
});

test('consumers begin paused, one per producer, and name the peer of the producer', async () => {
  await openTwo();
  const producerId = await alice.produce('camera', vp8Parameters());
  const [first, second] = await Promise.all([bob.consume(producerId), bob.consume(producerId)]);
  expect(second.consumerId).toBe(first.consumerId);
  expect(first).toMatchObject({
    producerId,
    producerPeerId: 'alice',
    source: 'SOURCE_CAMERA',
    kind: 'MEDIA_KIND_VIDEO',
    type: 'CONSUMER_TYPE_SIMPLE',
    paused: true,
    producerPaused: false,
  });
});

test('audio is consumed with NACK', async () => {
  await openTwo();
  const consumer = await bob.consume(await alice.produce('microphone', opusParameters()));
  expect(consumer.rtpParameters?.codecs[0]?.rtcpFeedback).toContainEqual({ type: 'nack', parameter: '' });
});

test('a consumer of simulcast or SVC has that type', async () => {
  await openTwo();
  const camera = await alice.produce('camera', simulcastParameters('1'));
  const screen = await alice.produce('screen', svcParameters('2'));
  expect(await bob.consume(camera, { spatialLayer: 0 })).toMatchObject({ type: 'CONSUMER_TYPE_SIMULCAST' });
  expect(await bob.consume(screen)).toMatchObject({ type: 'CONSUMER_TYPE_SVC' });
});

test('each item of a batch has its own outcome, in order', async () => {
  await openTwo();
  const own = await bob.produce('microphone', opusParameters());
  const good = await alice.produce('microphone', opusParameters());
  const items = [{ producerId: 'nobody' }, { producerId: good }, { producerId: own }];
  const { results } = await bob.client.call('consume', { ...bob.of, items });
  expect(results.map((result) => [result.producerId, result.failure?.code ?? 'consumed'])).toEqual([
    ['nobody', 'producer_not_found'],
    [good, 'consumed'],
    [own, 'invalid_request'],
  ]);
});

test('a device that cannot decode the codec is refused with cannot_consume', async () => {
  await openTwo();
  const producerId = await alice.produce('camera', vp8Parameters());
  const deaf = testNode.peer(alice.of.roomId, 'deaf');
  await deaf.open({ ...ROUTER_RTP_CAPABILITIES, codecs: ROUTER_RTP_CAPABILITIES.codecs.slice(0, 1) });
  await expect(deaf.consume(producerId)).rejects.toThrow('cannot_consume');
  await deaf.close();
});

test('layers, priority and key frames are asked for per consumer', async () => {
  await openTwo();
  const video = await bob.consume(await alice.produce('camera', simulcastParameters()));
  const audio = await bob.consume(await alice.produce('microphone', opusParameters()));
  const preferredLayers = { spatialLayer: 1, temporalLayer: 0 };
  await bob.client.call('setConsumerLayers', {
    ...bob.of,
    layers: [
      { consumerId: video.consumerId, preferredLayers, priority: 200 },
      { consumerId: audio.consumerId, preferredLayers },
    ],
  });
  const consumerIds = [video.consumerId, audio.consumerId];
  await bob.client.call('requestKeyFrames', { ...bob.of, consumerIds });
  const peer = testNode.node.room(bob.of.roomId as never).peer('bob' as never);
  expect(peer.consumers.all.map((consumer) => consumer.demand.spatialLayer)).toEqual([1, undefined]);
});

test('a batch acts on the consumers that exist and then fails for the one that is missing', async () => {
  await openTwo();
  const { consumerId } = await bob.consume(await alice.produce('camera', vp8Parameters()));
  await expect(bob.resume('gone', consumerId)).rejects.toMatchObject({ code: 'consumer_not_found' });
  const peer = testNode.node.room(bob.of.roomId as never).peer('bob' as never);
  expect(peer.consumers.all.map((consumer) => consumer.parameters.paused)).toEqual([false]);
});

test('closing a consumer is no error twice, and it can be made again', async () => {
  await openTwo();
  const producerId = await alice.produce('camera', vp8Parameters());
  const { consumerId } = await bob.consume(producerId);
  for (let time = 0; time < 2; time++) {
    await bob.client.call('closeConsumers', { ...bob.of, consumerIds: [consumerId] });
  }
  expect((await bob.consume(producerId)).consumerId).not.toBe(consumerId);
});

test('a closed peer takes its producers with it, and the consumers of those', async () => {
  await openTwo();
  const watch = testNode.watch(alice.of.roomId);
  const { consumerId } = await bob.consume(await alice.produce('camera', vp8Parameters()));
  await alice.close();
  expect(await watch.first('consumerClosed')).toMatchObject({ peerId: 'bob', consumerId });
  // The worker confirms the end of the consumer a moment later.
  await waitFor(() => testNode.pool.workers[0]?.census.consumers === 0);
  expect(testNode.pool.workers[0]?.census).toMatchObject({
    routers: 1,
    transports: 2,
    producers: 0,
    consumers: 0,
  });
  watch.close();
});

test('a room is closed with its last peer', async () => {
  await openTwo();
  await alice.close();
  expect(testNode.node.roomCount).toBe(1);
  await bob.close();
  expect(testNode.node.roomCount).toBe(0);
  await expect(alice.connect('x', dtlsParameters())).rejects.toMatchObject({ code: 'room_not_found' });
});

test('the status counts rooms, peers, transports, producers and consumers', async () => {
  await openTwo();
  await bob.consume(await alice.produce('microphone', opusParameters()));
  const status = await testNode.client.call('getStatus', {});
  expect(status).toMatchObject({ accepting: true, rooms: 1, peers: 2 });
  expect(status.workers).toEqual([
    {
      index: 0,
      pid: testNode.pool.workers[0]?.pid,
      healthy: true,
      rtcPort: testNode.pool.workers[0]?.rtcPort,
      routers: 1,
      transports: 4,
      producers: 1,
      consumers: 1,
      cpu: expect.any(Number),
    },
  ]);
});

test('a peer that is closed while it is being opened does not stay open', async () => {
  const roomId = `room-${++roomNumber}`;
  alice = testNode.peer(roomId, 'alice');
  const rtpCapabilities = toRtpCapabilitiesMessage(ROUTER_RTP_CAPABILITIES);
  const opening = alice.client.call('openPeer', { ...alice.of, rtpCapabilities });
  await Promise.all([opening, alice.close()]);
  await waitFor(() => testNode.node.peerCount === 0);
});

test('a new watcher receives the producers of the room and their wanted layers', async () => {
  await openTwo();
  const producerId = await alice.produce('camera', simulcastParameters());
  const consumer = await bob.consume(producerId, { spatialLayer: 1 });
  await bob.resume(consumer.consumerId);
  const watch = testNode.watch(alice.of.roomId);
  await watch.first('producerLayersWanted', (event) => event.wanted && event.maxSpatialLayer === 1);
  expect(watch.events[0]?.event).toBe('state');
  watch.close();
});

test('an unspecified source or kind is refused', async () => {
  await openTwo();
  const rtpParameters = toRtpParametersMessage(opusParameters());
  const call = alice.client.call('produce', { ...alice.of, kind: 'MEDIA_KIND_AUDIO', rtpParameters });
  await expect(call).rejects.toMatchObject({ code: 'invalid_request' });
});
