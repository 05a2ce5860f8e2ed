import type { PeerRecord } from '@parley/proto';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { silentLog } from '../../../src/call/base/log.ts';
import { Consumption } from '../../../src/call/receive/consumption.ts';
import { peer, producer } from '../../support/records.ts';

const BOB: PeerRecord = peer('bob', { producers: [producer('bob-mic', 'microphone')] });

let isFailing: boolean;
/** The times of the requests, in milliseconds since the first. */
let requestedAt: number[];
let consumption: Consumption;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  isFailing = true;
  requestedAt = [];
  const request = async () => {
    requestedAt.push(Date.now());
    if (isFailing) throw new CallFailure('unavailable');
    return { results: [] };
  };
  consumption = new Consumption({
    request: request as unknown as ConstructorParameters<typeof Consumption>[0]['request'],
    peers: () => [BOB],
    heard: () => [],
    onChanged: () => {},
    log: silentLog,
  });
});

afterEach(() => {
  consumption.close();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

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
