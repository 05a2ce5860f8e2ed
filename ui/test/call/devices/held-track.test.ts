import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { AFTER_MUTE, HOLD_MS } from '../../../src/call/devices/after-mute.ts';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import type { LocalSource } from '../../../src/call/devices/local-source.ts';
import { SourceRig } from '../../support/source-rig.ts';
import { makeTrack, type FakeTrack, type ManualCapture } from '../../support/tracks.ts';
import { settle } from '../../support/wait-for.ts';

let rig: SourceRig;
let source: LocalSource;
let capture: ManualCapture;

function use(holdMs: number): void {
  rig = new SourceRig(holdMs);
  ({ source, capture } = rig);
}

afterEach(() => {
  source.close();
  jest.useRealTimers();
});

describe('a muted source that holds its device open', () => {
  const HELD_MS = 3000;

  beforeEach(() => {
    jest.useFakeTimers();
    use(HELD_MS);
  });

  test('stops the track that was sent, and holds a silent copy that nothing has ever sent', async () => {
    const track = await rig.turnOn();
    void source.set(false);
    expect(track.readyState).toBe('ended');
    expect(rig.attached).toBeNull();
    expect(source.state.status).toBe('released');
    expect(capture.live).toHaveLength(1);
    expect(capture.live[0]?.enabled).toBe(false);
    expect(rig.everAttached).toEqual([track]);
  });

  test('is live again in the same task, without opening the device', async () => {
    await rig.turnOn();
    void source.set(false);
    await jest.advanceTimersByTimeAsync(HELD_MS - 1);
    void source.set(true);
    expect(capture.openings).toHaveLength(0);
    expect(source.state.status).toBe('live');
    expect(rig.attached).toMatchObject({ readyState: 'live', enabled: true });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(rig.attached?.readyState).toBe('live');
  });

  test('frees the device after the time, and then opens it as usual', async () => {
    await rig.turnOn();
    void source.set(false);
    await jest.advanceTimersByTimeAsync(HELD_MS);
    expect(capture.live).toEqual([]);
    void source.set(true);
    expect(source.state.status).toBe('starting');
    expect(capture.openings).toHaveLength(1);
  });

  test('holds it until it is closed if the person wants that, and frees it at once when the person no longer does', async () => {
    source.setHold(Number.POSITIVE_INFINITY);
    await rig.turnOn();
    void source.set(false);
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(capture.live).toHaveLength(1);
    source.setHold(HELD_MS);
    await jest.advanceTimersByTimeAsync(HELD_MS);
    expect(capture.live).toEqual([]);
    source.setHold(Number.POSITIVE_INFINITY);
    await rig.turnOn();
    void source.set(false);
    source.setHold(0);
    expect(capture.live).toEqual([]);
  });

  test.each<[string, () => void]>([
    ['another device is chosen', () => void source.select('usb')],
    ['the choice means another device', () => source.reopen()],
    ['the chosen device is gone', () => source.dropChoice()],
    ['the source is closed', () => source.close()],
    ['the track is given away', () => void source.surrender()],
    ['a track is adopted', () => source.adopt(makeTrack('audio'))],
  ])('frees it at once when %s', async (_what, act) => {
    await rig.turnOn();
    void source.set(false);
    act();
    expect(capture.live).toEqual([]);
    expect(capture.openings).toHaveLength(0);
  });

  test.each<[string, (held: FakeTrack) => void]>([
    ['ended', (held) => held.remoteStop()],
    ['muted by the system', (held) => held.remoteMute()],
  ])('opens it anew if what is held was %s', async (_what, act) => {
    await rig.turnOn();
    void source.set(false);
    act(capture.live[0]!);
    void source.set(true);
    expect(capture.openings).toHaveLength(1);
    expect(capture.live).toEqual([]);
  });

  test('holds nothing of a device that failed', async () => {
    await rig.turnOn();
    source.fail(new CallFailure('forbidden'));
    expect(capture.live).toEqual([]);
  });
});

describe.each(AFTER_MUTE)('a muted microphone that is to be "%s"', (afterMute) => {
  beforeEach(() => use(HOLD_MS[afterMute]));

  /** Everything that can happen, in any order; after each step nothing may be heard while the last intent is off. */
  test.each(Array.from({ length: 40 }, (_, seed) => [seed]))(
    'is never heard, whatever happens (%i)',
    async (seed) => {
      const random = seeded(seed + 1);
      let wanted = false;
      for (let step = 0; step < 120; step += 1) {
        wanted = act(random, wanted);
        expectNothingHeardUnless(wanted);
        if (random() < 0.6) await settle();
        expectNothingHeardUnless(wanted);
      }
      void source.set(false);
      while (capture.openings.length > 0) capture.grant();
      await settle();
      expectNothingHeardUnless(false);
      expect(capture.live.filter((track) => track.enabled)).toEqual([]);
      source.close();
      expect(capture.live).toEqual([]);
      expect(rig.attached).toBeNull();
    },
  );

  function act(random: () => number, wanted: boolean): boolean {
    const choice = Math.floor(random() * 9);
    if (choice === 0) {
      void source.set(true);
      return true;
    }
    if (choice === 1) {
      void source.set(false);
      return false;
    }
    if (choice === 2 && capture.openings.length > 0) capture.grant();
    if (choice === 3 && capture.openings.length > 0)
      capture.refuse(random() < 0.5 ? 'device_busy' : 'device_failed');
    if (choice === 4) void source.select(`device-${Math.floor(random() * 3)}`);
    if (choice === 5) capture.live[0]?.remoteStop();
    if (choice === 6) capture.tracks.at(-1)?.remoteStop();
    if (choice === 7) source.reopen();
    if (choice === 8) capture.live[0]?.remoteMute();
    return wanted;
  }

  function expectNothingHeardUnless(wanted: boolean): void {
    if (wanted) return;
    expect(rig.attached).toBeNull();
    // Whatever was ever sent is over. A device that was granted this very moment ends before the next task.
    expect(rig.everAttached.filter((track) => track.readyState === 'live')).toEqual([]);
  }
});

function seeded(seed: number): () => number {
  let state = seed * 7919;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
