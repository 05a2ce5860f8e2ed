import { EventEmitter } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { opusParameters, waitFor } from '@parley/common/testing';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import { toRtpParametersMessage, type media } from '@parley/proto/media-rpc';
import type { Hearing } from '../../src/link/heard-routers.ts';
import { LinkToHome, type LinkCall } from '../../src/link/link-to-home.ts';
import { OwnVoices } from '../../src/link/own-voices.ts';
import type { SpeakersState } from '../../src/router/speakers.ts';
import type { MediaRouter } from '../../src/router/media-router.ts';
import type { PipeEnd } from '../../src/router/pipe-end.ts';
import type { WorkerPool } from '../../src/worker/worker-pool.ts';
import { createTestPool, TEST_PIPE_PLACE } from '../support/test-node.ts';

/* A home that says what a test wants, and a real end that receives. */

const A = 'producer-a' as ProducerId;
const ROUTER = 'router-at-home';
const PIPE = {
  host: '127.0.0.1',
  port: 15_999,
  srtpCryptoSuite: 'AEAD_AES_256_GCM',
  srtpKeyBase64: Buffer.alloc(44, 7).toString('base64'),
};

class FakeCall
  extends EventEmitter<{ message: [media.LinkResponse]; ended: [ParleyError | undefined] }>
  implements LinkCall
{
  readonly said: media.LinkRequestInput[] = [];
  closed = false;

  write(message: media.LinkRequestInput): void {
    this.said.push(message);
  }

  close(): void {
    this.closed = true;
  }

  answer(message: media.LinkResponseInput): void {
    this.emit('message', message as media.LinkResponse);
  }

  end(error?: ParleyError): void {
    this.closed = true;
    this.emit('ended', error);
  }

  get last(): media.LinkRequestInput | undefined {
    return this.said.at(-1);
  }
}

let pool: WorkerPool;
let router: MediaRouter;
let end: PipeEnd;
let call: FakeCall;
let voices: OwnVoices;
/** What the home reported of its router. */
let heard: unknown[];
const hearing: Hearing = {
  setSpeakers: (state) => heard.push(state),
  setVoices: (reported) => heard.push(reported),
  close: () => heard.push('closed'),
};

class FakeSpeakers extends EventEmitter<{ changed: [SpeakersState] }> {
  state: SpeakersState = { speakers: [], dominantPeerId: undefined };
}
const speakersHere = new FakeSpeakers();
const routerHere = { id: 'router-here', speakers: speakersHere };

beforeAll(async () => {
  pool = await createTestPool();
});

afterAll(async () => {
  pool.close();
  await pool.whenEnded();
});

beforeEach(async () => {
  router = await pool.workers[0]!.createRouter();
  end = await router.createPipeEnd(TEST_PIPE_PLACE);
  call = new FakeCall();
  voices = new OwnVoices(() => false);
  heard = [];
});

afterEach(() => router.close());

function create(): Promise<LinkToHome> {
  const wantedOf = () => ({ wanted: true, maxSpatialLayer: 2 });
  const parts = { call, end, voices, hearing, router: routerHere };
  return LinkToHome.create({ ...parts, roomId: 'room', routerId: ROUTER, wantedOf });
}

async function opened(): Promise<LinkToHome> {
  const creating = create();
  call.answer({ opened: { pipe: PIPE } });
  return creating;
}

const carried = (producerId: ProducerId, number = 1, paused = false): media.LinkResponseInput => ({
  carried: { producerId, number, rtpParameters: message, paused },
});
const dropped = (number: number, code = 'producer_not_found'): media.LinkResponseInput => ({
  dropped: { producerId: A, number, code },
});
const message = toRtpParametersMessage(opusParameters('0', 4711)) as media.LinkCarried['rtpParameters'];
const producers = async () => (await pool.workers[0]!.dump()).channelMessageHandlers.channelRequestHandlers;

test('it opens with where this end receives, and asks for each producer once', async () => {
  const link = await opened();
  expect(call.said[0]?.open).toEqual({
    roomId: 'room',
    routerId: ROUTER,
    callerRouterId: 'router-here',
    pipe: end.parameters,
  });
  const carrying = link.carry(A);
  expect(call.last).toEqual({ carry: { producerId: A, number: 1 } });
  await expect(link.carry(A)).rejects.toMatchObject({ code: 'conflict' });
  call.answer(carried(A));
  const one = await carrying;
  expect(call.last).toEqual({
    demand: { producerId: A, running: true, wanted: true, maxSpatialLayer: 2 },
  });
  expect(await producers()).toContain(A);

  one.setRunning(false);
  expect(call.last?.demand).toMatchObject({ running: false });
  const { length } = call.said;
  link.wantedChanged(A);
  one.setRunning(false);
  // The home knows that already.
  expect(call.said).toHaveLength(length);
  one.close('unused');
  one.close('unused');
  expect(call.said.filter(({ drop }) => drop)).toEqual([{ drop: { producerId: A } }]);
  await waitFor(async () => !(await producers()).includes(A));
  link.close();
});

