import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  BURST_MS,
  BURST_REST_MS,
  LayerRest,
  LOSS_REST_MS,
  LOSSY_FOR_MS,
  PROVEN_MS,
  REST_MS,
  type RestingConsumer,
} from '../../src/router/layer-rest.ts';

/** What `LayerRest` uses of a consumer. The worker is played by `forward` and `scored`. */
class FakeConsumer extends EventEmitter {
  type: RestingConsumer['type'] = 'simulcast';
  currentLayers: RestingConsumer['currentLayers'] = { spatialLayer: 2, temporalLayer: 2 };
  preferredLayers: RestingConsumer['preferredLayers'] = { spatialLayer: 2, temporalLayer: 2 };
  score: RestingConsumer['score'] = { score: 10, producerScore: 10, producerScores: [10, 10, 10] };

  async setPreferredLayers(layers: { spatialLayer: number; temporalLayer?: number }): Promise<void> {
    this.preferredLayers = layers;
  }

  forward(spatialLayer: number | undefined): void {
    this.currentLayers = spatialLayer === undefined ? undefined : { spatialLayer, temporalLayer: 2 };
    this.emit('layerschange');
  }

  scored(change: Partial<RestingConsumer['score']>): void {
    this.score = { ...this.score, ...change };
    this.emit('score');
  }
}

describe('a picture whose network got worse', () => {
  let consumer: FakeConsumer;
  let rest: LayerRest;
  const limit = () => consumer.preferredLayers?.spatialLayer;
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
  const begin = () => {
    consumer = new FakeConsumer();
    rest = new LayerRest(consumer);
    consumer.scored({});
  };

  beforeEach(() => {
    jest.useFakeTimers();
    begin();
  });
  afterEach(() => {
    rest.close();
    jest.useRealTimers();
  });

  test('stays at the layer to which it was lowered, and gets what is wanted after a rest', async () => {
    consumer.forward(1);
    await pass(REST_MS - 1);
    expect([limit(), rest.wanted?.spatialLayer]).toEqual([1, 2]);
    await pass(1);
    expect(limit()).toBe(2);
  });

  test('rests from the last time when it was lowered once more', async () => {
    consumer.forward(1);
    await pass(REST_MS / 2);
    consumer.forward(0);
    await pass(REST_MS - 1);
    expect(limit()).toBe(0);
    await pass(1);
    expect(limit()).toBe(2);
  });

  test('rests twice as long after each better layer that did not last, and as before after one that did', async () => {
    consumer.forward(1);
    await pass(REST_MS);
    consumer.forward(2);
    await pass(PROVEN_MS - 1);
    consumer.forward(1);
    await pass(2 * REST_MS - 1);
    expect(limit()).toBe(1);
    await pass(1);
    consumer.forward(2);
    await pass(PROVEN_MS);
    consumer.forward(1);
    await pass(REST_MS);
    expect(limit()).toBe(2);
  });

  test('keeps what the peer asks for meanwhile, up to the layer of the rest', async () => {
    consumer.forward(1);
    await rest.prefer({ spatialLayer: 0 });
    expect(limit()).toBe(0);
    await rest.prefer({ spatialLayer: 2, temporalLayer: 1 });
    expect(consumer.preferredLayers).toEqual({ spatialLayer: 1, temporalLayer: 1 });
    await pass(REST_MS);
    expect(consumer.preferredLayers).toEqual({ spatialLayer: 2, temporalLayer: 1 });
  });

  test.each([
    ['the peer wants no more', async () => rest.prefer({ spatialLayer: 1 })],
    ['its sender has ended the layer', async () => consumer.scored({ producerScores: [10, 10, 0] })],
  ])('does not rest because %s', async (_why, happens) => {
    await happens();
    consumer.forward(1);
    await rest.prefer({ spatialLayer: 2 });
    expect(limit()).toBe(2);
  });

  test('does not rest while it begins', () => {
    consumer.forward(undefined);
    for (const layer of [0, 1, 2]) consumer.forward(layer);
    expect(limit()).toBe(2);
  });

  test.each([{ score: 8 }, { producerScore: 8 }])(
    'becomes small before any estimate has followed, once loss is heavy: %j',
    async (lossy) => {
      consumer.scored(lossy);
      await pass(LOSSY_FOR_MS - 1);
      expect(limit()).toBe(2);
      await pass(1);
      expect(limit()).toBe(0);
      consumer.forward(0);
      await pass(BURST_MS);
      consumer.scored({ score: 7 });
      await pass(LOSS_REST_MS);
      expect(limit()).toBe(0);
      consumer.scored({ score: 10, producerScore: 10 });
      await pass(LOSS_REST_MS);
      expect(limit()).toBe(2);
    },
  );

  test('rests shorter after a loss that was soon over, and longer if it is still there then', async () => {
    const lose = async () => {
      consumer.scored({ score: 5 });
      await pass(LOSSY_FOR_MS);
      consumer.forward(0);
      consumer.scored({ score: 7 });
    };
    await lose();
    consumer.scored({ score: 10 });
    await pass(BURST_REST_MS - 1);
    expect(limit()).toBe(0);
    await pass(1);
    expect(limit()).toBe(2);
    rest.close();
    begin();
    await lose();
    await pass(BURST_REST_MS);
    consumer.scored({ score: 10 });
    await pass(LOSS_REST_MS - 1);
    expect(limit()).toBe(0);
    await pass(1);
    expect(limit()).toBe(2);
  });

  test('does not mind a single bad report, a loss of a twentieth, or how a stream begins', async () => {
    consumer.scored({ score: 5 });
    await pass(LOSSY_FOR_MS - 1);
    consumer.scored({ score: 10 });
    consumer.scored({ score: 9, producerScore: 9 });
    await pass(LOSSY_FOR_MS);
    expect(limit()).toBe(2);
    rest.close();
    consumer = new FakeConsumer();
    rest = new LayerRest(consumer);
    consumer.scored({ score: 0 });
    await pass(LOSSY_FOR_MS);
    expect(limit()).toBe(2);
  });

  test('has no rest if it has one layer', async () => {
    rest.close();
    consumer = new FakeConsumer();
    consumer.type = 'simple';
    rest = new LayerRest(consumer);
    expect(consumer.listenerCount('layerschange') + consumer.listenerCount('score')).toBe(0);
  });
});
