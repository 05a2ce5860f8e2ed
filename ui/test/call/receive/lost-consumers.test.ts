import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { ConsumerId } from '@parley/proto/ids';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { silentLog } from '../../../src/call/base/log.ts';
import { Consumption, type ReceivingTransports } from '../../../src/call/receive/consumption.ts';
import { peer, peerId, producer, producerId } from '../../support/records.ts';

const PEERS = ['ann', 'bob'].map((name) => peer(name, { producers: [producer(`${name}-cam`, 'camera')] }));

/** As the server keeps them: a producer that is consumed already has the same consumer when it is asked for again. */
let consumers: Map<string, string>;
let made: number;
/** The names that the browser was given. It takes none twice. */
let taken: string[];
/** The next request to close reaches the server late. */
let losesClose: boolean;
let consumption: Consumption;

const answers: Record<string, (input: Record<string, unknown>) => unknown> = {
  'consumer:create': ({ producers }) => ({
    results: (producers as { producerId: string }[]).map(({ producerId: id }) => {
      if (!consumers.has(id)) consumers.set(id, `c-${(made += 1)}`);
      const owner = PEERS.find((one) => one.producers.some((item) => item.producerId === id))!;
      const facts = { producerId: id, peerId: owner.peerId, source: 'camera', kind: 'video' };
      const consumer = { ...facts, consumerId: consumers.get(id), rtpParameters: {}, paused: true };
      return { status: 'created', producerId: id, consumer };
    }),
  }),
  'consumer:close': ({ consumerIds }) => {
    if (losesClose) {
      losesClose = false;
      throw new CallFailure('timeout');
    }
    for (const [id, name] of consumers) if ((consumerIds as string[]).includes(name)) consumers.delete(id);
    return {};
  },
  'consumer:set-layers': ({ layers }) => {
    for (const { consumerId } of layers as { consumerId: string }[])
      if (![...consumers.values()].includes(consumerId)) throw new CallFailure('consumer_not_found');
    return {};
  },
};

const media = {
  closed: false,
  receiveConnecting: Promise.resolve(),
  consume: async ({ id }: { id: string }) => {
    if (taken.includes(id)) throw new Error('Duplicate a=msid lines detected');
    taken.push(id);
    return { close: () => {} };
  },
} as unknown as ReceivingTransports;

const show = (height: number): void =>
  consumption.setPictures(
    ['ann', 'bob'].map((name) => ({
      peerId: peerId(name),
      source: 'camera' as const,
      width: height,
      height,
      important: false,
    })),
  );

beforeEach(async () => {
  jest.useFakeTimers({ now: 0, doNotFake: ['queueMicrotask'] });
  consumers = new Map();
  made = 0;
  taken = [];
  losesClose = false;
  consumption = new Consumption({
    request: (async (name: string, input: Record<string, unknown>) =>
      answers[name]?.(input) ?? {}) as unknown as ConstructorParameters<typeof Consumption>[0]['request'],
    peers: () => PEERS,
    heard: () => [],
    hasBegun: () => true,
    onChanged: () => {},
    onPicturesLimited: () => {},
    log: silentLog,
  });
  show(100);
  consumption.setMedia(Promise.resolve(media));
  await jest.advanceTimersByTimeAsync(1_000);
  expect(taken).toEqual(['c-1', 'c-2']);
});

afterEach(() => {
  consumption.close();
  jest.useRealTimers();
});

const consumerOf = (name: string) => consumption.streams.find(producerId(`${name}-cam`))?.consumerId;

test('when the server has lost one consumer, the others of the same request come back under new names', async () => {
  consumers.delete('ann-cam');
  show(1_000);
  await jest.advanceTimersByTimeAsync(1_000);
  expect([consumerOf('ann'), consumerOf('bob')]).toEqual([
    consumers.get('ann-cam'),
    consumers.get('bob-cam'),
  ]);
  expect(consumerOf('bob')).not.toBe('c-2');
});

test('a consumer that the server names again is closed there, and received under a new name', async () => {
  consumers.delete('ann-cam');
  losesClose = true;
  show(1_000);
  await jest.advanceTimersByTimeAsync(5_000);
  expect(consumerOf('bob')).toBe(consumers.get('bob-cam'));
  expect(consumerOf('bob')).not.toBe('c-2');
  expect(new Set(taken).size).toBe(taken.length);
});

test('a consumer that the server closes again and again is asked for after longer and longer pauses', async () => {
  const pauseAfterClosing = async (): Promise<number> => {
    const consumerId = consumers.get('ann-cam');
    consumers.delete('ann-cam');
    consumption.handleClosed(consumerId as ConsumerId);
    const closedAt = Date.now();
    while (!consumers.has('ann-cam')) await jest.advanceTimersByTimeAsync(50);
    const pause = Date.now() - closedAt;
    await jest.advanceTimersByTimeAsync(500);
    return pause;
  };
  const pauses = [];
  for (let round = 0; round < 7; round += 1) pauses.push(await pauseAfterClosing());
  expect(pauses).toEqual([100, 1_000, 2_000, 4_000, 8_000, 16_000, 16_000]);
  await jest.advanceTimersByTimeAsync(31_000);
  expect(await pauseAfterClosing()).toBe(100);
});
