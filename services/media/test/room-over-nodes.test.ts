import { afterEach, expect, test } from '@jest/globals';
import { opusParameters, vp8Parameters, waitFor } from '@parley/common/testing';
import { cleanup } from 'node-datachannel';
import { LossyNetwork } from './support/lossy-network.ts';
import type { TestNode, TestNodeOptions } from './support/test-node.ts';
import { LINGER_MS, linksOf, ROOM, TwoNodes } from './support/two-nodes.ts';
import { opusFrame } from './support/webrtc-end.ts';

let nodes: TwoNodes;

afterEach(async () => {
  await nodes.close();
  cleanup();
});

async function begin(options: TestNodeOptions = {}): Promise<void> {
  nodes = await TwoNodes.create(options);
}

const watch = (node: TestNode) => {
  const stream = node.watch(ROOM);
  nodes.streams.open.push(stream);
  return stream;
};

/** Payloads that nobody else sends, each with its number. */
function numbered(size: number, first: readonly number[] = []): () => Buffer {
  let count = 0;
  return () => {
    const payload = Buffer.alloc(size, 0xa5);
    payload.set(first);
    payload.writeUInt32BE(count++, size - 4);
    return payload;
  };
}

/** The numbers in the payloads that arrived, or -1 for another content. */
function numbersOf(packets: readonly Buffer[], payload: Buffer): number[] {
  return packets.map((packet) => {
    const arrived = packet.subarray(-payload.length);
    const isSame = arrived.subarray(0, -4).equals(payload.subarray(0, -4));
    return isSame ? arrived.readUInt32BE(payload.length - 4) : -1;
  });
}

test('sound and picture of a peer on one node arrive at a peer on another one, as they were sent', async () => {
  await begin();
  const [sound, picture] = [numbered(60), numbered(102, [0x10, 0x00])];
  const alice = nodes.atHome('alice');
  const camera = await nodes.streams.publish(alice, 'camera', vp8Parameters('1', [501]), picture);
  const bobs = nodes.atHome('bob');
  const microphone = await nodes.streams.publish(bobs, 'microphone', opusParameters(), sound);
  const carol = nodes.far('carol');
  const wanted = [camera.producerId, microphone.producerId];
  const { end, consumers } = await nodes.streams.subscribeAll(carol, wanted);
  await carol.resume(...consumers.map(({ consumerId }) => consumerId));

  const samples = [picture(), sound()];
  for (const [index, { parameters }] of consumers.entries()) {
    await waitFor(() => end.packetsOf(parameters).length >= 20);
    const numbers = numbersOf(end.packetsOf(parameters), samples[index]!);
    expect(numbers).not.toContain(-1);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.at(-1)! - numbers[0]!).toBeGreaterThanOrEqual(numbers.length - 1);
  }
  const made = await carol.consume(microphone.producerId);
  expect([made.producerPeerId, made.source, made.kind]).toEqual([
    'bob',
    'SOURCE_MICROPHONE',
    'MEDIA_KIND_AUDIO',
  ]);

  expect(linksOf(nodes.away)).toEqual({ foreign: 2, atHome: 0, pipes: 2 });
  expect(linksOf(nodes.home)).toEqual({ foreign: 0, atHome: 1, pipes: 0 });
  for (const kind of ['audio', 'video']) {
    const labels = `{kind="${kind}",reach="remote"`;
    expect(await nodes.home.metric(`parley_media_pipes${labels}`)).toBe(1);
    expect(await nodes.away.metric(`parley_media_pipes${labels}`)).toBe(0);
    await waitFor(async () => (await nodes.home.metric(`parley_media_pipe_bytes_total${labels}`)) > 0);
  }
  expect(await nodes.home.metric('parley_media_links')).toBe(1);
  expect(await nodes.away.metric('parley_media_links')).toBe(1);
  await waitFor(async () => (await nodes.home.metric('parley_media_link_rtt_seconds_count')) > 0, {
    timeoutMs: 15_000,
  });
  expect(nodes.workerErrors).toEqual([]);
});

