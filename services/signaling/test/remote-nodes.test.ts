import type { ServiceRegistry } from '@parley/common/discovery';
import { createMetrics } from '@parley/common/service';
import { silentLogger, waitFor } from '@parley/common/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { formatRoomCode, peerIdSchema, type TraceId } from '@parley/proto/ids';
import { RemotePeer } from '../src/nodes/remote-peer.ts';
import { RemoteNodes } from '../src/nodes/remote-nodes.ts';
import { NodeWatch } from '../src/nodes/node-watch.ts';
import { FakeMediaNode } from './support/fake-media-node.ts';
import { MEDIA_GRPC_SECRET } from './support/test-signaling.ts';

const CODE = formatRoomCode('abcdefghjkm');
const PEER = peerIdSchema.parse('peer-1');

describe('a media node', () => {
  let home: FakeMediaNode;
  let idle: FakeMediaNode;
  /** Those that pass their checks, and all. */
  let listed: FakeMediaNode[];
  let registered: FakeMediaNode[];
  let nodes: RemoteNodes;
  let changed: () => void;

  /** For the second peer of a room. */
  const placeAt = async ({ address }: FakeMediaNode, without: string[] = []) => {
    const { node } = await nodes.place({ room: new Map([[address, 1]]), without: new Set(without) });
    return node.id;
  };
  const placeFirst = async () => (await nodes.place({ room: new Map() })).node.id;
  const list = () => listed.map(({ address }) => ({ id: address, address }));
  const registry: ServiceRegistry = {
    list,
    registered: () => registered.map(({ address }) => ({ id: address, address })),
    onChange: (_service, listener) => {
      changed = listener;
      return () => undefined;
    },
    close: () => undefined,
  };
  const thinkAway = async () => {
    const node = nodes.get(home.address);
    home.failNext('closePeer');
    const closed = new RemotePeer({
      node,
      code: CODE,
      peerId: PEER,
      traceId: '0'.repeat(32) as TraceId,
    }).close();
    await expect(closed).rejects.toMatchObject({ code: 'media_unavailable' });
    expect(node.load.reachable).toBe(false);
  };

  const watchOf = async ({ address }: FakeMediaNode) => {
    const watch = new NodeWatch({ node: nodes.get(address), code: CODE, logger: silentLogger });
    const { promise, resolve } = Promise.withResolvers<unknown>();
    watch.once('state', resolve);
    watch.open();
    await promise;
    return watch;
  };

  beforeEach(async () => {
    [home, idle] = [
      await FakeMediaNode.start(MEDIA_GRPC_SECRET),
      await FakeMediaNode.start(MEDIA_GRPC_SECRET),
    ];
    home.cpu = 0.9;
    listed = [home, idle];
    registered = listed;
    nodes = await RemoteNodes.create(registry, {
      secret: MEDIA_GRPC_SECRET,
      logger: silentLogger,
      metrics: createMetrics('test'),
    });
  });
  afterEach(async () => {
    nodes.close();
    await Promise.all([home.stop(), idle.stop()]);
  });

  test('stays when one call to it failed: it is asked again before everybody is moved', async () => {
    await thinkAway();
    const placed = await Promise.all([placeAt(home), placeAt(home)]);
    expect(placed).toEqual([home.address, home.address]);
  });

  test('is left when it does not answer then either, and new rooms do not wait for it', async () => {
    await thinkAway();
    expect(await placeFirst()).toBe(idle.address);
    await home.stop();
    expect(await placeAt(home)).toBe(idle.address);
  });

  test('is not left while it is silent: nobody is placed there, and its media counts as alive', async () => {
    const node = nodes.get(home.address);
    const watch = await watchOf(home);
    let abandoned = 0;
    watch.on('abandoned', () => (abandoned += 1));
    home.silent = true;
    await waitFor(() => !node.load.reachable && node.silentMs > 500, { timeoutMs: 8_000 });
    await expect(placeAt(home)).rejects.toMatchObject({
      code: 'media_unavailable',
      retryAfterMs: expect.any(Number),
    });
    expect(await placeFirst()).toBe(idle.address);
    expect(await placeAt(home, [home.address])).toBe(idle.address);
    home.silent = false;
    await waitFor(() => node.load.reachable, { timeoutMs: 8_000 });
    expect(await placeAt(home)).toBe(home.address);
    expect([abandoned, node.gone, node.silentMs]).toEqual([0, false, 0]);
    watch.close();
    expect(node.listenerCount('gone')).toBe(0);
  });

  test('is given up within a second when its port refuses', async () => {
    const watch = await watchOf(home);
    const { promise, resolve } = Promise.withResolvers<void>();
    watch.once('abandoned', resolve);
    const stoppedAt = performance.now();
    await home.stop();
    await promise;
    expect(performance.now() - stoppedAt).toBeLessThan(1_000);
    expect(nodes.get(home.address).gone).toBe(true);
    watch.close();
  });

  test('is given up when it is silent and not registered any more, and not while its checks only fail', async () => {
    const watch = await watchOf(home);
    const node = nodes.get(home.address);
    const { promise, resolve } = Promise.withResolvers<void>();
    watch.once('abandoned', resolve);
    home.silent = true;
    await waitFor(() => !node.load.reachable, { timeoutMs: 8_000 });
    listed = [idle];
    changed();
    // Its process is frozen, and its workers are not.
    expect([node.gone, nodes.find(home.address)]).toEqual([false, node]);
    registered = [idle];
    changed();
    await promise;
    expect(nodes.find(home.address)).toBeUndefined();
    watch.close();
  });

  test('is left when it is about to stop', async () => {
    home.draining = true;
    await waitFor(() => nodes.get(home.address).load.draining, { timeoutMs: 3_000 });
    expect(await placeAt(home)).toBe(idle.address);
  });

  test('of a room that has another one that answers is passed over while it is silent', async () => {
    home.silent = true;
    await waitFor(() => !nodes.get(home.address).load.reachable, { timeoutMs: 8_000 });
    const room = new Map([
      [home.address, 8],
      [idle.address, 1],
    ]);
    const { node, as } = await nodes.place({ room });
    expect([node.id, as]).toEqual([idle.address, 'known']);
  });

  test('has space for a room only if it can be linked with the others', async () => {
    const hasSpaceFor = async (...of: FakeMediaNode[]) => {
      await Promise.all([home, idle].map(({ address }) => nodes.get(address).ask()));
      return nodes.hasSpaceFor(new Set(of.map(({ address }) => address)));
    };
    expect(await hasSpaceFor(home)).toBe(true);
    home.accepting = false;
    idle.freePipePorts = 0;
    expect([await hasSpaceFor(), await hasSpaceFor(home)]).toEqual([true, false]);
    idle.freePipePorts = 1;
    expect(await hasSpaceFor(home)).toBe(true);
    home.draining = true;
    idle.freePipePorts = 0;
    expect(await hasSpaceFor(home)).toBe(true);
    idle.accepting = false;
    expect(await hasSpaceFor(home)).toBe(false);
  });

  test('is counted with the peers that were just placed there', async () => {
    home.cpu = 0;
    await waitFor(() => nodes.get(home.address).load.cpu === 0, { timeoutMs: 8_000 });
    const placed = await Promise.all(Array.from({ length: 6 }, placeFirst));
    expect(placed.filter((id) => id === home.address)).toHaveLength(3);
  });

  test('stays when it is listed and was not asked yet', async () => {
    const added = await FakeMediaNode.start(MEDIA_GRPC_SECRET);
    listed.push(added);
    expect(await placeAt(added)).toBe(added.address);
    await added.stop();
  });
});
