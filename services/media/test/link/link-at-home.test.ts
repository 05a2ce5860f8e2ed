import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GrpcClient, type GrpcClientDuplex } from '@parley/common/grpc';
import { createMetrics } from '@parley/common/service';
import { opusParameters, silentLogger, simulcastParameters, waitFor } from '@parley/common/testing';
import type { ParleyError } from '@parley/proto/errors';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import { MediaService, type media } from '@parley/proto/media-rpc';
import { openLink } from '../../src/grpc/link-handler.ts';
import { SECRET, TestNode, type TestPeer } from '../support/test-node.ts';

/* What a media node may say on a link, said by hand. */

const ROOM = 'room';
const PIPE = {
  host: '127.0.0.1',
  port: 15_999,
  srtpCryptoSuite: 'AEAD_AES_256_GCM',
  srtpKeyBase64: Buffer.alloc(44, 7).toString('base64'),
};

let node: TestNode;
let alice: TestPeer;
let microphone: string;
let camera: string;
let routerId: string;
const clients: GrpcClient<typeof MediaService>[] = [];

beforeEach(async () => {
  node = await TestNode.create();
  alice = node.peer(ROOM, 'alice');
  await alice.open();
  microphone = await alice.produce('microphone', opusParameters('0'));
  camera = await alice.produce('camera', simulcastParameters('1'));
  ({ routerId } = await find(camera));
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await node.close();
});

const find = (producerId: string, roomId = ROOM) =>
  node.client.call('findProducer', { roomId, producerId }, { alone: true });

type Call = GrpcClientDuplex<media.LinkRequestInput, media.LinkResponse>;

/** The other end of a link. */
class Link {
  readonly news: media.LinkResponse[] = [];
  readonly #call: Call;
  ended: { error: ParleyError | undefined } | undefined;

  constructor(client = node.client) {
    this.#call = client.duplex('link');
    this.#call.on('message', (message) => this.news.push(message));
    this.#call.once('ended', (error) => (this.ended = { error }));
  }

  say(...messages: media.LinkRequestInput[]): this {
    for (const message of messages) this.#call.write(message);
    return this;
  }

  open(pipe: media.PipeParametersInput = PIPE, roomId = ROOM): this {
    return this.say({ open: { roomId, routerId, callerRouterId: 'elsewhere', pipe } });
  }

  close(): void {
    this.#call.close();
  }

  all<N extends NonNullable<media.LinkResponse['response']>>(name: N) {
    return this.news.flatMap((message) => message[name] ?? []) as NonNullable<media.LinkResponse[N]>[];
  }

  async first<N extends NonNullable<media.LinkResponse['response']>>(name: N) {
    return waitFor(() => this.all(name)[0], { what: `${name} of ${JSON.stringify(this.ended)}` });
  }

  async code(): Promise<string | undefined> {
    return (await waitFor(() => this.ended)).error?.code;
  }
}

const openLinks = () => node.node.room(ROOM as never).links.size;

test('a producer is found by its room and its id, and no other one is', async () => {
  expect(await find(camera)).toEqual({
    routerId,
    peerId: 'alice',
    source: 'SOURCE_CAMERA',
    kind: 'MEDIA_KIND_VIDEO',
    spatialLayerCount: 3,
    paused: false,
  });
  expect(await find(microphone)).toMatchObject({ kind: 'MEDIA_KIND_AUDIO', spatialLayerCount: 0 });
  await expect(find(crypto.randomUUID())).rejects.toMatchObject({ code: 'producer_not_found' });
  await expect(find(camera, 'another')).rejects.toMatchObject({ code: 'room_not_found' });
  await expect(find(camera, '__proto__')).rejects.toMatchObject({ code: 'invalid_request' });
  await expect(find('')).rejects.toMatchObject({ code: 'invalid_request' });
});