test('packets that the network between the nodes loses are sent again', async () => {
  const network = await LossyNetwork.create(10);
  await begin({ network });
  nodes.streams.open.push(network);
  const payload = numbered(102, [0x10, 0x00]);
  const alice = nodes.atHome('alice');
  const camera = await nodes.streams.publish(alice, 'camera', vp8Parameters('1', [501]), payload);
  const bob = nodes.far('bob');
  const { end, consumers } = await nodes.streams.subscribeAll(bob, [camera.producerId]);
  await bob.resume(consumers[0]!.consumerId);
  await waitFor(() => end.packets.length > 300);

  const numbers = new Set(numbersOf(end.packets, payload()));
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  // The newest may be on their way.
  const missing = Array.from({ length: last - first - 25 }, (_, at) => first + at).filter(
    (number) => !numbers.has(number),
  );
  expect(network.lost).toBeGreaterThan(25);
  // Of those that are sent again some are lost as well.
  expect(missing.length).toBeLessThan(network.lost / 3);
  await waitFor(
    async () => (await nodes.home.metric('parley_media_link_packets_lost_total{kind="video"')) > 0,
  );
  expect(nodes.workerErrors).toEqual([]);
});

test('both nodes consume from each other, over one link in each direction', async () => {
  await begin();
  const alice = await nodes.streams.publish(nodes.atHome('alice'), 'microphone', opusParameters(), opusFrame);
  const bob = await nodes.streams.publish(nodes.far('bob'), 'microphone', opusParameters(), opusFrame);
  for (const [peer, from] of [
    [nodes.atHome('alice'), bob],
    [nodes.far('bob'), alice],
  ] as const) {
    const { end, consumers } = await nodes.streams.subscribeAll(peer, [from.producerId]);
    await peer.resume(consumers[0]!.consumerId);
    await waitFor(() => end.packets.length >= 5);
  }
  for (const node of [nodes.home, nodes.away])
    expect(linksOf(node)).toEqual({ foreign: 1, atHome: 1, pipes: 1 });
  await nodes.atHome('alice').close();
  await nodes.far('bob').close();
  await nodes.expectNothingLeft();
});

test('a producer is carried once for all who consume it, and ends some time after the last one, with its link', async () => {
  await begin();
  const alice = nodes.atHome('alice');
  await alice.open();
  const [microphone, screen] = await Promise.all([
    alice.produce('microphone', opusParameters('7', 77)),
    alice.produce('screen', vp8Parameters('8', [88])),
  ]);
  const people = ['bob', 'carol'].map((peerId) => nodes.far(peerId));
  await Promise.all(people.map((peer) => peer.open()));
  const made = await Promise.all(
    people.flatMap((peer) => [microphone, screen].map((id) => peer.consume(id))),
  );
  expect(new Set(made.map(({ consumerId }) => consumerId)).size).toBe(4);
  expect(linksOf(nodes.away)).toEqual({ foreign: 2, atHome: 0, pipes: 2 });
  const [worker] = nodes.home.pool.workers;
  expect(worker?.census).toMatchObject({ consumers: 2, pipes: 2 });
  expect(nodes.home.capacity.of(worker!).load.consumers).toBe(2);

  const [bob, carol] = people;
  await bob!.close();
  expect(linksOf(nodes.away).foreign).toBe(2);
  const ofSound = made.filter(({ kind }) => kind === 'MEDIA_KIND_AUDIO').map(({ consumerId }) => consumerId);
  await nodes.away.client.call('closeConsumers', { ...carol!.of, consumerIds: ofSound });
  await waitFor(() => linksOf(nodes.away).foreign === 1);
  await waitFor(() => worker?.census.pipes === 1);
  const again = await carol!.consume(microphone);
  expect(ofSound).not.toContain(again.consumerId);
  expect(linksOf(nodes.away)).toEqual({ foreign: 2, atHome: 0, pipes: 2 });

  // Somebody who stays does not keep anything either.
  const { results } = await nodes.away.client.call('consume', {
    ...carol!.of,
    items: [{ producerId: screen, home: nodes.home.address }],
  });
  const consumerIds = [again.consumerId, results[0]?.consumer?.consumerId ?? ''];
  const closedAt = performance.now();
  await nodes.away.client.call('closeConsumers', { ...carol!.of, consumerIds });
  await waitFor(() => linksOf(nodes.away).foreign === 0);
  expect(performance.now() - closedAt).toBeGreaterThanOrEqual(LINGER_MS - 50);
  await waitFor(() => linksOf(nodes.home).atHome === 0);
  expect(worker?.census).toMatchObject({ consumers: 0, pipes: 0 });
  await carol!.close();
  await alice.close();
  await nodes.expectNothingLeft();
});

