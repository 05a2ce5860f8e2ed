import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { opusParameters, vp8Parameters, waitFor } from '@parley/common/testing';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { fromRtpParametersMessage } from '@parley/proto/media-rpc';
import { cleanup } from 'node-datachannel';
import { TestNode, type TestPeer } from './support/test-node.ts';
import { opusFrame, vp8Frame, WebRtcEnd } from './support/webrtc-end.ts';

/* A peer that sends more than it may, over real ICE, DTLS and SRTP. */

const BURST_INTERVAL_MS = 5;
const BURST_PACKETS = 10;
const BIG = Buffer.alloc(1100, 7);

let testNode: TestNode;
const open: { close(): void }[] = [];

beforeAll(async () => {
  testNode = await TestNode.create();
});

afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

afterAll(async () => {
  await testNode.close();
  cleanup();
});

/** A microphone that sends `payload` so many times every few milliseconds. */
async function publish(peer: TestPeer, payload: Buffer, count: number) {
  const { sendTransport } = await peer.open();
  const parameters = opusParameters();
  const end = new WebRtcEnd('send', parameters);
  const producerId = await peer.produce('microphone', parameters);
  await peer.connect(sendTransport?.transportId ?? '', await end.answer(sendTransport));
  let sequenceNumber = 0;
  const timer = setInterval(() => {
    for (let sent = 0; sent < count; sent += 1) end.send(payload, { sequenceNumber: sequenceNumber++ });
  }, BURST_INTERVAL_MS);
  open.push(end, { close: () => clearInterval(timer) });
  return { producerId };
}

async function listen(peer: TestPeer, producerId: string): Promise<WebRtcEnd> {
  const { receiveTransport } = await peer.open();
  const consumer = await peer.consume(producerId);
  const end = new WebRtcEnd('receive', fromRtpParametersMessage(consumer.rtpParameters));
  open.push(end);
  await peer.connect(receiveTransport?.transportId ?? '', await end.answer(receiveTransport));
  await peer.resume(consumer.consumerId);
  await waitFor(() => end.packets.length > 0);
  return end;
}

function watch(roomId: string) {
  const made = testNode.watch(roomId);
  open.push(made);
  return made;
}

const sanctions = (kind: string) => testNode.metric(`parley_media_sanctions_total{sanction="${kind}"`);

test('a microphone that floods is paused, is not heard any more, and ends its peer the third time', async () => {
  const events = watch('flood');
  const mallory = testNode.peer('flood', 'mallory');
  const { producerId } = await publish(mallory, BIG, BURST_PACKETS);
  const bob = await listen(testNode.peer('flood', 'bob'), producerId);

  expect(await events.first('producerLimited')).toEqual({ peerId: 'mallory', producerId });
  // Packets that were under way still arrive.
  await mallory.client.call('getStatus', {});
  const begun = watch('flood');
  const { peers } = await begun.first('state');
  expect(peers.flatMap((peer) => peer.producers)).toMatchObject([
    { producerId, paused: true, limited: true },
  ]);
  const atPause = bob.packets.length;
  await events.first('peerClosed', ({ peerId }) => peerId === 'mallory');
  expect(events.all('peerClosed')).toEqual([{ peerId: 'mallory', reason: 'PEER_CLOSE_REASON_OVER_LIMIT' }]);
  expect(events.all('producerLimited')).toHaveLength(2);
  // Without the pause there would be thousands.
  expect(bob.packets.length - atPause).toBeLessThan(500);
  expect([await sanctions('pause'), await sanctions('end')]).toEqual([2, 1]);
  await expect(mallory.open()).rejects.toMatchObject({ code: 'over_limit' });
});

test('a producer that was paused for its flood can neither be resumed nor made again for a while', async () => {
  const events = watch('held');
  const mallory = testNode.peer('held', 'mallory');
  await mallory.open(ROUTER_RTP_CAPABILITIES, 'the address of mallory');
  // Keeps the room open.
  await testNode.peer('held', 'bob').open();
  const { producerId } = await publish(mallory, BIG, BURST_PACKETS);
  await events.first('producerLimited');
  const refused = { code: 'over_limit' };
  const resume = { ...mallory.of, producerId, paused: false };
  await expect(mallory.client.call('setProducerPaused', resume)).rejects.toMatchObject(refused);
  await mallory.client.call('closeProducer', { ...mallory.of, producerId });
  await expect(mallory.produce('microphone', opusParameters())).rejects.toMatchObject(refused);
  await mallory.close();
  await mallory.open();
  await expect(mallory.produce('microphone', opusParameters())).rejects.toMatchObject(refused);
  const again = testNode.peer('held', 'mallory-as-another');
  await again.open(ROUTER_RTP_CAPABILITIES, 'the address of mallory');
  await expect(again.produce('microphone', opusParameters())).rejects.toMatchObject(refused);
  // Another source, and a muted microphone, do no harm.
  await mallory.produce('camera', vp8Parameters());
  await mallory.produce('microphone', opusParameters(), true);
});

