import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { types } from 'mediasoup-client';
import { silentLog } from '../../../src/call/base/log.ts';
import { cameraEncodings } from '../../../src/call/send/encodings.ts';
import {
  LAYER_LINGER_MS,
  LAYER_RETRIES_MAX,
  LAYER_RETRY_MS,
  SenderLayers,
} from '../../../src/call/send/sender-layers.ts';

const HD = { width: 1280, height: 720 };

let encodings: types.RtpEncodingParameters[];
/** The number of changes that the browser refuses from now on, and of those that it was asked for. */
let refusals: number;
let attempts: number;
let layers: SenderLayers;

beforeEach(() => {
  jest.useFakeTimers();
  encodings = cameraEncodings(HD);
  refusals = 0;
  attempts = 0;
  const sender = {
    getParameters: () => ({ encodings: structuredClone(encodings) }),
    setParameters: async (parameters: { encodings: types.RtpEncodingParameters[] }) => {
      attempts += 1;
      if (refusals > 0) {
        refusals -= 1;
        throw new DOMException('out of date', 'InvalidModificationError');
      }
      encodings = parameters.encodings;
    },
  };
  const producer = {
    rtpSender: sender,
    closed: false,
    rtpParameters: { encodings },
  } as unknown as types.Producer;
  layers = new SenderLayers(producer, silentLog, cameraEncodings(HD));
});

afterEach(() => {
  layers.close();
  jest.useRealTimers();
});

/** The part of the lines that each layer has, as a divisor. */
const sent = () =>
  encodings.map(({ active, scaleResolutionDownBy }) => (active ? scaleResolutionDownBy : 'off'));
const done = () => jest.advanceTimersByTimeAsync(0);

describe('the layers of a sender', () => {
  test('are raised at once and lowered after a while', async () => {
    layers.want(true, 1);
    await jest.advanceTimersByTimeAsync(LAYER_LINGER_MS - 1);
    expect(sent()).toEqual([4, 2, 1]);
    await jest.advanceTimersByTimeAsync(1);
    expect(sent()).toEqual([4, 2, 'off']);
    layers.want(true, 2);
    await done();
    expect(sent()).toEqual([4, 2, 1]);
  });

  test('all stop while nobody watches, and start at once when somebody does', async () => {
    layers.want(false, 0);
    await jest.advanceTimersByTimeAsync(LAYER_LINGER_MS - 1);
    expect(layers.isResting).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect([sent(), layers.isResting, layers.running]).toEqual([['off', 'off', 'off'], true, -1]);
    layers.want(true, 0);
    await done();
    expect([sent(), layers.isResting, layers.running]).toEqual([[4, 'off', 'off'], false, 0]);
  });

  test('go on if somebody watches again in time', async () => {
    layers.want(false, 0);
    await jest.advanceTimersByTimeAsync(LAYER_LINGER_MS - 1);
    layers.want(true, 2);
    await jest.advanceTimersByTimeAsync(LAYER_LINGER_MS);
    expect(sent()).toEqual([4, 2, 1]);
  });

  test('are the smallest alone while the picture is sent elsewhere too, and none if nobody watches', async () => {
    layers.hold(true);
    await done();
    expect(sent()).toEqual([4, 'off', 'off']);
    layers.want(false, 0);
    await jest.advanceTimersByTimeAsync(LAYER_LINGER_MS);
    expect(sent()).toEqual(['off', 'off', 'off']);
    layers.want(true, 2);
    layers.hold(false);
    await done();
    expect(sent()).toEqual([4, 2, 1]);
  });

  test('stay below what this computer keeps up with, whatever is wanted', async () => {
    layers.limit(1);
    await done();
    expect([sent(), layers.running]).toEqual([[4, 2, 'off'], 1]);
    layers.want(false, 0);
    await jest.advanceTimersByTimeAsync(LAYER_LINGER_MS);
    layers.want(true, 2);
    await done();
    expect(sent()).toEqual([4, 2, 'off']);
    layers.limit(null);
    await done();
    expect(sent()).toEqual([4, 2, 1]);
  });

  test('follow another camera: what it has no use for is not sent, however much is wanted', async () => {
    layers.fit(cameraEncodings({ width: 640, height: 480 }));
    await done();
    expect([sent(), layers.running]).toEqual([[2, 1, 'off'], 1]);
    layers.want(true, 0);
    await jest.advanceTimersByTimeAsync(LAYER_LINGER_MS);
    expect(sent()).toEqual([2, 'off', 'off']);
    layers.want(true, 2);
    await done();
    expect(sent()).toEqual([2, 1, 'off']);
    layers.fit(cameraEncodings({ width: 1920, height: 1080 }));
    await done();
    expect(sent()).toEqual([4, 2, 1]);
  });

  test('start although the browser refused it at first, and nobody wants another layer', async () => {
    layers.want(false, 0);
    await jest.advanceTimersByTimeAsync(LAYER_LINGER_MS);
    refusals = 2;
    layers.want(true, 2);
    await jest.advanceTimersByTimeAsync(LAYER_RETRY_MS);
    expect(sent()).toEqual(['off', 'off', 'off']);
    layers.want(true, 2);
    await jest.advanceTimersByTimeAsync(LAYER_RETRY_MS);
    expect(sent()).toEqual([4, 2, 1]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('are given up after some refusals, until something else is wanted', async () => {
    refusals = Number.POSITIVE_INFINITY;
    layers.hold(true);
    await jest.advanceTimersByTimeAsync(2 * LAYER_RETRIES_MAX * LAYER_RETRY_MS);
    expect([attempts, sent()]).toEqual([1 + LAYER_RETRIES_MAX, [4, 2, 1]]);
    layers.limit(1);
    await done();
    refusals = 0;
    await jest.advanceTimersByTimeAsync(LAYER_RETRY_MS);
    expect(sent()).toEqual([4, 'off', 'off']);
  });

  test('are not tried again after the end', async () => {
    refusals = 1;
    layers.hold(true);
    await done();
    layers.close();
    expect(jest.getTimerCount()).toBe(0);
    refusals = 1;
    await jest.advanceTimersByTimeAsync(LAYER_RETRY_MS);
    expect(attempts).toBe(1);
  });

  test('stay as they are after the end', async () => {
    layers.want(true, 0);
    layers.close();
    layers.want(false, 0);
    layers.limit(0);
    layers.fit(cameraEncodings({ width: 160, height: 120 }));
    expect(jest.getTimerCount()).toBe(0);
    await done();
    expect(sent()).toEqual([4, 2, 1]);
  });
});
