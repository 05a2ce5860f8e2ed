import { describe, expect, test } from '@jest/globals';
import type { types } from 'mediasoup-client';
import { silentLog } from '../../../src/call/base/log.ts';
import { screenEncoding, sendSettings } from '../../../src/call/send/encodings.ts';
import { ScreenTuning } from '../../../src/call/send/screen-tuning.ts';

type Encoding = {
  maxFramerate?: number;
  maxBitrate?: number;
  scaleResolutionDownBy?: number;
  active?: boolean;
};

/** A producer of a screen with so many lines, and the parameters that its sender was given. */
function producer(lines: number, stats: object[] = [], totalFrames?: number) {
  const set: Encoding[][] = [];
  const rtpSender = {
    getParameters: () => ({ encodings: [{ active: true }] }),
    setParameters: async ({ encodings }: { encodings: Encoding[] }) => void set.push(encodings),
    getStats: async () => new Map(stats.entries()),
  };
  const track = {
    getSettings: () => ({ height: lines }),
    ...(totalFrames === undefined ? {} : { stats: { totalFrames } }),
  };
  return { producer: { rtpSender, track } as unknown as types.Producer, set };
}

describe('the encoder of a shared screen', () => {
  test.each([
    ['text', 1080, { maxFramerate: 15, maxBitrate: 3_000_000, scaleResolutionDownBy: 1 }],
    ['text', 2160, { maxFramerate: 15, maxBitrate: 3_000_000, scaleResolutionDownBy: 1 }],
    ['motion', 720, { maxFramerate: 30, maxBitrate: 4_000_000, scaleResolutionDownBy: 1 }],
    ['motion', 2160, { maxFramerate: 30, maxBitrate: 4_000_000, scaleResolutionDownBy: 2 }],
    ['motion', undefined, { maxFramerate: 30, maxBitrate: 4_000_000, scaleResolutionDownBy: 1 }],
  ] as const)('sends %s of %s lines with these limits', (content, lines, limits) => {
    expect(screenEncoding(content, lines)).toEqual(limits);
  });

  test('begins with the limits of the content', () => {
    const tuning = new ScreenTuning(silentLog);
    tuning.content = 'motion';
    const track = { getSettings: () => ({ height: 720 }) } as MediaStreamTrack;
    expect(tuning.settings(sendSettings('screen'), track).encodings).toEqual([
      {
        scalabilityMode: 'L1T3',
        dtx: true,
        maxFramerate: 30,
        maxBitrate: 4_000_000,
        scaleResolutionDownBy: 1,
      },
    ]);
  });

  test('is set once for each change', async () => {
    const tuning = new ScreenTuning(silentLog);
    const screen = producer(720);
    await tuning.apply(screen.producer);
    tuning.content = 'text';
    await tuning.apply(screen.producer);
    await tuning.apply(screen.producer);
    tuning.content = 'motion';
    await tuning.apply(screen.producer);
    expect(screen.set.flat().map(({ maxFramerate }) => maxFramerate)).toEqual([15, 30]);
    expect(screen.set.flat().every(({ active }) => active)).toBe(true);
  });

  test('is set again for a new producer', async () => {
    const tuning = new ScreenTuning(silentLog);
    tuning.content = 'motion';
    const screens = [producer(720), producer(720)];
    for (const screen of screens) await tuning.apply(screen.producer);
    expect(screens.map(({ set }) => set.length)).toEqual([1, 1]);
  });

  test('that refuses the limits does not end the share', async () => {
    const tuning = new ScreenTuning(silentLog);
    tuning.content = 'motion';
    const { producer: refusing } = producer(720);
    Object.assign(refusing.rtpSender!, { setParameters: () => Promise.reject(new Error('no')) });
    await expect(tuning.apply(refusing)).resolves.toBeUndefined();
  });

  test('of a camera is left alone', async () => {
    const camera = producer(720);
    await new ScreenTuning(silentLog).apply(camera.producer);
    expect(camera.set).toEqual([]);
  });
});

describe('the frames that a screen has drawn', () => {
  const source = { type: 'media-source', frames: 40 };

  test.each([
    ['of the track, which counts what is not sent too', [source], 90, 90],
    ['of the sender, where the track does not count', [{ type: 'outbound-rtp' }, source], undefined, 40],
    ['are not known', [], undefined, null],
  ])('%s', async (_which, stats, totalFrames, expected) => {
    expect(await new ScreenTuning(silentLog).countFrames(producer(720, stats, totalFrames).producer)).toBe(
      expected,
    );
  });
});
