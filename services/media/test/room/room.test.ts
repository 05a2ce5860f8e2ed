import { afterEach, expect, test } from '@jest/globals';
import type { Logger } from '@parley/common/logging';
import { createMetrics } from '@parley/common/service';
import { dtlsParameters, opusParameters, silentLogger, vp8Parameters, waitFor } from '@parley/common/testing';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, ProducerId, TransportId } from '@parley/proto/ids';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { setLogEventListeners } from 'mediasoup';
import type { Homes } from '../../src/link/home-nodes.ts';
import type { RoomId } from '../../src/room/ids.ts';
import { RoomMetrics } from '../../src/room/room-metrics.ts';
import type { Peer } from '../../src/room/peer.ts';
import type { ProduceOptions } from '../../src/router/peer-producer.ts';
import { Room } from '../../src/room/room.ts';
import type { RoomOptions } from '../../src/room/room-options.ts';
import type { RoomCapacity } from '../../src/room/room-router.ts';
import type { RoomEventMessage } from '../../src/room/room-events.ts';
import type { WorkerPool } from '../../src/worker/worker-pool.ts';
import { createTestPool, TEST_LIMITS, TEST_PIPE_PLACE } from '../support/test-node.ts';

/* Rooms, peers, producers and consumers that close while other requests are under way. */

const logger: Logger = silentLogger;
let pool: WorkerPool;

afterEach(async () => {
  pool.close();
  await pool.whenEnded();
});

const UNLIMITED: RoomCapacity = {
  overfull: false,
  openPeer: (open) => open(),
  releasePeer: () => {},
  makeConsumer: (_kind, make) => make(),
  makeLinkEnd: (make) => make(),
};

const NO_HOMES: Homes = {
  find: () => Promise.reject(new ParleyError('media_unavailable')),
  open: () => {
    throw new ParleyError('media_unavailable');
  },
};

async function createRoom(
  options: Partial<RoomOptions> & { capacity?: RoomCapacity } = {},
): Promise<{ room: Room; events: RoomEventMessage[] }> {
  pool = await createTestPool();
  const [worker] = pool.workers;
  if (!worker) throw new Error('no worker');
  const room = await Room.create({
    id: 'room' as RoomId,
    places: { choose: () => worker, capacityOf: () => options.capacity ?? UNLIMITED },
    settings: {
      initialOutgoingBitrate: 1_000_000,
      maxIncomingBitrate: 1_000_000,
      iceConsentTimeoutS: 30,
      iceTimeoutMs: 60_000,
      unwatchedGraceMs: 60_000,
      connectTimeoutMs: 600_000,
      unusedTimeoutMs: 600_000,
      idleMinMs: 600_000,
      lowerLayersAfterMs: 10,
      limits: TEST_LIMITS,
      conduct: { holdMs: 60_000 },
      voices: 12,
      pipes: { lingerMs: 200, idleMs: 100 },
      pipePlace: TEST_PIPE_PLACE,
    },
    homes: NO_HOMES,
    logger,
    metrics: new RoomMetrics(createMetrics('media').registry),
    ...options,
  });
  const events: RoomEventMessage[] = [];
  room.on('happened', (event) => events.push(event));
  return { room, events };
}

function open(room: Room, id: string): Promise<Peer> {
  return room.openPeer(id as PeerId, ROUTER_RTP_CAPABILITIES);
}

const microphone = (): ProduceOptions => ({
  source: 'microphone',
  kind: 'audio',
  rtpParameters: opusParameters('0'),
  paused: false,
});
const camera = (): ProduceOptions => ({
  source: 'camera',
  kind: 'video',
  rtpParameters: vp8Parameters('1'),
  paused: false,
});

const closed = { code: 'closed' };
const EMPTY = { routers: 0, transports: 0, producers: 0, consumers: 0 };

test('a closed room refuses every command, and closing it again does nothing', async () => {
  const { room } = await createRoom();
  const alice = await open(room, 'alice');
  room.close('unwatched');
  room.close('unwatched');
  await expect(open(room, 'bob')).rejects.toMatchObject(closed);
  await expect(room.consumers.consume(alice, 'x' as ProducerId)).rejects.toMatchObject(closed);
  expect(() => room.peer('alice' as PeerId)).toThrow(expect.objectContaining(closed));
  expect(() => room.closePeer('alice' as PeerId)).toThrow(expect.objectContaining(closed));
  expect(pool.workers[0]?.census).toMatchObject(EMPTY);
});

test('a producer that is asked for twice in one turn is made once', async () => {
  const { room } = await createRoom();
  const alice = await open(room, 'alice');
  const request = microphone();
  const [first, second] = await Promise.all([
    alice.producers.produce(request),
    alice.producers.produce({ ...request, rtpParameters: { ...request.rtpParameters } }),
  ]);
  expect(second).toBe(first);
  expect(pool.workers[0]?.census.producers).toBe(1);
});