test('pause, resume and requests of key frames pass, and nothing is sent for paused consumers', async () => {
  await begin();
  const alice = await nodes.camera('alice', [501, 502]);
  const bob = nodes.far('bob');
  const { end, consumers } = await nodes.streams.subscribeAll(bob, [alice.producerId]);
  const { consumerId } = consumers[0]!;
  await bob.resume(consumerId);
  await waitFor(() => end.packets.length >= 5);

  const atFirst = alice.end.plis;
  await waitFor(async () => {
    await bob.client.call('requestKeyFrames', { ...bob.of, consumerIds: [consumerId] });
    return alice.end.plis > atFirst;
  });

  const mute = (paused: boolean) =>
    nodes.home.client.call('setProducerPaused', {
      ...nodes.atHome('alice').of,
      producerId: alice.producerId,
      paused,
    });
  await mute(true);
  await waitFor(async () => (await bob.consume(alice.producerId)).producerPaused);
  const silentAt = end.packets.length;
  await mute(false);
  await waitFor(() => end.packets.length >= silentAt + 5);
  expect((await bob.consume(alice.producerId)).producerPaused).toBe(false);

  const bytes = () => nodes.home.metric('parley_media_pipe_bytes_total{kind="video",reach="remote"');
  await bob.pause(consumerId);
  let before = -1;
  await waitFor(async () => {
    const now = await bytes();
    const isStill = now === before;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 600));
    return isStill;
  });
  const resumedAt = end.packets.length;
  await bob.resume(consumerId);
  await waitFor(() => end.packets.length >= resumedAt + 5);
  await waitFor(async () => (await bytes()) > before);
  expect(nodes.workerErrors).toEqual([]);
});

test('a producer that is paused when it is first consumed is paused there too, until it is resumed', async () => {
  await begin();
  const alice = nodes.atHome('alice');
  const sent = await nodes.streams.publish(alice, 'microphone', opusParameters(), opusFrame, undefined, true);
  const bob = nodes.far('bob');
  const { end, consumers } = await nodes.streams.subscribeAll(bob, [sent.producerId]);
  await bob.resume(consumers[0]!.consumerId);
  expect((await bob.consume(sent.producerId)).producerPaused).toBe(true);
  await nodes.home.client.call('setProducerPaused', {
    ...alice.of,
    producerId: sent.producerId,
    paused: false,
  });
  await waitFor(() => end.packets.length >= 5);
});

test('the sender is asked for the layers that anybody wants on any node, by its own node', async () => {
  await begin();
  const [atHome, away] = [watch(nodes.home), watch(nodes.away)];
  const alice = await nodes.camera('alice', [501, 502]);
  for (const peer of [nodes.atHome('listener'), nodes.far('bob'), nodes.far('carol')]) await peer.open();
  const wanted = () => atHome.all('producerLayersWanted').at(-1);
  await waitFor(() => wanted()?.wanted === false);
  const prefer = async (peer = nodes.far('bob'), spatialLayer = 0) => {
    const { consumerId } = await peer.consume(alice.producerId);
    const layers = [{ consumerId, preferredLayers: { spatialLayer } }];
    await peer.client.call('setConsumerLayers', { ...peer.of, layers });
    await peer.resume(consumerId);
    return { peer, consumerId };
  };

  const low = await prefer(nodes.far('bob'), 0);
  await waitFor(() => wanted()?.wanted === true && wanted()?.maxSpatialLayer === 0);
  const high = await prefer(nodes.far('carol'), 1);
  await waitFor(() => wanted()?.maxSpatialLayer === 1);
  await nodes.away.client.call('closeConsumers', { ...high.peer.of, consumerIds: [high.consumerId] });
  await waitFor(() => wanted()?.maxSpatialLayer === 0);
  const near = await prefer(nodes.atHome('listener'), 1);
  await waitFor(() => wanted()?.maxSpatialLayer === 1);
  await near.peer.pause(near.consumerId);
  await waitFor(() => wanted()?.maxSpatialLayer === 0);
  await low.peer.pause(low.consumerId);
  await waitFor(() => wanted()?.wanted === false);
  await low.peer.resume(low.consumerId);
  await waitFor(() => wanted()?.wanted === true);
  // The link ends, and with it what it wanted.
  await low.peer.close();
  await nodes.far('carol').close();
  await waitFor(() => wanted()?.wanted === false);
  expect(away.all('producerLayersWanted')).toEqual([]);
  expect(nodes.workerErrors).toEqual([]);
});

