import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createMetrics } from '@parley/common/service';
import { silentLogger, vp8Parameters, waitFor } from '@parley/common/testing';
import type { ProducerId } from '@parley/proto/ids';
import { HomeNodes } from '../../src/link/home-nodes.ts';
import { SECRET, TestNode } from '../support/test-node.ts';

const ROOM = 'room';
const IDLE_MS = 100;

let node: TestNode;
let homes: HomeNodes;

beforeEach(async () => {
  node = await TestNode.create();
  const options = { secret: SECRET, logger: silentLogger, metrics: createMetrics('test') };
  homes = new HomeNodes(options, IDLE_MS);
});

afterEach(async () => {
  homes.close();
  await node.close();
});

test('a node has one connection, which ends some time after its last use', async () => {
  const alice = node.peer(ROOM, 'alice');
  await alice.open();
  const camera = (await alice.produce('camera', vp8Parameters())) as ProducerId;
  const [found, again] = await Promise.all([
    homes.find(node.address, ROOM, camera),
    homes.find(node.address, ROOM, camera),
  ]);
  expect(found).toEqual({ ...again, peerId: 'alice', source: 'camera', kind: 'video', spatialLayerCount: 1 });
  expect(homes.size).toBe(1);
  const link = homes.open(node.address);
  const begunAt = performance.now();
  await waitFor(() => performance.now() - begunAt > 2 * IDLE_MS);
  expect(homes.size).toBe(1);
  link.close();
  await waitFor(() => homes.size === 0);
});

test('what is not there is not found, and a node that is not there has no media', async () => {
  const id = crypto.randomUUID() as ProducerId;
  await expect(homes.find(node.address, 'no-such-room', id)).rejects.toMatchObject({
    code: 'producer_not_found',
  });
  await expect(homes.find('127.0.0.1:9', ROOM, id)).rejects.toMatchObject({ code: 'media_unavailable' });
});

test('after close nothing is asked any more, and open links end', async () => {
  const link = homes.open(node.address);
  homes.close();
  homes.close();
  expect(link.closed).toBe(true);
  expect(homes.size).toBe(0);
  const id = crypto.randomUUID() as ProducerId;
  await expect(homes.find(node.address, ROOM, id)).rejects.toMatchObject({ code: 'closed' });
  expect(() => homes.open(node.address)).toThrow(expect.objectContaining({ code: 'closed' }));
});
