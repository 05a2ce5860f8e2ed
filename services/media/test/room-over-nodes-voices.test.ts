import { afterEach, expect, test } from '@jest/globals';
import { opusParameters, TcpRelay, waitFor } from '@parley/common/testing';
import type { PeerId } from '@parley/proto/ids';
import { cleanup } from 'node-datachannel';
import type { TestNode, TestNodeOptions } from './support/test-node.ts';
import { linksOf, ROOM, TwoNodes } from './support/two-nodes.ts';
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

test('both nodes name the same speakers in the same order, and hear no more of those who left', async () => {
  await begin();
  const stages = [watch(nodes.home), watch(nodes.away)];
  const speak = async (peer: ReturnType<TwoNodes['far']>, level: number) => {
    const sent = await nodes.streams.publish(peer, 'microphone', opusParameters(), opusFrame, level);
    return sent.producerId;
  };
  const quiet = await speak(nodes.atHome('alice'), 40);
  const loud = await speak(nodes.far('bob'), 15);
  await nodes.atHome('alice').consume(loud);
  await nodes.far('bob').consume(quiet);
  const last = (index: number) => stages[index]!.all('speakersChanged').at(-1);
  const order = (index: number) =>
    last(index)
      ?.speakers.map(({ peerId }) => peerId)
      .join();
  for (const index of [0, 1]) {
    await waitFor(() => order(index) === 'bob,alice');
    await waitFor(() => last(index)?.dominantPeerId === 'bob');
  }

  await nodes.far('bob').close();
  await waitFor(() => order(0) === 'alice');
  await waitFor(() => last(0)?.dominantPeerId === 'alice');
  await waitFor(() => linksOf(nodes.home).foreign === 0 && linksOf(nodes.home).atHome === 0);
});

test('the voices that a node forwards are chosen among those of all nodes, with their hands', async () => {
  await begin({ room: { voices: 3 } });
  const [atHome, away] = [watch(nodes.home), watch(nodes.away)];
  const names = (event: { producerIds: string[] } | undefined) => event?.producerIds.toSorted().join();
  const producers = new Map<string, string>();
  const unmute = async (peer: ReturnType<TwoNodes['far']>) => {
    const sent = await nodes.streams.publish(peer, 'microphone', opusParameters(), opusFrame);
    producers.set(peer.of.peerId, sent.producerId);
  };
  for (const peerId of ['ann', 'ben']) await unmute(nodes.atHome(peerId));
  for (const peerId of ['cleo', 'dan']) await unmute(nodes.far(peerId));
  const idsOf = (...peers: string[]) => peers.map((peerId) => producers.get(peerId)!);
  for (const id of idsOf('cleo', 'dan')) await nodes.atHome('ann').consume(id);
  for (const id of idsOf('ann', 'ben')) await nodes.far('cleo').consume(id);

  for (const stage of [atHome, away]) await stage.first('voicesChanged', ({ limited }) => limited);
  const voices = async (node: TestNode) => [
    await node.metric('parley_media_voices{state="forwarded"'),
    await node.metric('parley_media_voices{state="held_back"'),
  ];
  expect(await voices(nodes.home)).toEqual([3, 1]);
  expect(await voices(nodes.away)).toEqual([3, 1]);

  // A hand reaches the other node, and is known there for as long as something of the peer is.
  await nodes.home.client.call('setHand', { ...nodes.atHome('ben').of, raised: true });
  const room = nodes.away.node.room(ROOM as never);
  await waitFor(() => room.hasHandUp('ben' as PeerId));
  // A muted voice makes its place free.
  await nodes.home.client.call('setProducerPaused', {
    ...nodes.atHome('ann').of,
    producerId: idsOf('ann')[0]!,
    paused: true,
  });
  for (const stage of [atHome, away])
    await waitFor(() => stage.all('voicesChanged').at(-1)?.limited === false);
  expect(names(away.all('voicesChanged').find(({ limited }) => limited))?.split(',')).toHaveLength(3);
  await nodes.far('cleo').close();
  await waitFor(() => linksOf(nodes.away).foreign === 0);
  // The node at home still has a link to this one, and reports over it.
  expect(room.hasHandUp('ben' as PeerId)).toBe(true);
  expect(await voices(nodes.away)).toEqual([2, 0]);
  await nodes.atHome('ann').close();
  await waitFor(() => linksOf(nodes.home).foreign === 0 && linksOf(nodes.away).atHome === 0);
  expect(room.hasHandUp('ben' as PeerId)).toBe(false);
  expect(await voices(nodes.away)).toEqual([1, 0]);
});

