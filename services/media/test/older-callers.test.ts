import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GrpcServer, type GrpcService } from '@parley/common/grpc';
import { createMetrics, Readiness } from '@parley/common/service';
import { handlersOf, opusParameters, silentLogger, simulcastParameters } from '@parley/common/testing';
import { MediaService, toRtpCapabilitiesMessage } from '@parley/proto/media-rpc';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { SECRET, TestNode } from './support/test-node.ts';

/* While a new version is brought out, signaling and other media nodes of the version before call this one, and are called by it. */

const ROOM = 'mixed';
let node: TestNode;

beforeEach(async () => {
  node = await TestNode.create();
});
afterEach(() => node.close());

/** Fields that signaling of a version before does not have are not in its messages. */
async function openAsBefore(peerId: string) {
  const rtpCapabilities = toRtpCapabilitiesMessage(ROUTER_RTP_CAPABILITIES);
  return node.client.call('openPeer', { roomId: ROOM, peerId, rtpCapabilities });
}

test('signaling of a version before gets both transports, and consumers that wait until they are resumed', async () => {
  const [alice, bob] = [node.peer(ROOM, 'alice'), node.peer(ROOM, 'bob')];
  const opened = await openAsBefore('alice');
  expect(opened.sendTransport?.transportId).not.toBe(opened.receiveTransport?.transportId);
  expect(await openAsBefore('alice')).toEqual(opened);
  await openAsBefore('bob');
  const producerIds = [
    await alice.produce('microphone', opusParameters('0')),
    await alice.produce('camera', simulcastParameters('1')),
  ];
  const items = producerIds.map((producerId) => ({ producerId }));
  const { results } = await node.client.call('consume', { ...bob.of, items });
  const consumers = results.flatMap(({ consumer }) => consumer ?? []);
  expect(consumers.map(({ producerId, paused }) => [producerId, paused])).toEqual(
    producerIds.map((producerId) => [producerId, true]),
  );
  await bob.resume(...consumers.map(({ consumerId }) => consumerId));
  // What this version has beside that goes on.
  await bob.openSend();
  await bob.closeSend();
  await alice.close();
  await bob.close();
});

test('a producer of a node of a version before links has no media here, and what is asked beside it has', async () => {
  const { FindProducer: _find, Link: _link, ...older } = MediaService.service;
  const home = await GrpcServer.create({ service: older } as GrpcService as typeof MediaService, {
    host: '127.0.0.1',
    port: 0,
    secret: SECRET,
    logger: silentLogger,
    metrics: createMetrics('test'),
    readiness: new Readiness({ checks: {}, logger: silentLogger }),
  });
  home.serve(handlersOf(MediaService, () => () => ({})));
  const [alice, bob] = [node.peer(ROOM, 'alice'), node.peer(ROOM, 'bob')];
  await Promise.all([alice.open(), bob.open()]);
  const producerId = await alice.produce('microphone', opusParameters('0'));
  const items = [
    { producerId: crypto.randomUUID(), home: `127.0.0.1:${home.port}` },
    { producerId, home: '' },
  ];
  const { results } = await node.client.call('consume', { ...bob.of, items });
  expect(results.map(({ consumer, failure }) => failure?.code ?? consumer?.producerId)).toEqual([
    'media_unavailable',
    producerId,
  ]);
  expect(await node.metric('parley_media_links')).toBe(0);
  await alice.close();
  await bob.close();
  await home.close(0);
});