test('a link says where it receives, what it carries, and what becomes of it', async () => {
  const link = new Link().open();
  const { pipe } = await link.first('opened');
  expect(pipe).toMatchObject({ host: '127.0.0.1', srtpCryptoSuite: 'AEAD_AES_256_GCM' });
  expect(pipe?.port).toBeGreaterThanOrEqual(15_000);
  expect(pipe?.srtpKeyBase64).not.toBe(PIPE.srtpKeyBase64);
  link.say({ carry: { producerId: microphone, number: 1 } }, { carry: { producerId: camera, number: 1 } });
  await waitFor(() => link.all('carried').length === 2);
  expect(
    link
      .all('carried')
      .map(({ producerId }) => producerId)
      .toSorted(),
  ).toEqual([microphone, camera].toSorted());
  expect(node.pool.workers[0]?.census.pipes).toBe(2);
  // What the network loses is sent again.
  const picture = link.all('carried').find(({ producerId }) => producerId === camera)?.rtpParameters;
  expect(picture?.codecs.map(({ mimeType }) => mimeType)).toEqual(['video/VP8', 'video/rtx']);
  expect(picture?.codecs[0]?.rtcpFeedback).toContainEqual({ type: 'nack', parameter: '' });
  expect(picture?.encodings.filter(({ rtxSsrc }) => rtxSsrc !== undefined)).toHaveLength(3);

  await node.client.call('setProducerPaused', { ...alice.of, producerId: microphone, paused: true });
  expect(await link.first('paused')).toEqual({ producerId: microphone, paused: true });
  await node.client.call('closeProducer', { ...alice.of, producerId: camera });
  expect(await link.first('dropped')).toEqual({ producerId: camera, number: 1, code: 'producer_not_found' });
  link.say({ drop: { producerId: microphone } });
  await waitFor(() => node.pool.workers[0]?.census.pipes === 0);
  expect(link.ended).toBeUndefined();
  link.close();
  await waitFor(() => openLinks() === 0);
});

test('the open microphones of the router are reported with their hands, carried or not', async () => {
  const openForMs: unknown = expect.any(Number);
  const voice = { producerId: microphone, peerId: 'alice', open: true, handRaised: false, openForMs };
  const link = new Link().open();
  const voices = () => link.all('voices').map((message) => message.voices);
  await waitFor(() => voices().length === 1);
  expect(voices()).toEqual([[voice]]);
  await node.client.call('setHand', { ...alice.of, raised: true });
  await waitFor(() => voices().length === 2);
  expect(voices()[1]).toEqual([{ ...voice, handRaised: true }]);
  await node.client.call('setProducerPaused', { ...alice.of, producerId: microphone, paused: true });
  await waitFor(() => voices().length === 3);
  expect(voices()[2]).toEqual([{ ...voice, open: false, handRaised: true, openForMs: 0 }]);
  // Muted microphones are in no list: the pool of no node counts them.
  const second = new Link().open();
  expect(await second.first('voices')).toEqual({ voices: [] });
});

test('what the other node hears on its router counts here, as long as the link lasts', async () => {
  const watch = node.watch(ROOM);
  const forwarded = () => node.metric('parley_media_voices{state="forwarded"');
  expect(await forwarded()).toBe(1);
  const link = new Link().open();
  await link.first('opened');
  const voice = { producerId: crypto.randomUUID(), peerId: 'zoe', open: true, handRaised: true };
  link.say({ voices: { voices: [voice] } });
  link.say({ speakers: { speakers: [{ ...voice, volume: -20 }], dominantPeerId: 'zoe' } });
  await watch.first('speakersChanged', ({ speakers }) => speakers[0]?.peerId === 'zoe');
  expect(await forwarded()).toBe(2);
  expect(node.node.room(ROOM as never).hasHandUp('zoe' as PeerId)).toBe(true);
  link.close();
  await waitFor(() => watch.all('speakersChanged').at(-1)?.speakers.length === 0);
  expect(await forwarded()).toBe(1);
  expect(node.node.room(ROOM as never).hasHandUp('zoe' as PeerId)).toBe(false);
  watch.close();
});

test('twenty links to one router that carry one producer are no leak of listeners', async () => {
  const links = Array.from({ length: 20 }, () => new Link().open());
  for (const link of links) {
    await link.first('opened');
    link.say({ carry: { producerId: microphone, number: 1 } });
  }
  for (const link of links) await link.first('carried');
  const found = node.node.room(ROOM as never).links.find(microphone as ProducerId);
  const { length } = found.producer.listeners('resuming');
  expect(length).toBeGreaterThanOrEqual(20);
  for (const link of links) link.close();
  await waitFor(() => openLinks() === 0);
  expect(found.producer.listeners('resuming')).toHaveLength(length - 20);
  // 0: however many there are, Node.js prints no warning.
  expect(found.producer.getMaxListeners()).toBe(0);
});

