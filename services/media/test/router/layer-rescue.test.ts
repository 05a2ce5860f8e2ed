import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { LayerRescue, RESCUE_AFTER_MS } from '../../src/router/layer-rescue.ts';

type State = {
  closed: boolean;
  producerPaused: boolean;
  currentLayers: { spatialLayer: number } | undefined;
};

/** The part of mediasoup's consumer that a rescue uses, with a state that the test sets. */
class StarvingConsumer extends EventEmitter {
  readonly type = 'simulcast';
  closed = false;
  producerPaused = false;
  currentLayers: State['currentLayers'];
  score = { score: 10, producerScore: 0, producerScores: [10, 0, 0] };
  resumed = 0;

  async pause(): Promise<void> {}

  async resume(): Promise<void> {
    this.resumed += 1;
  }
}

let consumer: StarvingConsumer;
let paused: boolean;
let rescue: LayerRescue;

beforeEach(() => {
  jest.useFakeTimers();
  consumer = new StarvingConsumer();
  paused = false;
  rescue = new LayerRescue(consumer, () => paused);
});

afterEach(() => {
  rescue.close();
  jest.useRealTimers();
});

test('a consumer that forwards no layer although some arrive is paused and resumed', async () => {
  consumer.emit('score');
  await jest.advanceTimersByTimeAsync(RESCUE_AFTER_MS - 1);
  expect(consumer.resumed).toBe(0);
  await jest.advanceTimersByTimeAsync(1);
  expect(consumer.resumed).toBe(1);
});

test('a consumer that finds a layer in time is left alone', async () => {
  consumer.emit('score');
  consumer.currentLayers = { spatialLayer: 0 };
  consumer.emit('layerschange');
  await jest.advanceTimersByTimeAsync(RESCUE_AFTER_MS * 10);
  expect(consumer.resumed).toBe(0);
});

test.each<[string, () => void]>([
  ['is paused', () => (paused = true)],
  ['has a paused producer', () => (consumer.producerPaused = true)],
  ['is closed', () => (consumer.closed = true)],
  ['has a producer that sends nothing', () => (consumer.score.producerScores = [0, 0, 0])],
])('one that %s is left alone', async (_name, arrange) => {
  arrange();
  consumer.emit('score');
  await jest.advanceTimersByTimeAsync(RESCUE_AFTER_MS * 10);
  expect(consumer.resumed).toBe(0);
});

test('a consumer that was paused meanwhile is not resumed', async () => {
  consumer.emit('score');
  paused = true;
  await jest.advanceTimersByTimeAsync(RESCUE_AFTER_MS * 10);
  expect(consumer.resumed).toBe(0);
});

test('tries that do not help are repeated with growing delays', async () => {
  consumer.emit('score');
  await jest.advanceTimersByTimeAsync(RESCUE_AFTER_MS * (1 + 2 + 4));
  expect(consumer.resumed).toBe(3);
  await jest.advanceTimersByTimeAsync(RESCUE_AFTER_MS * 7);
  expect(consumer.resumed).toBe(3);
});

test('after close nothing is tried and no timer is left', async () => {
  consumer.emit('score');
  rescue.close();
  consumer.emit('score');
  expect(jest.getTimerCount()).toBe(0);
  await jest.advanceTimersByTimeAsync(RESCUE_AFTER_MS * 10);
  expect(consumer.resumed).toBe(0);
});
