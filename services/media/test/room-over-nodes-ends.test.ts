import { afterEach, expect, test } from '@jest/globals';
import { opusParameters, vp8Parameters, TcpRelay, waitFor } from '@parley/common/testing';
import type { PeerId } from '@parley/proto/ids';
import { observer, type types } from 'mediasoup';
import { cleanup } from 'node-datachannel';
import type { TestNode, TestNodeOptions } from './support/test-node.ts';
import { linksOf, ROOM, TwoNodes } from './support/two-nodes.ts';
import { vp8Frame } from './support/webrtc-end.ts';

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

test('a producer that closes at home ends its consumers on the other node, and leaves nothing', async () => {
  await begin();
  const events = watch(nodes.away);
  const alice = await nodes.camera('alice', [501, 502]);
  const bob = nodes.far('bob');
  await bob.open();
  const { consumerId, producerId } = await bob.consume(alice.producerId);
  await nodes.home.client.call('closeProducer', { ...nodes.atHome('alice').of, producerId });
  expect(await events.first('consumerClosed')).toEqual({ peerId: 'bob', consumerId, producerId });
  await waitFor(() => linksOf(nodes.away).foreign === 0);
  await waitFor(() => linksOf(nodes.home).atHome === 0);
  await expect(bob.consume(producerId)).rejects.toThrow('producer_not_found');
  await bob.close();
  await nodes.atHome('alice').close();
  await nodes.expectNothingLeft();
});

test('a room ends with its own peers, whatever it has of other nodes, and so do the links to it', async () => {
  await begin();
  const alice = await nodes.camera('alice', [501, 502]);
  const bob = nodes.far('bob');
  await bob.open();
  await bob.consume(alice.producerId);
  await bob.close();
  expect(nodes.away.node.roomCount).toBe(0);
  await waitFor(() => linksOf(nodes.home).atHome === 0);

  const carol = nodes.far('carol');
  const events = watch(nodes.away);
  await carol.open();
  await carol.consume(alice.producerId);
  await nodes.atHome('alice').close();
  expect(nodes.home.node.roomCount).toBe(0);
  await events.first('consumerClosed', ({ peerId }) => peerId === 'carol');
  await expect(carol.consume(alice.producerId)).rejects.toThrow('producer_not_found');
  await carol.close();
  await nodes.expectNothingLeft();
});

test('a link that breaks ends what it carried, and the next request makes another one', async () => {
  await begin();
  const relay = await TcpRelay.create(nodes.home.address);
  nodes.streams.open.push(relay);
  const events = watch(nodes.away);
  const alice = await nodes.camera('alice', [501, 502]);
  const bob = nodes.far('bob', relay.address);
  await bob.open();
  const { consumerId, producerId } = await bob.consume(alice.producerId);
  relay.cut();
  expect(await events.first('consumerClosed')).toEqual({ peerId: 'bob', consumerId, producerId });
  await waitFor(() => linksOf(nodes.away).pipes === 0);
  expect(linksOf(nodes.away).foreign).toBe(0);
  await waitFor(() => linksOf(nodes.home).atHome === 0);
  expect(nodes.home.pool.workers[0]?.census.pipes).toBe(0);

  const back = await waitFor(async () => bob.consume(producerId).catch(() => undefined));
  expect(back.consumerId).not.toBe(consumerId);
  const { end, consumers } = await nodes.streams.subscribeAll(bob, [producerId]);
  await bob.resume(consumers[0]!.consumerId);
  await waitFor(() => end.packets.length >= 5);
  expect(nodes.workerErrors).toEqual([]);
});

test('a home without capacity refuses pictures, and still sends voices', async () => {
  await begin({ limits: { consumers: 1 } });
  const events = watch(nodes.home);
  const alice = nodes.atHome('alice');
  await alice.open();
  const camera = await alice.produce('camera', vp8Parameters('1', [501]));
  const microphone = await alice.produce('microphone', opusParameters('7', 77));
  await nodes.atHome('listener').open();
  const kept = await nodes.atHome('listener').consume(camera);
  const bob = nodes.far('bob');
  await bob.open();
  await expect(bob.consume(camera)).rejects.toThrow('at_capacity');
  expect(linksOf(nodes.away)).toEqual({ foreign: 0, atHome: 0, pipes: 0 });
  expect((await bob.consume(microphone)).producerId).toBe(microphone);
  expect((await events.first('consumerClosed')).consumerId).toBe(kept.consumerId);
});

