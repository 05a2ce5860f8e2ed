import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GrpcClient } from '@parley/common/grpc';
import { createMetrics } from '@parley/common/service';
import { freePorts, opusParameters, silentLogger, vp8Parameters, waitFor } from '@parley/common/testing';
import { MediaService } from '@parley/proto/media-rpc';
import { cleanup } from 'node-datachannel';
import { Streams } from './support/streams.ts';
import { SECRET, TestNode, TestPeer } from './support/test-node.ts';
import { linksOf, ROOM } from './support/two-nodes.ts';
import { opusFrame } from './support/webrtc-end.ts';
import { workerBinForTest } from './support/worker-bin.ts';

/* One node is a process of its own, which dies without a word. The other one is here, so that the test sees what it still has. */

const MAIN = path.resolve(import.meta.dirname, '../src/main.ts');

let here: TestNode;
let dying: ChildProcess;
let address: string;
let client: GrpcClient<typeof MediaService>;
const streams = new Streams();

beforeEach(async () => {
  here = await TestNode.create();
  address = await start();
  const options = { secret: SECRET, logger: silentLogger, metrics: createMetrics('test') };
  client = GrpcClient.create(MediaService, address, options);
});

afterEach(async () => {
  streams.close();
  client.close();
  dying.kill('SIGKILL');
  await here.close();
  cleanup();
});

/** The address of the new process. */
async function start(): Promise<string> {
  let output = '';
  dying = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'] ?? '',
      MEDIASOUP_WORKER_BIN: workerBinForTest(),
      MEDIA_GRPC_SECRET: SECRET,
      MEDIA_WORKERS: '1',
      MEDIA_GRPC_PORT: '0',
      MEDIA_ADMIN_PORT: '0',
      MEDIA_RTC_PORT_BASE: String(await freePorts(1)),
      MEDIA_PIPE_PORTS: '20000-20099',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [dying.stdout, dying.stderr]) stream?.on('data', (data) => (output += String(data)));
  const port = await waitFor(() => /"grpcPort":(\d+)/.exec(output)?.[1], { describe: () => output });
  return `127.0.0.1:${port}`;
}

async function die(): Promise<void> {
  dying.kill('SIGKILL');
  if (dying.exitCode === null && dying.signalCode === null) await once(dying, 'exit');
}

test('the death of the node at home ends what was consumed of it, and the peers of this one stay', async () => {
  const alice = new TestPeer(client, ROOM, 'alice');
  const sent = await streams.publish(alice, 'microphone', opusParameters(), opusFrame, 20);
  const bob = here.peer(ROOM, 'bob', address);
  const { end, consumers } = await streams.subscribeAll(bob, [sent.producerId]);
  await bob.resume(consumers[0]!.consumerId);
  await waitFor(() => end.packets.length >= 5);
  const watch = here.watch(ROOM);
  streams.open.push(watch);
  await watch.first('speakersChanged', ({ speakers }) => speakers.some(({ peerId }) => peerId === 'alice'));

  await die();

  const { consumerId } = consumers[0]!;
  expect(await watch.first('consumerClosed')).toEqual({
    peerId: 'bob',
    consumerId,
    producerId: sent.producerId,
  });
  await waitFor(() => watch.all('speakersChanged').at(-1)?.speakers.length === 0);
  expect(linksOf(here)).toEqual({ foreign: 0, atHome: 0, pipes: 0 });
  expect(await here.metric('parley_media_links')).toBe(0);
  await expect(bob.consume(sent.producerId)).rejects.toThrow('media_unavailable');
  expect(watch.all('peerClosed')).toEqual([]);
  await bob.close();
  const [worker] = here.pool.workers;
  expect((await worker?.dump())?.routerIds).toEqual([]);
  expect(worker?.census).toMatchObject({ routers: 0, producers: 0, consumers: 0, pipes: 0 });
});

test('the death of the node that consumes ends what it had at home, and asks the sender for nothing more', async () => {
  const alice = here.peer(ROOM, 'alice');
  const watch = here.watch(ROOM);
  streams.open.push(watch);
  await alice.open();
  const camera = await alice.produce('camera', vp8Parameters('1', [501]));
  const bob = new TestPeer(client, ROOM, 'bob', here.address);
  await bob.open();
  await waitFor(() => watch.all('producerLayersWanted').at(-1)?.wanted === false);
  const { consumerId } = await bob.consume(camera);
  await bob.resume(consumerId);
  await waitFor(() => watch.all('producerLayersWanted').at(-1)?.wanted === true);
  const [worker] = here.pool.workers;
  expect(worker?.census.pipes).toBe(1);

  await die();

  await waitFor(() => linksOf(here).atHome === 0);
  expect(worker?.census.pipes).toBe(0);
  await waitFor(() => watch.all('producerLayersWanted').at(-1)?.wanted === false);
  expect(await here.metric('parley_media_links')).toBe(0);
  await alice.close();
  expect((await worker?.dump())?.channelMessageHandlers.channelRequestHandlers).toHaveLength(1);
});
