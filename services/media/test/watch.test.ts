import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { credentials, Metadata, type ClientReadableStream } from '@grpc/grpc-js';
import { opusParameters, simulcastParameters, vp8Parameters, waitFor } from '@parley/common/testing';
import type { media } from '@parley/proto/media-rpc';
import { RoomWatchers, type WatchStream } from '../src/node/room-watchers.ts';
import { TestNode, type TestWatch } from './support/test-node.ts';

let testNode: TestNode;
const watches: TestWatch[] = [];

beforeAll(async () => {
  testNode = await TestNode.create({ room: { unwatchedGraceMs: 300, lowerLayersAfterMs: 50 } });
});

afterEach(() => {
  for (const watch of watches.splice(0)) watch.close();
});

afterAll(() => testNode.close());

function watch(roomId: string): TestWatch {
  const created = testNode.watch(roomId);
  watches.push(created);
  return created;
}

test('a room may be watched before its first peer, and its state comes first', async () => {
  const early = watch('early');
  expect(await early.first('state')).toEqual({ peers: [] });
  // The watcher may come from another node, where the room held voices back.
  expect(await early.first('voicesChanged')).toEqual({ limited: false, producerIds: [] });
  const alice = testNode.peer('early', 'alice');
  await alice.open();
  const producerId = await alice.produce('microphone', opusParameters());
  const late = watch('early');
  expect(await late.first('state')).toEqual({
    peers: [
      {
        peerId: 'alice',
        producers: [
          {
            producerId,
            source: 'SOURCE_MICROPHONE',
            kind: 'MEDIA_KIND_AUDIO',
            paused: false,
            limited: false,
          },
        ],
      },
    ],
  });
  expect(late.events[0]?.event).toBe('state');
});

test('a room without watchers is closed after the grace period, a watched room is not', async () => {
  await testNode.peer('lonely', 'alice').open();
  watch('kept');
  await testNode.peer('kept', 'alice').open();
  await waitFor(() => testNode.node.roomCount === 1);
  expect(testNode.node.room('kept' as never).peerCount).toBe(1);
});

test('a watcher that comes back in time keeps the room', async () => {
  const first = watch('back');
  await first.first('state');
  await testNode.peer('back', 'alice').open();
  first.close();
  await waitFor(() => testNode.node.watcherCount === 0);
  const second = watch('back');
  await second.first('state');
  await testNode.peer('short-lived', 'alice').open();
  await waitFor(() => testNode.node.roomCount === 1);
  expect(testNode.node.room('back' as never).closed).toBe(false);
});

test('the grace period begins when the last watcher ends', async () => {
  const only = watch('gone');
  await only.first('state');
  await testNode.peer('gone', 'alice').open();
  only.close();
  await waitFor(() => testNode.node.roomCount === 0);
});

test('wanted layers follow what is consumed', async () => {
  const events = watch('dynacast');
  const [alice, bob] = [testNode.peer('dynacast', 'alice'), testNode.peer('dynacast', 'bob')];
  await Promise.all([alice.open(), bob.open()]);
  const producerId = await alice.produce('camera', simulcastParameters());
  const last = () => events.all('producerLayersWanted').at(-1);
  await waitFor(() => last()?.wanted === false);

  const { consumerId } = await bob.consume(producerId, { spatialLayer: 0 });
  await bob.resume(consumerId);
  await waitFor(() => last()?.wanted === true && last()?.maxSpatialLayer === 0);

  const layers = [{ consumerId, preferredLayers: { spatialLayer: 2 } }];
  await bob.client.call('setConsumerLayers', { ...bob.of, layers });
  await waitFor(() => last()?.maxSpatialLayer === 2);

  await bob.close();
  await waitFor(() => last()?.wanted === false);
  expect(last()).toMatchObject({ peerId: 'alice', producerId });
});

test('a paused consumer wants no layer', async () => {
  const events = watch('paused');
  const [alice, bob] = [testNode.peer('paused', 'alice'), testNode.peer('paused', 'bob')];
  await Promise.all([alice.open(), bob.open()]);
  const { consumerId } = await bob.consume(await alice.produce('camera', vp8Parameters()));
  await bob.resume(consumerId);
  await bob.pause(consumerId);
  await events.first('producerLayersWanted', (event) => !event.wanted);
});

test('the stream of a reader that is too slow is ended, not buffered without bound', async () => {
  const { MediaService } = await import('@parley/proto/media-rpc');
  const client = new MediaService(testNode.client.address, credentials.createInsecure());
  const metadata = new Metadata();
  metadata.set('authorization', 'Bearer a secret of this test that is long enough');
  const stream: ClientReadableStream<media.WatchResponse> = client.watch({ roomId: 'slow' }, metadata);
  stream.once('data', () => stream.pause());
  stream.on('error', () => {});
  const alice = testNode.peer('slow', 'alice');
  await alice.open();
  await waitFor(() => testNode.node.watcherCount === 1);
  const room = testNode.node.room('slow' as never);
  for (let burst = 0; burst < 2000 && testNode.node.watcherCount > 0; burst++) {
    for (let i = 0; i < 100; i++) room.emit('happened', { speakersChanged: { speakers: bigSpeakers } });
    await new Promise(setImmediate);
  }
  expect(testNode.node.watcherCount).toBe(0);
  client.close();
});

const bigSpeakers = Array.from({ length: 8 }, (_, i) => ({
  peerId: `peer-${i}`.padEnd(64, 'x'),
  producerId: 'producer'.padEnd(64, 'x'),
  volume: -i,
}));

test('a service that stops ends its watchers with an error that they can retry on', async () => {
  const own = await TestNode.create();
  const events = own.watch('stopping');
  await own.peer('stopping', 'alice').open();
  await events.first('state');
  own.node.close();
  expect(await events.first('peerClosed')).toEqual({
    peerId: 'alice',
    reason: 'PEER_CLOSE_REASON_ROOM_CLOSED',
  });
  expect((await waitFor(() => events.ended)).error?.code).toBe('unavailable');
  await own.close();
});

test('closed watchers accept no other stream', () => {
  const watchers = new RoomWatchers();
  watchers.close();
  watchers.close();
  expect(() => watchers.add({} as WatchStream, [])).toThrow(expect.objectContaining({ code: 'closed' }));
});