test('a home that is slow fails what is asked of it before the whole request fails, and is used later', async () => {
  // The worker is not replaced.
  await begin({ pool: { health: { tickMs: 100, unhealthyAfterTicks: 300, frozenAfterTicks: 600 } } });
  const alice = nodes.atHome('alice');
  await alice.open();
  const microphone = await alice.produce('microphone', opusParameters());
  const bob = nodes.far('bob');
  await bob.open();
  const pid = nodes.home.pool.workers[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  try {
    const begun = performance.now();
    await expect(bob.consume(microphone)).rejects.toThrow('media_unavailable');
    // Signaling waits for five seconds.
    expect(performance.now() - begun).toBeLessThan(4_000);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  // What was asked for is made, and ends without anybody who uses it.
  await waitFor(() => linksOf(nodes.away).pipes === 0 && linksOf(nodes.home).atHome === 0);
  expect((await bob.consume(microphone)).producerId).toBe(microphone);
  await alice.close();
  await bob.close();
  await nodes.expectNothingLeft();
});

const freePorts = async ({ client }: TestNode) => (await client.call('getStatus', {})).freePipePorts;

test('a node says how many ports are left for links', async () => {
  const pipePlace = { address: '127.0.0.1', ports: { min: 19_980, max: 19_989 } };
  await begin({ room: { pipePlace } });
  const alice = await nodes.camera('alice', [501]);
  const bob = nodes.far('bob');
  await bob.open();
  expect([await freePorts(nodes.home), await freePorts(nodes.away)]).toEqual([10, 10]);
  await bob.consume(alice.producerId);
  expect([await freePorts(nodes.home), await freePorts(nodes.away)]).toEqual([9, 9]);
  expect(await nodes.home.metric('parley_media_free_pipe_ports')).toBe(9);
  await bob.close();
  await waitFor(async () => (await freePorts(nodes.home)) === 10 && (await freePorts(nodes.away)) === 10);
});

test('nodes that link to each other in the same moment get every port back, also if one of them ends halfway', async () => {
  // Two for each direction: both ends are on this machine.
  const pipePlace = { address: '127.0.0.1', ports: { min: 19_970, max: 19_973 } };
  await begin({ room: { pipePlace } });
  const [alice, bob] = [nodes.atHome('alice'), nodes.far('bob')];
  for (let round = 0; round < 8; round += 1) {
    await Promise.all([alice.open(), bob.open()]);
    const [ofAlice, ofBob] = await Promise.all(
      [alice, bob].map((peer) => peer.produce('microphone', opusParameters())),
    );
    const consuming = Promise.allSettled([alice.consume(ofBob!), bob.consume(ofAlice!)]);
    if (round % 2 === 1) await (round % 4 === 1 ? alice : bob).close();
    const outcomes = (await consuming).map(({ status }) => status);
    if (round % 2 === 0) expect(outcomes).toEqual(['fulfilled', 'fulfilled']);
    await Promise.all([alice.close(), bob.close()]);
    await waitFor(async () => (await freePorts(nodes.home)) === 4 && (await freePorts(nodes.away)) === 4);
  }
  await nodes.expectNothingLeft();
});

test('a node without a port for another link refuses it, and counts that', async () => {
  const pipePlace = { address: '127.0.0.1', ports: { min: 19_990, max: 19_990 } };
  await begin({ room: { pipePlace } });
  const alice = nodes.atHome('alice');
  await alice.open();
  const microphone = await alice.produce('microphone', opusParameters());
  const bob = nodes.far('bob');
  await bob.open();
  expect(await freePorts(nodes.home)).toBe(1);
  // Both ends are on this machine, and there is one port.
  await expect(bob.consume(microphone)).rejects.toThrow('at_capacity');
  const refused = (node: TestNode) => node.metric('parley_media_admission_refusals_total{thing="link"');
  expect([await refused(nodes.home), await refused(nodes.away)]).toEqual([1, 0]);
  expect([await freePorts(nodes.home), await freePorts(nodes.away)]).toEqual([1, 1]);
});

test('nothing is consumed of a node that is not there, does not know the room, or does not know us', async () => {
  await begin();
  const bob = nodes.far('bob', '127.0.0.1:9');
  await bob.open();
  const id = crypto.randomUUID();
  await expect(bob.consume(id)).rejects.toThrow('media_unavailable');
  await expect(nodes.far('bob').consume(id)).rejects.toThrow('producer_not_found');
  await expect(nodes.far('bob', '').consume(id)).rejects.toThrow('producer_not_found');
  await expect(nodes.far('bob', 'not an address').consume(id)).rejects.toMatchObject({
    code: 'invalid_request',
  });
  expect(linksOf(nodes.away)).toEqual({ foreign: 0, atHome: 0, pipes: 0 });
  await nodes.close();

  await begin({ secret: 'another secret that is as long as the real one' });
  const alice = await nodes.camera('alice', [501]);
  await nodes.far('bob').open();
  await expect(nodes.far('bob').consume(alice.producerId)).rejects.toThrow('media_unavailable');
  expect(linksOf(nodes.home).atHome).toBe(0);
});

test('a killed worker at home ends what came from it, and a killed worker of the consumer what went to it', async () => {
  await begin();
  const events = watch(nodes.away);
  const alice = await nodes.camera('alice', [501]);
  const bob = nodes.far('bob');
  await bob.open();
  await bob.consume(alice.producerId);
  process.kill(nodes.home.pool.workers[0]?.pid ?? 0, 'SIGKILL');
  await events.first('consumerClosed', ({ producerId }) => producerId === alice.producerId);
  await waitFor(() => linksOf(nodes.away).foreign === 0);
  await expect(bob.consume(alice.producerId)).rejects.toThrow('producer_not_found');

  await waitFor(() => nodes.home.pool.workers[0]?.healthy === true);
  const back = await nodes.streams.publish(nodes.atHome('alice'), 'camera', vp8Parameters('1', [501]), () =>
    vp8Frame(true),
  );
  await bob.consume(back.producerId);
  process.kill(nodes.away.pool.workers[0]?.pid ?? 0, 'SIGKILL');
  await waitFor(() => linksOf(nodes.home).atHome === 0);
  expect(nodes.away.node.roomCount).toBe(0);
  expect(nodes.home.pool.workers[0]?.census.pipes).toBe(0);
});

test('one of two links that ends takes what was wanted over it, and leaves the other one alone', async () => {
  const ends: { pid: number; transport: types.Transport }[] = [];
  const collect = (worker: types.Worker): void => {
    worker.observer.on('newrouter', (router) =>
      router.observer.on('newtransport', (transport) => {
        if (transport.type === 'pipe') ends.push({ pid: worker.pid, transport });
      }),
    );
  };
  observer.on('newworker', collect);
  await begin({ workers: 2, limits: { cpu: 1_000, consumers: 10_000, spread: 0.0001 } });
  observer.off('newworker', collect);
  const [atHome, away] = [watch(nodes.home), watch(nodes.away)];
  const alice = await nodes.camera('alice', [501, 502]);
  const prefer = async (peerId: string, spatialLayer: number): Promise<string> => {
    const peer = nodes.far(peerId);
    await peer.open();
    const { consumerId } = await peer.consume(alice.producerId, { spatialLayer });
    await peer.resume(consumerId);
    return consumerId;
  };
  const high = await prefer('bob', 1);
  await prefer('carol', 0);
  const wanted = () => atHome.all('producerLayersWanted').at(-1)?.maxSpatialLayer ?? 1;
  expect([linksOf(nodes.home).atHome, wanted()]).toEqual([2, 1]);
  const room = nodes.away.node.room(ROOM as never);
  const { pid } = room.peer('bob' as PeerId).router.worker;

  ends.find((end) => end.pid === pid)?.transport.close();

  expect((await away.first('consumerClosed')).consumerId).toBe(high);
  await waitFor(() => wanted() === 0);
  expect(away.all('consumerClosed')).toHaveLength(1);
  expect(linksOf(nodes.away)).toEqual({ foreign: 1, atHome: 0, pipes: 1 });
  await waitFor(() => linksOf(nodes.home).atHome === 1);
});
