import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { opusParameters, vp8Parameters, waitFor } from '@parley/common/testing';
import type { PeerId } from '@parley/proto/ids';
import { cleanup } from 'node-datachannel';
import type { RoomId } from '../src/room/ids.ts';
import { Streams } from './support/streams.ts';
import { TestNode } from './support/test-node.ts';
import { opusFrame, vp8Frame, WebRtcEnd } from './support/webrtc-end.ts';

let testNode: TestNode;
const streams = new Streams();
const { open } = streams;
const publish = streams.publish.bind(streams);
const subscribe = streams.subscribe.bind(streams);

beforeAll(async () => {
  testNode = await TestNode.create();
});

afterEach(() => {
  streams.close();
});

afterAll(async () => {
  await testNode.close();
  cleanup();
});

test('audio that one peer sends reaches another over ICE, DTLS and SRTP', async () => {
  const alice = await publish(testNode.peer('audio', 'alice'), 'microphone', opusParameters(), opusFrame);
  const bob = testNode.peer('audio', 'bob');
  const { end, consumerId } = await subscribe(bob, alice.producerId);

  await bob.resume(consumerId);

  await waitFor(() => end.packets.length >= 5);
  expect(end.packets.at(-1)?.subarray(-opusFrame().length)).toEqual(opusFrame());
});

test('a consumer forwards nothing before it is resumed, and nothing after it is paused', async () => {
  const alice = await publish(testNode.peer('paused', 'alice'), 'microphone', opusParameters(), opusFrame);
  const bob = testNode.peer('paused', 'bob');
  const carol = testNode.peer('paused', 'carol');
  const paused = await subscribe(bob, alice.producerId);
  const running = await subscribe(carol, alice.producerId);
  await carol.resume(running.consumerId);
  await waitFor(() => running.end.packets.length >= 5);

  expect(paused.end.packets).toHaveLength(0);

  await bob.resume(paused.consumerId);
  await waitFor(() => paused.end.packets.length >= 5);
  await bob.pause(paused.consumerId);
  const atPause = running.end.packets.length;
  const before = paused.end.packets.length;
  await waitFor(() => running.end.packets.length >= atPause + 10);
  expect(paused.end.packets.length - before).toBeLessThanOrEqual(2);
});

test('the sender of video is asked for a key frame when a consumer is resumed and when a consumer requests one', async () => {
  const alice = await publish(testNode.peer('video', 'alice'), 'camera', vp8Parameters(), () =>
    vp8Frame(true),
  );
  const bob = testNode.peer('video', 'bob');
  const { end, consumerId } = await subscribe(bob, alice.producerId);
  await bob.resume(consumerId);
  await waitFor(() => end.packets.length >= 5);

  // While a key frame is on its way, the worker does not ask for another: try until it does.
  const atFirst = alice.end.plis;
  await waitFor(async () => {
    await bob.pause(consumerId);
    await bob.resume(consumerId);
    return alice.end.plis > atFirst;
  });

  const before = alice.end.plis;
  await waitFor(async () => {
    await bob.client.call('requestKeyFrames', { ...bob.of, consumerIds: [consumerId] });
    return alice.end.plis > before;
  });
});

test('restarting ICE does not interrupt the media', async () => {
  const peer = testNode.peer('states', 'alice');
  const alice = await publish(peer, 'microphone', opusParameters(), opusFrame);
  const { transportId } = alice;
  const { sendTransport } = testNode.node.room('states' as RoomId).peer('alice' as PeerId);
  await waitFor(() => sendTransport?.dtlsState === 'connected');
  const bob = testNode.peer('states', 'bob');
  const { end, consumerId } = await subscribe(bob, alice.producerId);
  await bob.resume(consumerId);
  await waitFor(() => end.packets.length >= 3);

  const first = await peer.client.call('restartIce', { ...peer.of, transportId });
  const second = await peer.client.call('restartIce', { ...peer.of, transportId });

  expect(first.iceParameters?.usernameFragment).not.toBe(second.iceParameters?.usernameFragment);
  // The selected path stays until the browser has found another one, so that nothing is interrupted.
  const before = end.packets.length;
  await waitFor(() => end.packets.length >= before + 5);
});