test('a link that breaks while some of its voices are held back ends all of them, and asks the worker for nothing that is gone', async () => {
  await begin({ room: { voices: 3 } });
  const relay = await TcpRelay.create(nodes.home.address);
  nodes.streams.open.push(relay);
  const events = watch(nodes.away);
  const microphones: string[] = [];
  for (const peerId of ['ann', 'ben', 'cleo', 'dan', 'eve']) {
    const peer = nodes.atHome(peerId);
    await peer.open();
    microphones.push(await peer.produce('microphone', opusParameters()));
  }
  const fred = nodes.far('fred', relay.address);
  await fred.open();
  const made = await Promise.all(microphones.map((id) => fred.consume(id)));
  await fred.resume(...made.map(({ consumerId }) => consumerId));
  await events.first('voicesChanged', ({ limited }) => limited);
  expect(await nodes.away.metric('parley_media_voices{state="held_back"')).toBe(2);
  relay.cut();
  await waitFor(() => events.all('consumerClosed').length === made.length);
  const [worker] = nodes.away.pool.workers;
  await waitFor(async () => (await worker!.dump()) !== undefined && worker!.census.consumers === 0);
  expect(await nodes.away.metric('parley_media_voices{state="held_back"')).toBe(0);
  expect(nodes.workerErrors).toEqual([]);
});

test('an open microphone that nobody on the other node consumes is heard of there, and forwarded in place of others', async () => {
  await begin({ room: { voices: 3 } });
  const stage = watch(nodes.home);
  const microphones: string[] = [];
  for (const peerId of ['ann', 'ben', 'cleo', 'dan']) {
    const { producerId } = await nodes.streams.publish(
      nodes.atHome(peerId),
      'microphone',
      opusParameters(),
      opusFrame,
    );
    microphones.push(producerId);
  }
  const zoe = nodes.far('zoe');
  const { producerId } = await nodes.streams.publish(zoe, 'microphone', opusParameters(), opusFrame, 10);
  const named = () => stage.all('voicesChanged').at(-1)?.producerIds ?? [];
  await waitFor(() => named().length === 3);
  expect(named()).not.toContain(producerId);

  // The last peer listens to the others, and nobody asks for it.
  await zoe.consume(microphones[0]!);
  await waitFor(() => named().includes(producerId));
  await stage.first('speakersChanged', ({ dominantPeerId }) => dominantPeerId === 'zoe');
  expect(linksOf(nodes.home).foreign).toBe(0);
  const setPaused = (paused: boolean) =>
    nodes.away.client.call('setProducerPaused', { ...zoe.of, producerId, paused });
  await setPaused(true);
  await waitFor(() => !named().includes(producerId));
  await setPaused(false);
  await waitFor(() => named().includes(producerId));
  // Now the pages ask.
  await nodes.atHome('ann').consume(producerId);
  expect(linksOf(nodes.home)).toMatchObject({ foreign: 1, atHome: 1 });
});

test('a microphone that was just unmuted comes before those that were open when the link began', async () => {
  await begin({ room: { voices: 3 } });
  const stages = [watch(nodes.home), watch(nodes.away)];
  const speak = async (peer: ReturnType<TwoNodes['far']>) =>
    (await nodes.streams.publish(peer, 'microphone', opusParameters(), opusFrame)).producerId;
  const before: string[] = [];
  for (const peerId of ['ann', 'ben', 'cleo', 'dan']) before.push(await speak(nodes.atHome(peerId)));
  const newest = await speak(nodes.far('zoe'));
  await nodes.far('zoe').consume(before[0]!);
  for (const node of [nodes.home, nodes.away])
    await waitFor(async () => (await node.metric('parley_media_voices{state="held_back"')) === 2);
  for (const stage of stages)
    await waitFor(() => stage.all('voicesChanged').at(-1)?.producerIds.includes(newest), {
      timeoutMs: 5_000,
    });
});

test('the hand of a peer that leaves this node for another one is the one that it has there', async () => {
  await begin();
  const speak = (peer: ReturnType<TwoNodes['far']>) =>
    nodes.streams.publish(peer, 'microphone', opusParameters(), opusFrame);
  await speak(nodes.atHome('ben'));
  const { producerId } = await speak(nodes.atHome('ann'));
  await nodes.home.client.call('setHand', { ...nodes.atHome('ben').of, raised: true });
  // It has come from here a moment ago.
  await nodes.far('ben').open();
  await speak(nodes.far('zoe'));
  await nodes.far('zoe').consume(producerId);
  const room = nodes.away.node.room(ROOM as never);
  await waitFor(async () => (await nodes.away.metric('parley_media_voices{state="forwarded"')) === 3);
  expect(room.hasHandUp('ben' as PeerId)).toBe(false);
  await nodes.far('ben').close();
  expect(room.hasHandUp('ben' as PeerId)).toBe(true);
});