test('the producers, consumers and transports of a closed peer refuse every command', async () => {
  const { room } = await createRoom();
  const [alice, bob] = await Promise.all([open(room, 'alice'), open(room, 'bob')]);
  const producer = await alice.producers.produce(camera());
  const consumer = await room.consumers.consume(bob, producer.id);
  const { sendTransport } = alice;
  for (const peer of [alice, bob]) peer.close();

  await expect(alice.producers.produce(camera())).rejects.toMatchObject(closed);
  expect(() => alice.producers.close(producer.id)).toThrow(expect.objectContaining(closed));
  expect(() => alice.producers.get(producer.id)).toThrow(expect.objectContaining(closed));
  expect(() => bob.consumers.get(consumer.id)).toThrow(expect.objectContaining(closed));
  expect(() => bob.consumers.close(consumer.id)).toThrow(expect.objectContaining(closed));
  await expect(bob.consumers.consume(consumer.producer)).rejects.toMatchObject(closed);
  await expect(producer.setPaused(true)).rejects.toMatchObject(closed);
  await expect(consumer.setPaused(false)).rejects.toMatchObject(closed);
  await expect(consumer.setPriority(2)).rejects.toMatchObject(closed);
  await expect(consumer.setPreferredLayers({ spatialLayer: 0 })).rejects.toMatchObject(closed);
  await expect(consumer.requestKeyFrame()).rejects.toMatchObject(closed);
  await expect(sendTransport?.connect(dtlsParameters())).rejects.toMatchObject(closed);
  await expect(sendTransport?.restartIce()).rejects.toMatchObject(closed);
  expect(() => alice.transport('x' as TransportId)).toThrow(expect.objectContaining(closed));
});

test('a room that is closed while a peer is being opened refuses it and keeps nothing', async () => {
  const { room } = await createRoom();
  const opening = open(room, 'alice');
  room.close('unwatched');
  await expect(opening).rejects.toMatchObject({ code: expect.stringMatching(/closed|media_unavailable/) });
  expect(pool.workers[0]?.census).toMatchObject(EMPTY);
});

test('a peer that is closed while it begins to send and receive keeps nothing', async () => {
  const { room } = await createRoom();
  const [alice, bob] = await Promise.all([open(room, 'alice'), open(room, 'bob')]);
  const { id } = await alice.producers.produce(microphone());
  const sendId = bob.sendTransport?.id ?? '';
  const begun = [
    bob.producers.produce(microphone()),
    bob.producers.produce(camera()),
    room.consumers.consume(bob, id),
  ];
  room.closePeer('bob' as PeerId);
  const outcomes = await Promise.allSettled<unknown>(begun);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(pool.workers[0]?.census).toMatchObject({ routers: 1, transports: 2, producers: 1, consumers: 0 });
  const dump = await pool.workers[0]?.dump();
  expect(sendId).not.toBe('');
  expect(dump?.channelMessageHandlers.channelRequestHandlers.includes(sendId)).toBe(false);
});

test('a producer that is closed while a consumer of it is being made is not found, or takes the consumer with it', async () => {
  const { room } = await createRoom();
  const [alice, bob] = await Promise.all([open(room, 'alice'), open(room, 'bob')]);
  for (let round = 0; round < 20; round++) {
    const { id } = await alice.producers.produce(camera());
    const consuming = room.consumers.consume(bob, id);
    alice.producers.close(id);
    await consuming.catch((error: unknown) => expect(error).toMatchObject({ code: 'producer_not_found' }));
  }
  await pool.workers[0]?.dump();
  await new Promise(setImmediate);
  expect(bob.consumers.all).toEqual([]);
  expect(pool.workers[0]?.census).toMatchObject({ producers: 0, consumers: 0 });
});

test('a consumer that is closed in the moment after its producer is closed once, and its worker logs no error', async () => {
  const errors: string[] = [];
  setLogEventListeners({ onerror: (_namespace, text) => errors.push(text) });
  const { room, events } = await createRoom();
  const [alice, bob] = await Promise.all([open(room, 'alice'), open(room, 'bob')]);
  const produced = await Promise.all([
    alice.producers.produce(microphone()),
    alice.producers.produce(camera()),
  ]);
  const consumed = await Promise.all(produced.map(({ id }) => room.consumers.consume(bob, id)));

  alice.producers.close(produced[0].id);
  room.closePeer('alice' as PeerId);
  for (const { id } of consumed) bob.consumers.close(id);

  await pool.workers[0]?.dump();
  await waitFor(() => pool.workers[0]?.census.consumers === 0);
  expect(errors).toEqual([]);
  const ended = events.flatMap(({ consumerClosed }) => consumerClosed?.consumerId ?? []);
  expect(ended).toEqual(consumed.map(({ id }) => id));
  setLogEventListeners(undefined);
});