test('active speakers are reported with their volume, the dominant speaker too, and silence is reported once', async () => {
  const watch = testNode.watch('speakers');
  open.push(watch);
  const peer = testNode.peer('speakers', 'alice');
  const { producerId } = await publish(peer, 'microphone', opusParameters(), opusFrame, 20);

  const event = await watch.first('speakersChanged', (event) => event.speakers.length > 0);
  expect(event.speakers).toEqual([{ peerId: 'alice', producerId, volume: expect.any(Number) }]);
  expect(event.speakers[0]?.volume).toBeGreaterThanOrEqual(-25);
  await watch.first('speakersChanged', (event) => event.dominantPeerId === 'alice');

  await peer.client.call('setProducerPaused', { ...peer.of, producerId, paused: true });
  await waitFor(() => watch.all('speakersChanged').at(-1)?.speakers.length === 0);
});

test('of simulcast the preferred layer is forwarded and reported, with its score', async () => {
  const watch = testNode.watch('simulcast');
  open.push(watch);
  const layers = { ...vp8Parameters('1', [501, 502, 503]) };
  const alice = await publish(testNode.peer('simulcast', 'alice'), 'camera', layers, () => vp8Frame(true));
  const bob = testNode.peer('simulcast', 'bob');
  const { end, consumerId } = await subscribe(bob, alice.producerId);
  const reports = setInterval(() => alice.end.sendReports(), 100);
  open.push({ close: () => clearInterval(reports) });
  const prefer = (spatialLayer: number) =>
    bob.client.call('setConsumerLayers', {
      ...bob.of,
      layers: [{ consumerId, preferredLayers: { spatialLayer } }],
    });
  await prefer(0);
  await bob.resume(consumerId);
  await watch.first(
    'consumerLayersChanged',
    (event) => event.consumerId === consumerId && event.spatialLayer === 0,
  );
  await waitFor(() => end.packets.length > 0);

  await prefer(1);
  await watch.first('consumerLayersChanged', (event) => event.spatialLayer === 1);
  const scored = await watch.first('producerScored', (event) => event.scores.length === 3);
  expect(scored).toMatchObject({ peerId: 'alice', producerId: alice.producerId });
  expect(await watch.first('consumerScored')).toMatchObject({ peerId: 'bob', consumerId });

  await bob.pause(consumerId);
  await watch.first('consumerLayersChanged', (event) => event.spatialLayer === undefined);
});

test('packets are counted by kind and direction, and stay counted when the peers have left', async () => {
  const packets = (kind: string, direction: string) =>
    testNode.metric(`parley_media_rtp_packets_total{kind="${kind}",direction="${direction}"`);
  const count = (metric: string) => testNode.metric(`parley_media_${metric}`);
  const before = { in: await packets('video', 'in'), out: await packets('video', 'out') };
  const peer = testNode.peer('counted', 'alice');
  const alice = await publish(peer, 'camera', vp8Parameters(), () => vp8Frame(true));
  const bob = testNode.peer('counted', 'bob');
  const { end, consumerId } = await subscribe(bob, alice.producerId);
  const plis = await count('key_frame_requests_total{type="pli",direction="in"');
  const scores = await count('consumer_score_count{service="media",kind="video"');
  expect(await count('transports_by_dtls{state="connected"')).toBeGreaterThanOrEqual(2);
  expect(await count('transports_by_path{protocol="udp"')).toBeGreaterThanOrEqual(2);
  await bob.resume(consumerId);
  await waitFor(() => end.packets.length >= 20);

  await waitFor(async () => (await packets('video', 'in')) >= before.in + 20);
  await waitFor(async () => (await packets('video', 'out')) >= before.out + 20);
  expect(await packets('video', 'out')).toBeLessThanOrEqual(before.out + end.packets.length + 5);
  await waitFor(async () => (await count('key_frame_requests_total{type="pli",direction="in"')) > plis);
  await waitFor(async () => (await count('consumer_score_count{service="media",kind="video"')) > scores);

  const atEnd = await packets('video', 'out');
  await bob.close();
  await peer.close();
  expect(await packets('video', 'out')).toBeGreaterThanOrEqual(atEnd);
});

test('a failed DTLS handshake is counted', async () => {
  const before = await testNode.metric('parley_media_dtls_failures_total');
  const peer = testNode.peer('dtls', 'mallory');
  const { sendTransport } = await peer.open();
  const parameters = opusParameters();
  const end = new WebRtcEnd('send', parameters);
  open.push(end);
  const { role, fingerprints } = await end.answer(sendTransport);
  const wrong = fingerprints.map((one) => ({ ...one, value: one.value.replaceAll(/[0-9A-F]{2}/gi, 'AB') }));
  await peer.connect(sendTransport?.transportId ?? '', { role, fingerprints: wrong });
  await waitFor(async () => (await testNode.metric('parley_media_dtls_failures_total')) === before + 1);
  expect(await testNode.metric('parley_media_networks_in_trouble{trouble="dtls_failed"')).toBe(1);
});
