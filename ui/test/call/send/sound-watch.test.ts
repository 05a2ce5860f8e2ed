import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { types } from 'mediasoup-client';
import { SOUNDLESS_MS, SoundWatch } from '../../../src/call/send/sound-watch.ts';

/** A producer of which the browser counts this energy; undefined: it does not count. */
function sending(energy: () => number | undefined): types.Producer & { paused: boolean } {
  const stats = () =>
    new Map<string, object>([
      ['rtp', { type: 'outbound-rtp' }],
      ['source', { type: 'media-source', totalAudioEnergy: energy() }],
    ]);
  return { paused: false, closed: false, getStats: async () => stats() } as never;
}

describe('the watch for a microphone without sound', () => {
  let producer: (types.Producer & { paused: boolean }) | null = null;
  let reports: boolean[] = [];
  let watch: SoundWatch;
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    jest.useFakeTimers();
    reports = [];
    watch = new SoundWatch({
      producer: () => producer,
      onSoundless: (soundless) => reports.push(soundless),
    });
  });
  afterEach(() => {
    watch.close();
    jest.useRealTimers();
  });

  test('reports one that gives only zeros for five seconds, and its first sound after that', async () => {
    let energy = 0;
    producer = sending(() => energy);
    await pass(SOUNDLESS_MS);
    expect(reports).toEqual([]);
    await pass(2_000);
    expect(reports).toEqual([true]);
    energy = 1e-9;
    await pass(1_000);
    expect(reports).toEqual([true, false]);
  });

  test('takes noise for sound', async () => {
    let energy = 0;
    producer = sending(() => (energy += 1e-12));
    await pass(4 * SOUNDLESS_MS);
    expect(reports).toEqual([]);
  });

  test.each<[string, () => typeof producer]>([
    [
      'that is muted',
      () =>
        Object.assign(
          sending(() => 0),
          { paused: true },
        ),
    ],
    ['that nobody sends', () => null],
    ['of a browser that does not count', () => sending(() => undefined)],
  ])('says nothing of one %s', async (_which, make) => {
    producer = make();
    await pass(4 * SOUNDLESS_MS);
    expect(reports).toEqual([]);
  });

  test('gives a microphone its time that follows another one, and takes back what it said when it is muted', async () => {
    producer = sending(() => 0);
    await pass(SOUNDLESS_MS - 1_000);
    producer = sending(() => 0);
    await pass(SOUNDLESS_MS - 1_000);
    expect(reports).toEqual([]);
    await pass(3_000);
    expect(reports).toEqual([true]);
    producer.paused = true;
    await pass(1_000);
    expect(reports).toEqual([true, false]);
  });

  test('ends', async () => {
    producer = sending(() => 0);
    watch.close();
    await pass(4 * SOUNDLESS_MS);
    expect(reports).toEqual([]);
  });
});