test('a microphone that is closed and made again all the time is held like one that stays', async () => {
  const mallory = testNode.peer('again', 'mallory');
  let { producerId } = await publish(mallory, BIG, BURST_PACKETS);
  const makeAgain = async (): Promise<void> => {
    await mallory.client.call('closeProducer', { ...mallory.of, producerId });
    producerId = await mallory.produce('microphone', opusParameters());
  };
  // More often than it is looked at.
  const refused = await waitFor(() => makeAgain().then(() => undefined, String), {
    intervalMs: 30,
    timeoutMs: 15_000,
  });
  expect(refused).toMatch('More media was sent');
});

test('packets on the transport that only receives end the peer, which need not send anything else', async () => {
  const events = watch('receiving');
  const mallory = testNode.peer('receiving', 'mallory');
  const { receiveTransport } = await mallory.open();
  const end = new WebRtcEnd('send', vp8Parameters());
  await mallory.connect(receiveTransport?.transportId ?? '', await end.answer(receiveTransport));
  let sequenceNumber = 0;
  const frame = Buffer.concat([vp8Frame(true), BIG]);
  const timer = setInterval(() => {
    for (let sent = 0; sent < 2 * BURST_PACKETS; sent += 1)
      end.send(frame, { sequenceNumber: sequenceNumber++ });
  }, BURST_INTERVAL_MS);
  open.push(end, { close: () => clearInterval(timer) });
  expect(await events.first('peerClosed')).toMatchObject({ reason: 'PEER_CLOSE_REASON_OVER_LIMIT' });
});

test('a receiver that asks for key frames all the time gets a few', async () => {
  const alice = testNode.peer('pictures', 'alice');
  const { sendTransport } = await alice.open();
  const parameters = vp8Parameters();
  const camera = new WebRtcEnd('send', parameters);
  open.push(camera);
  const producerId = await alice.produce('camera', parameters);
  await alice.connect(sendTransport?.transportId ?? '', await camera.answer(sendTransport));
  await waitFor(() => camera.open);
  const mallory = testNode.peer('pictures', 'mallory');
  const { receiveTransport } = await mallory.open();
  const { consumerId, rtpParameters } = await mallory.consume(producerId);
  const end = new WebRtcEnd('receive', fromRtpParametersMessage(rtpParameters));
  open.push(end);
  await mallory.connect(receiveTransport?.transportId ?? '', await end.answer(receiveTransport));
  await mallory.resume(consumerId);
  let sequenceNumber = 0;
  let answered = 0;
  const begun = performance.now();
  for (let asked = 0; asked < 300; asked += 1) {
    await mallory.client.call('requestKeyFrames', { ...mallory.of, consumerIds: [consumerId, consumerId] });
    // A camera obeys at once.
    camera.send(vp8Frame(camera.plis > answered), { sequenceNumber: sequenceNumber++ });
    answered = camera.plis;
    await new Promise((resolve) => setTimeout(resolve, BURST_INTERVAL_MS));
  }
  const seconds = (performance.now() - begun) / 1000;
  expect(camera.plis).toBeGreaterThanOrEqual(2);
  expect(camera.plis).toBeLessThanOrEqual(2 + 2 * seconds);
});

test('small packets are limited by their number', async () => {
  const events = watch('many');
  const { producerId } = await publish(testNode.peer('many', 'mallory'), Buffer.alloc(1), BURST_PACKETS);
  expect(await events.first('producerLimited')).toEqual({ peerId: 'mallory', producerId });
});

test.each([
  ['large', Buffer.concat([vp8Frame(true), BIG]), 2],
  // Far below the limit of bits.
  ['tiny', Buffer.alloc(1), 6],
])('%s packets that belong to no producer count for the peer, and end it', async (name, payload, times) => {
  const events = watch(`stray-${name}`);
  const mallory = testNode.peer(`stray-${name}`, 'mallory');
  const { sendTransport } = await mallory.open();
  const parameters = vp8Parameters();
  const end = new WebRtcEnd('send', parameters);
  await mallory.connect(sendTransport?.transportId ?? '', await end.answer(sendTransport));
  const producerId = await mallory.produce('microphone', opusParameters());
  let sequenceNumber = 0;
  const timer = setInterval(() => {
    for (let sent = 0; sent < times * BURST_PACKETS; sent += 1)
      end.send(payload, { sequenceNumber: sequenceNumber++ });
  }, BURST_INTERVAL_MS);
  open.push(end, { close: () => clearInterval(timer) });
  expect(await events.first('producerLimited')).toEqual({ peerId: 'mallory', producerId });
  expect(await events.first('peerClosed')).toMatchObject({ reason: 'PEER_CLOSE_REASON_OVER_LIMIT' });
});

test('an ordinary voice and a muted one are left alone', async () => {
  const events = watch('calm');
  const alice = testNode.peer('calm', 'alice');
  const { producerId } = await publish(alice, opusFrame(), 1);
  const bob = await listen(testNode.peer('calm', 'bob'), producerId);
  // Several looks.
  await waitFor(() => bob.packets.length >= 300);
  await alice.client.call('setProducerPaused', { ...alice.of, producerId, paused: true });
  await alice.client.call('setProducerPaused', { ...alice.of, producerId, paused: false });
  const before = bob.packets.length;
  await waitFor(() => bob.packets.length >= before + 20);
  expect(events.all('producerLimited')).toEqual([]);
});
