import type { ServiceRegistry } from '@parley/common/discovery';
import { createMetrics } from '@parley/common/service';
import { silentLogger, waitFor } from '@parley/common/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { formatRoomCode, peerIdSchema, type TraceId } from '@parley/proto';
import { RemotePeer } from '../src/nodes/remote-peer.ts';
import { RemoteNodes } from '../src/nodes/remote-nodes.ts';
import { NodeWatch } from '../src/nodes/node-watch.ts';
import { FakeMediaNode } from './support/fake-media-node.ts';
import { MEDIA_GRPC_SECRET } from './support/test-signaling.ts';

const CODE = formatRoomCode('abcdefghjkm');
const PEER = peerIdSchema.parse('peer-1');

describe('the node of a room that has one', () => {
  let home: FakeMediaNode;
  let idle: FakeMediaNode;
  let listed: FakeMediaNode[];
  let nodes: RemoteNodes;

  const list = () => listed.map(({ address }) => ({ id: address, address }));
  const registry: ServiceRegistry = {
    list,
    registered: list,
    onChange: () => () => undefined,
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

  beforeEach(async () => {
    [home, idle] = [
      await FakeMediaNode.start(MEDIA_GRPC_SECRET),
      await FakeMediaNode.start(MEDIA_GRPC_SECRET),
    ];
    home.cpu = 0.9;
    listed = [home, idle];
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
    const placed = await Promise.all([nodes.place(home.address), nodes.place(home.address)]);
    expect(placed.map(({ id }) => id)).toEqual([home.address, home.address]);
  });

  test('is left when it does not answer then either, and new rooms do not wait for it', async () => {
    await thinkAway();
    expect((await nodes.place()).id).toBe(idle.address);
    await home.stop();
    expect((await nodes.place(home.address)).id).toBe(idle.address);
  });

  test('is given up when it falls silent although its stream stands, and not while it answers', async () => {
    const options = { node: nodes.get(home.address), code: CODE, logger: silentLogger };
    const watch = new NodeWatch({ ...options, nodeLostMs: 100 });
    const patient = new NodeWatch({ ...options, nodeLostMs: 5_000 });
    let [abandoned, lost] = [0, 0];
    for (const each of [watch, patient]) {
      each.on('abandoned', () => (abandoned += 1));
      each.on('lost', () => (lost += 1));
      const { promise, resolve } = Promise.withResolvers<unknown>();
      each.once('state', resolve);
      each.open();
      await promise;
    }
    home.silent = true;
    await waitFor(() => abandoned > 0);
    home.silent = false;
    const node = nodes.get(home.address);
    await waitFor(() => node.load.reachable);
    const until = performance.now() + 5_200;
    await waitFor(() => performance.now() > until);
    expect([abandoned, lost]).toEqual([1, 0]);
    watch.close();
    patient.close();
    expect([node.listenerCount('answered'), node.listenerCount('unanswered')]).toEqual([0, 0]);
  });

  test('stays when it is listed and was not asked yet', async () => {
    const added = await FakeMediaNode.start(MEDIA_GRPC_SECRET);
    listed.push(added);
    expect((await nodes.place(added.address)).id).toBe(added.address);
    await added.stop();
  });
});