test('what is heard on each router is reported to the other end, until the link is closed', async () => {
  const microphone = Object.assign(new EventEmitter(), { id: A, record: { paused: false } });
  voices.add('alice' as PeerId, 'router-here', microphone);
  voices.add(
    'bob' as PeerId,
    'another',
    Object.assign(new EventEmitter(), { id: 'b' as ProducerId, record: { paused: false } }),
  );
  const link = await opened();
  const voice = { producerId: A, peerId: 'alice', open: true, handRaised: false, openForMs: 300 };
  const reported = { ...voice, openForMs: expect.any(Number) };
  expect(call.said.slice(1)).toEqual([{ voices: { voices: [reported] } }, { speakers: { speakers: [] } }]);
  microphone.emit('paused');
  expect(call.last).toEqual({ voices: { voices: [{ ...voice, open: false, openForMs: 0 }] } });
  const alice = 'alice' as PeerId;
  const speakers = [{ peerId: alice, producerId: A, volume: -30 }];
  speakersHere.emit('changed', { speakers, dominantPeerId: alice });
  await waitFor(() => call.last?.speakers);
  expect(call.last).toEqual({ speakers: { speakers, dominantPeerId: 'alice' } });

  call.answer({ speakers: { speakers, dominantPeerId: 'alice' } });
  call.answer({ voices: { voices: [voice] } });
  expect(heard).toEqual([{ speakers, dominantPeerId: 'alice' }, [voice]]);
  link.close();
  expect(heard.at(-1)).toBe('closed');
  expect([voices.listenerCount('changed'), speakersHere.listenerCount('changed')]).toEqual([0, 0]);
});

test('a late answer to a request that was given up is not taken for that to the next one', async () => {
  const link = await opened();
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance'] });
  const late = expect(link.carry(A)).rejects.toMatchObject({ code: 'media_unavailable' });
  await jest.advanceTimersByTimeAsync(5_000);
  jest.useRealTimers();
  await late;
  expect(call.last).toEqual({ drop: { producerId: A } });
  const second = link.carry(A);
  call.answer({ carried: { producerId: A, number: 1, paused: false } });
  call.answer(dropped(1));
  call.answer(carried(A, 2));
  (await second).close('unused');
  expect(call.said.filter(({ drop }) => drop)).toHaveLength(2);
  link.close();
});

test('a link that ends in the moment in which it is made says so to whoever looks', async () => {
  const creating = opened().then((link) => {
    call.end();
    return link;
  });
  const link = await creating;
  expect(link.ended).toBe(true);
  await expect(link.carry(A)).rejects.toMatchObject({ code: 'media_unavailable' });
  link.close();
});

test('what the home refuses is refused with its code, or as media that is away', async () => {
  const link = await opened();
  let number = 0;
  for (const [code, known] of [
    ['producer_not_found', 'producer_not_found'],
    ['at_capacity', 'at_capacity'],
    ['internal', 'media_unavailable'],
    ['a code of tomorrow', 'media_unavailable'],
  ] as const) {
    const refused = expect(link.carry(A)).rejects.toMatchObject({ code: known });
    call.answer(dropped((number += 1), code));
    await refused;
  }
  expect(call.said.some(({ drop }) => drop)).toBe(false);
  link.close();
});

test('a producer that closes at home is reported once, also if that happens while it is set up here', async () => {
  const link = await opened();
  const lost: ProducerId[] = [];
  link.on('dropped', (producerId) => lost.push(producerId));
  const refused = expect(link.carry(A)).rejects.toMatchObject({ code: 'producer_not_found' });
  call.answer(carried(A));
  await Promise.resolve();
  call.answer(dropped(1));
  await refused;
  expect(lost).toEqual([]);
  await waitFor(async () => !(await producers()).includes(A));

  const carrying = link.carry(A);
  call.answer(carried(A, 2));
  const one = await carrying;
  call.answer(dropped(2));
  call.answer(dropped(2));
  expect(lost).toEqual([A]);
  one.close('producer-closed');
  await waitFor(async () => !(await producers()).includes(A));
  expect(call.said.some(({ drop }) => drop)).toBe(false);
  link.close();
});

test.each<[string, media.LinkResponseInput]>([
  ['nothing', {}],
  ['a pipe without a key', { opened: { pipe: { ...PIPE, srtpKeyBase64: '' } } }],
  ['a producer that is no id', { dropped: { producerId: '../x', number: 1, code: 'closed' } }],
  ['a level above full', { speakers: { speakers: [{ peerId: 'a', producerId: A, volume: 1 }] } }],
  [
    'a microphone of nobody',
    { voices: { voices: [{ producerId: A, peerId: '', open: true, handRaised: false }] } },
  ],
])('a home that says %s is given up', async (_name, nonsense) => {
  const link = await opened();
  const ended = new Promise<void>((resolve) => link.once('ended', resolve));
  call.answer(nonsense);
  await ended;
  link.close();
  expect([call.closed, end.closed]).toEqual([true, true]);
});

test('a carried producer without parameters is refused, and given back', async () => {
  const link = await opened();
  const refused = expect(link.carry(A)).rejects.toMatchObject({ code: 'media_unavailable' });
  call.answer({ carried: { producerId: A, number: 1, paused: false } });
  await refused;
  expect(call.last).toEqual({ drop: { producerId: A } });
  link.close();
});

test('a home that refuses the link, or is gone before it answers, leaves nothing', async () => {
  const refused = expect(create()).rejects.toMatchObject({ code: 'room_not_found' });
  call.end(new ParleyError('room_not_found'));
  await refused;
  expect([call.closed, end.closed]).toEqual([true, true]);
});

test.each<[string, () => void]>([
  ['its stream ends', () => call.end()],
  ['its router is closed', () => router.close()],
])('when %s, it says so once and refuses everything', async (_name, happen) => {
  const link = await opened();
  let ended = 0;
  link.on('ended', () => (ended += 1));
  const refused = expect(link.carry(A)).rejects.toMatchObject({ code: 'media_unavailable' });
  happen();
  await refused;
  expect(ended).toBe(1);
  await expect(link.carry('b' as ProducerId)).rejects.toMatchObject({ code: 'media_unavailable' });
  link.close();
  link.close();
  await expect(link.carry(A)).rejects.toMatchObject({ code: 'media_unavailable' });
});