test('a consumer whose producer or whose peer is closed while it is being made is not closed twice, and the worker logs no error', async () => {
  const errors: string[] = [];
  setLogEventListeners({ onerror: (_namespace, text) => errors.push(text) });
  const { room, events } = await createRoom();
  const bob = await open(room, 'bob');
  const rounds = { 'the producer closes': 0, 'its peer leaves': 0, 'the receiver leaves': 0 };
  for (const what of Object.keys(rounds) as (keyof typeof rounds)[]) {
    const [alice, carol] = await Promise.all([open(room, 'alice'), open(room, 'carol')]);
    const { id } = await alice.producers.produce(camera());
    const making = [bob, carol].map((peer) =>
      room.consumers.consume(peer, id).then((consumer) => peer.consumers.close(consumer.id)),
    );
    const producing = carol.producers.produce(microphone());

    if (what === 'the producer closes') alice.producers.close(id);
    if (what === 'its peer leaves') room.closePeer('alice' as PeerId);
    if (what === 'the receiver leaves') room.closePeer('carol' as PeerId);

    const outcomes = await Promise.allSettled([...making, producing]);
    rounds[what] = outcomes.filter(({ status }) => status === 'rejected').length;
    for (const id of ['alice', 'carol'] as PeerId[]) room.closePeer(id);
    await pool.workers[0]?.dump();
    await waitFor(() => pool.workers[0]?.census.consumers === 0);
    expect(pool.workers[0]?.census).toMatchObject({ transports: 2, producers: 0, consumers: 0 });
  }
  expect(rounds).toEqual({ 'the producer closes': 2, 'its peer leaves': 2, 'the receiver leaves': 2 });
  expect(errors).toEqual([]);
  expect(events.flatMap(({ consumerClosed }) => consumerClosed ?? [])).toEqual([]);
  setLogEventListeners(undefined);
});

test('a voice that is held back and closed is not resumed first, and its worker logs no error', async () => {
  const errors: string[] = [];
  setLogEventListeners({ onerror: (_namespace, text) => errors.push(text) });
  const { room, events } = await createRoom();
  const listener = await open(room, 'listener');
  const consumers = new Map<string, string>();
  for (let index = 0; index < 14; index++) {
    const peer = await open(room, `peer-${index}`);
    const { id } = await peer.producers.produce(microphone());
    const consumer = await room.consumers.consume(listener, id);
    consumers.set(id, consumer.id);
    await consumer.setPaused(false);
  }
  const last = events.flatMap(({ voicesChanged }) => voicesChanged ?? []).at(-1);
  const heldBack = [...consumers.keys()].filter((id) => last?.producerIds?.includes(id) === false);
  expect(heldBack).toHaveLength(2);

  const owner = Array.from({ length: 14 }, (_, index) => room.peer(`peer-${index}` as PeerId));
  for (const { producers } of owner)
    for (const { id } of producers.all) if (heldBack.includes(id)) producers.close(id);
  await waitFor(async () => {
    await pool.workers[0]?.dump();
    return pool.workers[0]?.census.consumers === 12;
  });
  expect(errors).toEqual([]);
  setLogEventListeners(undefined);
});

test('of two parallel requests that share an SSRC one wins', async () => {
  const { room } = await createRoom();
  const alice = await open(room, 'alice');
  const video = camera();
  const outcomes = await Promise.allSettled([
    alice.producers.produce(video),
    alice.producers.produce({
      ...video,
      source: 'screen',
      rtpParameters: { ...video.rtpParameters, mid: '9' },
    }),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected']);
});

test('a source whose request failed can be requested again', async () => {
  const { room } = await createRoom();
  const alice = await open(room, 'alice');
  const wrong = { ...camera(), rtpParameters: { ...vp8Parameters('1'), codecs: opusParameters().codecs } };
  await expect(alice.producers.produce(wrong)).rejects.toMatchObject({ code: 'invalid_request' });
  expect((await alice.producers.produce(camera())).source).toBe('camera');
});

test('the end of a room is reported once for each peer, with the reason', async () => {
  const { room, events } = await createRoom();
  await Promise.all([open(room, 'alice'), open(room, 'bob')]);
  events.length = 0;
  room.close('worker_died');
  expect(events).toEqual([
    { peerClosed: { peerId: 'alice', reason: 'PEER_CLOSE_REASON_WORKER_DIED' } },
    { peerClosed: { peerId: 'bob', reason: 'PEER_CLOSE_REASON_WORKER_DIED' } },
  ]);
});

test('a room without capacity for consumers refuses to consume', async () => {
  const { room } = await createRoom({
    capacity: { ...UNLIMITED, makeConsumer: () => Promise.reject(new Error('full')) },
  });
  const [alice, bob] = await Promise.all([open(room, 'alice'), open(room, 'bob')]);
  const { id } = await alice.producers.produce(camera());
  await expect(room.consumers.consume(bob, id)).rejects.toThrow('full');
});
