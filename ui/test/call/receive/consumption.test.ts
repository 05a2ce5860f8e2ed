import type { PeerRecord } from '@parley/proto/room';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { silentLog } from '../../../src/call/base/log.ts';
import { Consumption, type ReceivingTransports } from '../../../src/call/receive/consumption.ts';
import { REFUSED_MS } from '../../../src/call/receive/refusals.ts';
import { peer, producer } from '../../support/records.ts';

const BOB: PeerRecord = peer('bob', {
  producers: [producer('bob-mic', 'microphone'), producer('bob-cam', 'camera')],
});

let isFailing: boolean;
/** The times of the requests, in milliseconds since the first. */
let requestedAt: number[];
let consumption: Consumption;
/** What was said about pictures that the server has no capacity for. */
let limited: boolean[];
let peers: PeerRecord[];
/** What was asked for, and how the server answers for each producer. */
let asked: { producerId: string; resumed?: boolean }[];
let refusal: string;
/** The server is of a version that does not know `resumed`. */
let isOld: boolean;

beforeEach(() => {
  jest.useFakeTimers({ now: 0, doNotFake: ['queueMicrotask'] });
  isFailing = true;
  requestedAt = [];
  limited = [];
  peers = [BOB];
  asked = [];
  refusal = '';
  isOld = false;
  const request = async (_name: string, input: { producers?: typeof asked }) => {
    requestedAt.push(Date.now());
    if (isFailing) throw new CallFailure('unavailable');
    const producers = input.producers ?? [];
    if (isOld && producers.some((item) => 'resumed' in item)) throw new CallFailure('invalid_request');
    asked.push(...producers);
    const failed = ({ producerId }: (typeof asked)[number]) => ({
      status: 'failed',
      producerId,
      error: { code: refusal },
    });
    return { results: producers.map((item) => (refusal === '' ? created(item) : failed(item))) };
  };
  consumption = new Consumption({
    request: request as unknown as ConstructorParameters<typeof Consumption>[0]['request'],
    peers: () => peers,
    heard: () => [],
    hasBegun: () => true,
    onChanged: () => {},
    onPicturesLimited: (isLimited) => limited.push(isLimited),
    log: silentLog,
  });
});

afterEach(() => {
  consumption.close();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

function created({ producerId }: (typeof asked)[number]) {
  const { peerId, producers } = BOB;
  const { source, kind } = producers.find((item) => item.producerId === producerId)!;
  const consumer = { consumerId: `c-${producerId}`, producerId, peerId, source, kind, rtpParameters: {} };
  return { status: 'created', producerId, consumer: { ...consumer, paused: false } };
}

function start(chance: number): Promise<void> {
  jest.spyOn(Math, 'random').mockReturnValue(chance);
  consumption.setMedia(Promise.resolve(null));
  return jest.advanceTimersByTimeAsync(0);
}

const pauses = () => requestedAt.slice(1).map((at, index) => at - requestedAt[index]!);

test('requests that fail are repeated after longer and longer pauses', async () => {
  await start(1);
  await jest.advanceTimersByTimeAsync(20_000);
  expect(pauses()).toEqual([1_500, 3_000, 5_000, 5_000, 5_000]);
});

test('the first pause is a second or more on average', async () => {
  await start(0.5);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(pauses()[0]).toBeGreaterThanOrEqual(1_000);
});

test('the pauses are short again after a request that succeeded', async () => {
  await start(1);
  await jest.advanceTimersByTimeAsync(5_000);
  isFailing = false;
  await jest.advanceTimersByTimeAsync(5_000);
  isFailing = true;
  requestedAt = [];
  consumption.recordsChanged();
  await jest.advanceTimersByTimeAsync(0);
  await jest.advanceTimersByTimeAsync(5_000);
  expect(requestedAt).toEqual([10_000, 11_500, 14_500]);
});

const media = {
  closed: false,
  receiveConnecting: Promise.resolve(),
  consume: async () => ({ close: () => {} }),
} as unknown as ReceivingTransports;

test('sound is asked for resumed, so that it comes one round trip earlier, and pictures are not', async () => {
  isFailing = false;
  await start(1);
  expect(asked.map(({ resumed }) => resumed)).toEqual([true, undefined]);
});

test('signaling of an older version is asked again at once, for sound that begins paused', async () => {
  isFailing = false;
  isOld = true;
  await start(1);
  expect(asked.map(({ producerId, resumed }) => [producerId, resumed])).toEqual([
    ['bob-mic', undefined],
    ['bob-cam', undefined],
  ]);
  await jest.advanceTimersByTimeAsync(10_000);
  expect(requestedAt).toEqual([0, 0]);
});

test.each([
  ['a picture for want of capacity', 'at_capacity', [true]],
  ['a picture for another reason', 'cannot_consume', []],
])('a refusal of %s is reported accordingly', async (_name, code, reports) => {
  await refuse(code);
  expect(asked).toHaveLength(2);
  expect(limited).toEqual(reports);
});

test('what was refused is asked for again after the pause, also if something else changes meanwhile', async () => {
  await refuse('at_capacity');
  await jest.advanceTimersByTimeAsync(1_000);
  consumption.recordsChanged();
  await jest.advanceTimersByTimeAsync(REFUSED_MS - 1_001);
  expect(asked).toHaveLength(2);
  await jest.advanceTimersByTimeAsync(1);
  expect(asked).toHaveLength(4);
});

describe('pictures are no longer limited', () => {
  beforeEach(() => refuse('at_capacity'));

  test('when what was refused is received, and not while it is refused again', async () => {
    await jest.advanceTimersByTimeAsync(2 * REFUSED_MS);
    expect([asked.length, limited]).toEqual([6, [true]]);
    refusal = '';
    await jest.advanceTimersByTimeAsync(REFUSED_MS);
    expect(limited).toEqual([true, false]);
  });

  test('when nobody wants what was refused', async () => {
    peers = [];
    consumption.recordsChanged();
    await jest.advanceTimersByTimeAsync(0);
    expect(limited).toEqual([true, false]);
  });

  test('but not because nobody sees the page', async () => {
    consumption.setLimits({ outOfSight: true });
    await jest.advanceTimersByTimeAsync(0);
    expect(limited).toEqual([true]);
    await jest.advanceTimersByTimeAsync(REFUSED_MS);
    refusal = '';
    consumption.setLimits({ outOfSight: false });
    await jest.advanceTimersByTimeAsync(100);
    expect(limited).toEqual([true, false]);
  });
});

async function refuse(code: string): Promise<void> {
  isFailing = false;
  refusal = code;
  consumption.setMedia(Promise.resolve(media));
  await jest.advanceTimersByTimeAsync(0);
}