test('a link that closes while the worker makes what it asked for leaves nothing', async () => {
  const found = node.node.room(ROOM as never).links.find(microphone as ProducerId);
  const { length } = found.producer.listeners('resuming');
  const link = new Link().open();
  await link.first('opened');
  const pid = node.pool.workers[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  try {
    link.say({ carry: { producerId: microphone, number: 1 } });
    await waitFor(() => node.capacity.of(node.pool.workers[0]!).load.consumers > 0);
    link.close();
    await waitFor(() => openLinks() === 0);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await waitFor(() => node.capacity.of(node.pool.workers[0]!).load.consumers === 0);
  expect(found.producer.listeners('resuming')).toHaveLength(length);
});

test('what cannot be carried is dropped with its code, and the link goes on', async () => {
  const link = new Link().open();
  await link.first('opened');
  const unknown = crypto.randomUUID();
  link.say({ carry: { producerId: unknown, number: 1 } }, { drop: { producerId: unknown } });
  link.say({ demand: { producerId: unknown, running: true, wanted: true, maxSpatialLayer: 0 } });
  expect(await link.first('dropped')).toEqual({ producerId: unknown, number: 1, code: 'producer_not_found' });
  link.say({ carry: { producerId: camera, number: 1 } }, { carry: { producerId: camera, number: 2 } });
  await waitFor(() => link.all('dropped').length === 2);
  expect(link.all('dropped')[1]).toEqual({ producerId: camera, number: 2, code: 'conflict' });
  expect(link.all('carried')).toHaveLength(1);
  expect(link.ended).toBeUndefined();
});

test('many orders about one producer are carried out in their order', async () => {
  const link = new Link().open();
  await link.first('opened');
  for (let round = 0; round < 10; round++)
    link.say({ carry: { producerId: camera, number: 1 } }, { drop: { producerId: camera } });
  link.say({ carry: { producerId: camera, number: 1 } });
  await waitFor(() => link.all('carried').length === 11);
  expect(node.pool.workers[0]?.census.pipes).toBe(1);
  expect(link.all('dropped')).toEqual([]);
});

test('a microphone that is unmuted in the moment in which it is first carried is not taken for muted', async () => {
  const link = new Link().open();
  await link.first('opened');
  const setPaused = (paused: boolean) =>
    node.client.call('setProducerPaused', { ...alice.of, producerId: microphone, paused });
  for (let round = 0; round < 10; round++) {
    await setPaused(true);
    link.news.length = 0;
    const found = node.node.room(ROOM as never).links.find(microphone as ProducerId);
    const census = node.pool.workers[0]!.census;
    link.say({ carry: { producerId: microphone, number: 1 } });
    // The worker is asked for the pipe a moment before, and answers a moment after the unmute begins.
    for (let turn = 0; turn < 100 && census.pipes === 0; turn++) {
      if (node.capacity.of(node.pool.workers[0]!).load.consumers > 0) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await found.producer.setPaused(false);
    await waitFor(() => [...link.all('carried'), ...link.all('paused')].at(-1)?.paused === false, {
      timeoutMs: 2_000,
    });
    link.say({ drop: { producerId: microphone } });
    await waitFor(() => node.pool.workers[0]?.census.pipes === 0);
  }
});

const wrongOpenings: [string, string, () => media.LinkRequestInput][] = [
  ['nothing', 'invalid_request', () => ({})],
  ['an order before it is open', 'invalid_request', () => ({ carry: { producerId: camera, number: 1 } })],
  ['no room', 'invalid_request', () => ({ open: { routerId, callerRouterId: 'elsewhere', pipe: PIPE } })],
  [
    'another room',
    'room_not_found',
    () => ({ open: { roomId: 'x', routerId, callerRouterId: 'elsewhere', pipe: PIPE } }),
  ],
  [
    'a router that is not of the room',
    'producer_not_found',
    () => ({
      open: { roomId: ROOM, routerId: 'x', callerRouterId: 'elsewhere', pipe: PIPE },
    }),
  ],
  ['no router of its own', 'invalid_request', () => ({ open: { roomId: ROOM, routerId, pipe: PIPE } })],
  ['no pipe', 'invalid_request', () => ({ open: { roomId: ROOM, routerId, callerRouterId: 'elsewhere' } })],
  ...(
    [
      ['port 0', { port: 0 }],
      ['a port that is none', { port: 65_536 }],
      ['no host', { host: '' }],
      ['a host that is none', { host: 'a b' }],
      ['a weaker cipher', { srtpCryptoSuite: 'AES_CM_128_HMAC_SHA1_32' }],
      ['a short key', { srtpKeyBase64: 'AAAA' }],
      ['a key that is none', { srtpKeyBase64: '<>' }],
    ] as const
  ).map(([name, part]): (typeof wrongOpenings)[number] => [
    name,
    'invalid_request',
    () => ({ open: { roomId: ROOM, routerId, callerRouterId: 'elsewhere', pipe: { ...PIPE, ...part } } }),
  ]),
  [
    'a host that nobody knows',
    'media_unavailable',
    () => ({
      open: {
        roomId: ROOM,
        routerId,
        callerRouterId: 'elsewhere',
        pipe: { ...PIPE, host: 'nowhere.invalid' },
      },
    }),
  ],
];

test.each(wrongOpenings)('a link that begins with %s ends with %s', async (_name, code, message) => {
  const link = new Link().say(message());
  expect(await link.code()).toBe(code);
  expect(link.all('opened')).toEqual([]);
  expect(openLinks()).toBe(0);
  expect((await node.pool.workers[0]?.dump())?.routerIds).toEqual([routerId]);
  expect(await node.metric('parley_media_links')).toBe(0);
});

test('a link that begins with silence ends', async () => {
  const stream = Object.assign(new EventEmitter(), {
    closed: false,
    write: () => {},
    end: () => {},
    fail: (error: unknown) => stream.emit('failed', error),
  });
  const failed = new Promise((resolve) => stream.once('failed', resolve));
  openLink(node.node, stream, { logger: silentLogger }, 10);
  expect(await failed).toMatchObject({ code: 'timeout' });
});

test.each<[string, () => media.LinkRequestInput]>([
  ['nothing', () => ({})],
  ['a second opening', () => ({ open: { roomId: ROOM, routerId, callerRouterId: 'elsewhere', pipe: PIPE } })],
  ['no producer', () => ({ carry: {} })],
  ['a producer that is no id', () => ({ carry: { producerId: '../x' } })],
  ['a layer that no picture has', () => ({ demand: { producerId: camera, maxSpatialLayer: 99 } })],
])('a message with %s ends the link, and with it what it carried', async (_name, message) => {
  const link = new Link().open();
  await link.first('opened');
  link.say({ carry: { producerId: camera, number: 1 } });
  await link.first('carried');
  link.say(message());
  expect(await link.code()).toBe('invalid_request');
  await waitFor(() => openLinks() === 0 && node.pool.workers[0]?.census.pipes === 0);
});

test('a flood of orders that the worker cannot keep up with ends the link', async () => {
  const link = new Link().open();
  await link.first('opened');
  const pid = node.pool.workers[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  try {
    link.say({ carry: { producerId: camera, number: 1 } });
    for (let count = 0; count < 40; count++) link.say({ drop: { producerId: camera } });
    expect(await link.code()).toBe('rate_limited');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await waitFor(() => openLinks() === 0);
});

test('a caller without the secret gets no link and finds no producer', async () => {
  const options = { secret: `${SECRET} not`, logger: silentLogger, metrics: createMetrics('test') };
  const stranger = GrpcClient.create(MediaService, node.address, options);
  clients.push(stranger);
  expect(await new Link(stranger).open().code()).toBe('unauthenticated');
  const finding = stranger.call('findProducer', { roomId: ROOM, producerId: camera }, { alone: true });
  await expect(finding).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('a room that closes ends its links', async () => {
  const link = new Link().open();
  await link.first('opened');
  link.say({ carry: { producerId: camera, number: 1 } });
  await link.first('carried');
  await alice.close();
  await waitFor(() => link.ended);
  expect(node.node.roomCount).toBe(0);
  expect(await node.metric('parley_media_links')).toBe(0);
});
