import { describe, expect, test } from '@jest/globals';
import { levelOf, readLoad, type Load, type LoadSnapshot } from '../../../src/call/economy/load.ts';
import type { Stat } from '../../../src/call/telemetry/statistics.ts';

const SECONDS = 2;

const inbound = (more: Partial<Stat> = {}): Stat => ({
  id: 'V',
  type: 'inbound-rtp',
  kind: 'video',
  mid: '1',
  timestamp: 0,
  ...more,
});
const outbound = (more: Partial<Stat> = {}): Stat => ({
  id: 'O',
  type: 'outbound-rtp',
  kind: 'video',
  mid: '0',
  timestamp: 0,
  ...more,
});
const source = (frames: number): Stat => ({
  id: 'S',
  type: 'media-source',
  timestamp: 0,
  frames,
  trackIdentifier: 'T',
});

const CAMERA = { mid: '0', trackId: 'T' };

type Given = { received?: Stat[]; sent?: Stat[]; run?: number; camera?: LoadSnapshot['camera'] };

function snapshot(at: number, { received = [], sent = [], run = 1, camera = CAMERA }: Given): LoadSnapshot {
  return { at, received, sent, camera, runs: new Map([['1', run]]) };
}

function loadOf(before: Given, now: Given): Load {
  const load = readLoad(snapshot(0, before), snapshot(SECONDS * 1000, now));
  if (load === null) throw new Error('no load');
  return load;
}

/** The load while one picture of 30 frames a second comes and is decoded like this. */
const receiving = (now: Partial<Stat>) => loadOf({ received: [inbound()] }, { received: [inbound(now)] });

/** The load while the camera gives 30 frames a second, and they are encoded like this. */
const sending = (...layers: Partial<Stat>[]) =>
  loadOf(
    { sent: [source(0), ...layers.map((_, index) => outbound({ id: `O${index}` }))] },
    { sent: [source(60), ...layers.map((layer, index) => outbound({ id: `O${index}`, ...layer }))] },
  );

describe('a computer', () => {
  test.each<[string, Load]>([
    ['with nothing to do', loadOf({}, {})],
    ['that decodes all frames', receiving({ framesReceived: 60, framesDecoded: 60, totalDecodeTime: 0.3 })],
    ['that encodes all frames', sending({ framesEncoded: 60, totalEncodeTime: 0.4 })],
    ['whose browser does not count', receiving({})],
    [
      'whose graphics card takes its time and leaves nothing undone',
      receiving({ framesReceived: 60, framesDecoded: 60, totalDecodeTime: 2.4 }),
    ],
    [
      'whose graphics card has two frames under way',
      receiving({ framesReceived: 30, framesDecoded: 28, totalDecodeTime: 2.4 }),
    ],
    ['whose encoder is busy and leaves nothing undone', sending({ framesEncoded: 60, totalEncodeTime: 1.9 })],
    [
      'of which too few frames are known',
      receiving({ framesReceived: 9, framesDecoded: 4, framesDropped: 5 }),
    ],
  ])('%s could do more', (_what, load) => {
    expect(levelOf(load)).toBe('light');
  });

  test.each<[string, Load]>([
    [
      'that drops a few frames',
      receiving({ framesReceived: 60, framesDecoded: 56, framesDropped: 4, totalDecodeTime: 0.3 }),
    ],
    [
      'whose decoder is busy and leaves some frames undone',
      receiving({ framesReceived: 60, framesDecoded: 56, totalDecodeTime: 1.9 }),
    ],
    [
      'whose encoder is busy and leaves some frames undone',
      sending({ framesEncoded: 56, totalEncodeTime: 1.9 }),
    ],
  ])('%s has enough to do', (_what, load) => {
    expect(levelOf(load)).toBe('fair');
  });

  test.each<[string, Load]>([
    ['that drops frames', receiving({ framesReceived: 60, framesDecoded: 48, framesDropped: 12 })],
    [
      'whose decoder does not keep up',
      receiving({ framesReceived: 60, framesDecoded: 40, totalDecodeTime: 1.95 }),
    ],
    ['whose encoder does not keep up', sending({ framesEncoded: 40, totalEncodeTime: 1.95 })],
    [
      'of which one encoder does not keep up, and another is busier and does',
      sending({ framesEncoded: 40, totalEncodeTime: 1.95 }, { framesEncoded: 60, totalEncodeTime: 2.4 }),
    ],
    [
      'whose browser makes the picture smaller for it',
      sending(
        { framesEncoded: 60, qualityLimitationReason: 'none' },
        { framesEncoded: 60, qualityLimitationReason: 'cpu' },
      ),
    ],
  ])('%s is strained', (_what, load) => {
    expect(levelOf(load)).toBe('strained');
  });

  test('is not strained because frames are missing that the network lost', () => {
    const load = receiving({
      framesReceived: 60,
      framesDecoded: 45,
      framesDropped: 15,
      packetsReceived: 950,
      packetsLost: 50,
    });
    expect(levelOf(load)).toBe('fair');
  });

  test('is not strained because a camera gives few frames in the dark, or the bandwidth is short', () => {
    expect(levelOf(sending({ framesEncoded: 60, qualityLimitationReason: 'bandwidth' }))).toBe('light');
    const dark = loadOf(
      { sent: [source(0), outbound()] },
      { sent: [source(24), outbound({ framesEncoded: 24, totalEncodeTime: 0.2 })] },
    );
    expect(levelOf(dark)).toBe('light');
  });
});

describe('the load is not read from', () => {
  const dropping = { framesReceived: 60, framesDecoded: 30, framesDropped: 30 };

  test('a picture that was paused in between', () => {
    const load = loadOf({ received: [inbound()], run: 1 }, { received: [inbound(dropping)], run: 2 });
    expect(load.dropped).toBeNull();
  });

  test('a picture that is not received now', () => {
    const other = { mid: '7' };
    const load = loadOf({ received: [inbound(other)] }, { received: [inbound({ ...other, ...dropping })] });
    expect(load.dropped).toBeNull();
  });

  test('a screen that is sent, a layer that does not run, and a camera that rests', () => {
    const busy = { framesEncoded: 30, totalEncodeTime: 1.95, qualityLimitationReason: 'cpu' };
    for (const [more, camera] of [
      [{ mid: '5' }, CAMERA],
      [{ active: false }, CAMERA],
      [{}, null],
    ] as const) {
      const load = loadOf(
        { sent: [source(0), outbound(more)], camera },
        { sent: [source(60), outbound({ ...more, ...busy })], camera },
      );
      expect([load.encoding, load.limited]).toEqual([[], false]);
    }
  });

  test('counters that began anew', () => {
    const load = loadOf(
      { received: [inbound({ framesDecoded: 900, framesDropped: 400, framesReceived: 1300 })] },
      { received: [inbound({ framesDecoded: 30, framesDropped: 0, framesReceived: 30 })] },
    );
    expect(load.dropped).toBeNull();
  });

  test('two readings of one moment', () => {
    expect(readLoad(snapshot(5, {}), snapshot(5, {}))).toBeNull();
  });
});