test('the first consumer on another node wakes no more layers than it takes', async () => {
  await begin();
  const atHome = watch(nodes.home);
  const alice = await nodes.camera('alice', [501, 502]);
  const bob = nodes.far('bob');
  await bob.open();
  await nodes.atHome('listener').open();
  const wanted = () => atHome.all('producerLayersWanted');
  await waitFor(() => wanted().at(-1)?.wanted === false);
  const before = wanted().length;
  const { consumerId } = await bob.consume(alice.producerId, { spatialLayer: 0 });
  await bob.resume(consumerId);
  await waitFor(() => wanted().at(-1)?.wanted === true);
  await bob.pause(consumerId);
  await waitFor(() => wanted().at(-1)?.wanted === false);
  expect(
    wanted()
      .slice(before)
      .map(({ maxSpatialLayer }) => maxSpatialLayer),
  ).not.toContain(1);
});

test('a consumer changes its layer as at home', async () => {
  await begin();
  const events = watch(nodes.away);
  const alice = await nodes.camera('alice', [501, 502]);
  const bob = nodes.far('bob');
  const { end, consumers } = await nodes.streams.subscribeAll(bob, [alice.producerId]);
  const { consumerId } = consumers[0]!;
  const prefer = (spatialLayer: number) =>
    bob.client.call('setConsumerLayers', {
      ...bob.of,
      layers: [{ consumerId, preferredLayers: { spatialLayer } }],
    });
  const layer = (spatialLayer: number) =>
    events.first(
      'consumerLayersChanged',
      (event) => event.consumerId === consumerId && event.spatialLayer === spatialLayer,
    );
  await prefer(0);
  await bob.resume(consumerId);
  await layer(0);
  await waitFor(() => end.packets.length > 0);
  await prefer(1);
  await layer(1);
});

test('rooms that are over several workers on both nodes have a link for each pair, and each speaker once', async () => {
  await begin({ workers: 2, limits: { cpu: 1_000, consumers: 10_000, spread: 0.0001 } });
  const events = watch(nodes.away);
  const speak = async (peer: ReturnType<TwoNodes['far']>, ssrc: number) =>
    nodes.streams.publish(peer, 'microphone', opusParameters('0', ssrc), opusFrame, 20);
  // Each consumer moves the next peer of the room to the next worker.
  const alice = await speak(nodes.atHome('alice'), 71);
  await nodes.atHome('listener').open();
  await nodes.atHome('listener').consume(alice.producerId);
  const ann = await speak(nodes.atHome('ann'), 72);
  const ids = [alice.producerId, ann.producerId];
  const bob = nodes.far('bob');
  const first = await nodes.streams.subscribeAll(bob, ids);
  await bob.resume(...first.consumers.map(({ consumerId }) => consumerId));
  const carol = nodes.far('carol');
  const second = await nodes.streams.subscribeAll(carol, ids);
  await carol.resume(...second.consumers.map(({ consumerId }) => consumerId));
  expect(nodes.home.node.workersOf(ROOM as never)).toHaveLength(2);
  expect(nodes.away.node.workersOf(ROOM as never)).toHaveLength(2);

  expect(linksOf(nodes.home).atHome).toBe(4);
  expect(linksOf(nodes.away)).toEqual({ foreign: 2, atHome: 0, pipes: 4 });
  for (const { end, consumers } of [first, second])
    for (const { parameters } of consumers) await waitFor(() => end.packetsOf(parameters).length >= 5);
  const named = await events.first('speakersChanged', ({ speakers }) => speakers.length >= 2);
  expect(named.speakers.map(({ peerId }) => peerId).toSorted()).toEqual(['alice', 'ann']);

  const gone = await nodes.away.client.call('closePeer', carol.of);
  expect(gone).toEqual({});
  await waitFor(() => linksOf(nodes.home).atHome === 2);
  expect(linksOf(nodes.away)).toEqual({ foreign: 2, atHome: 0, pipes: 2 });
  expect(nodes.workerErrors).toEqual([]);
});
