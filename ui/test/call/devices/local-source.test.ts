import { beforeEach, describe, expect, test } from '@jest/globals';
import type { CallFailure } from '../../../src/call/base/call-failure.ts';
import { LocalSource } from '../../../src/call/devices/local-source.ts';
import { makeTrack, ManualCapture } from '../../support/tracks.ts';
import { settle } from '../../support/wait-for.ts';

let capture: ManualCapture;
let attached: MediaStreamTrack | null;
let everAttached: MediaStreamTrack[];
let failures: CallFailure[];
let unplugged: number;
let silences: number;
let source: LocalSource;

beforeEach(() => {
  capture = new ManualCapture();
  attached = null;
  everAttached = [];
  failures = [];
  unplugged = 0;
  silences = 0;
  source = new LocalSource({
    open: (deviceId) => capture.microphone(deviceId),
    deviceId: null,
    sink: {
      attach: (track) => {
        attached = track;
        everAttached.push(track);
      },
      detach: () => (attached = null),
    },
    onChanged: () => {},
    onUnplugged: () => (unplugged += 1),
    onSilenced: () => (silences += 1),
    onFailed: (failure) => failures.push(failure),
  });
});

async function turnOn() {
  const done = source.set(true);
  const track = capture.grant();
  await done;
  return track;
}

describe('a local source', () => {
  test('opens the device, sends its track and is live', async () => {
    const done = source.set(true);
    expect(source.state.status).toBe('starting');
    const track = capture.grant();
    await done;
    expect(source.state.status).toBe('live');
    expect(attached).toBe(track);
  });

  test('stops the track in the same task when it is turned off, and frees the hardware', async () => {
    const track = await turnOn();
    void source.set(false);
    expect(track.readyState).toBe('ended');
    expect(attached).toBeNull();
    expect(source.state.status).toBe('released');
  });

  test('never uses a track that was opened for an intent that is over', async () => {
    const done = source.set(true);
    void source.set(false);
    const track = capture.grant();
    await done;
    expect(track.readyState).toBe('ended');
    expect(everAttached).toEqual([]);
  });

  test('opens the device once when it is turned on, off and on quickly', async () => {
    const done = source.set(true);
    void source.set(false);
    void source.set(true);
    expect(capture.openings).toHaveLength(1);
    const track = capture.grant();
    await done;
    expect(attached).toBe(track);
  });

  test('changes the device: the new one first, then the old one is stopped', async () => {
    const old = await turnOn();
    const done = source.select('usb');
    expect(old.readyState).toBe('live');
    const track = capture.grant();
    await done;
    expect(attached).toBe(track);
    expect(old.readyState).toBe('ended');
    expect(source.deviceId).toBe('usb');
  });

  test('keeps the old device when the new one cannot be opened', async () => {
    const old = await turnOn();
    const done = source.select('broken');
    capture.refuse('device_failed');
    await done;
    expect(attached).toBe(old);
    expect(old.readyState).toBe('live');
    expect(source.deviceId).toBeNull();
    expect(failures.map((failure) => failure.code)).toEqual(['device_failed']);
  });

  test('lets the old device go where both cannot be open', async () => {
    const old = await turnOn();
    const done = source.select('back');
    capture.refuse('device_busy');
    await settle();
    expect(old.readyState).toBe('ended');
    const track = capture.grant();
    await done;
    expect(attached).toBe(track);
    expect(failures).toEqual([]);
  });

  test('opens nothing when a device is chosen while it is off', async () => {
    await source.select('usb');
    expect(capture.openings).toHaveLength(0);
    await turnOn();
    expect(source.track?.getSettings().deviceId).toBe('usb');
  });

  test('is off and says why when the device cannot be opened', async () => {
    const done = source.set(true);
    capture.refuse('device_permission_denied');
    await done;
    expect(source.on).toBe(false);
    expect(source.state).toMatchObject({ status: 'failed', error: { code: 'device_permission_denied' } });
  });

  test('does not report a failure that no intent waits for any more', async () => {
    const done = source.set(true);
    void source.set(false);
    capture.refuse('device_busy');
    await done;
    expect(failures).toEqual([]);
    expect(source.state.status).toBe('released');
  });

  test('takes another device when the one in use is unplugged', async () => {
    const track = await turnOn();
    track.remoteStop();
    expect(attached).toBeNull();
    expect(unplugged).toBe(1);
    const other = capture.grant();
    await settle();
    expect(attached).toBe(other);
  });

  test('is off when the device is unplugged and there is no other', async () => {
    (await turnOn()).remoteStop();
    capture.refuse('device_not_found');
    await settle();
    expect(source.state).toMatchObject({ status: 'failed' });
    expect(source.on).toBe(false);
  });

  test('stays muted when a device that was muted is unplugged', async () => {
    const track = await turnOn();
    void source.set(false);
    track.remoteStop();
    await settle();
    expect(capture.openings).toHaveLength(0);
    expect(unplugged).toBe(0);
  });

  test('says when the system silences the device, and when it no longer does', async () => {
    const track = await turnOn();
    track.remoteMute();
    expect(source.state).toEqual({ status: 'live', silenced: true });
    expect(silences).toBe(1);
    track.remoteUnmute();
    expect(source.state).toEqual({ status: 'live', silenced: false });
    void source.set(false);
    track.remoteMute();
    expect(source.state.status).toBe('released');
    expect(silences).toBe(1);
  });

  test('adopts a live track and refuses one that ended', async () => {
    const dead = makeTrack('audio');
    dead.stop();
    source.adopt(dead);
    expect(source.on).toBe(false);
    const track = makeTrack('audio');
    source.adopt(track);
    expect(attached).toBe(track);
    expect(source.state.status).toBe('live');
  });

  test('gives its track away without stopping it', async () => {
    const track = await turnOn();
    expect(source.surrender()).toBe(track);
    expect(track.readyState).toBe('live');
    expect(source.state.status).toBe('released');
    source.close();
    expect(track.readyState).toBe('live');
  });

  test('closes: the track is stopped, one that is still opening too, and nothing opens again', async () => {
    const track = await turnOn();
    const opening = source.select('usb');
    source.close();
    expect(track.readyState).toBe('ended');
    expect(capture.grant().readyState).toBe('live');
    await opening;
    expect(capture.live).toEqual([]);
    await source.set(true);
    expect(capture.openings).toHaveLength(0);
  });
});

describe('a muted microphone', () => {
  /** Everything that can happen, in any order; after each step nothing may be live while the last intent is off. */
  test.each(Array.from({ length: 40 }, (_, seed) => [seed]))(
    'is never live, whatever happens (%i)',
    async (seed) => {
      const random = seeded(seed + 1);
      let wanted = false;
      for (let step = 0; step < 120; step += 1) {
        wanted = act(random, wanted);
        expectNothingLiveUnless(wanted);
        if (random() < 0.6) await settle();
        expectNothingLiveUnless(wanted);
      }
      wanted = false;
      void source.set(false);
      while (capture.openings.length > 0) capture.grant();
      await settle();
      expect(capture.live).toEqual([]);
      expect(attached).toBeNull();
    },
  );

  function act(random: () => number, wanted: boolean): boolean {
    const choice = Math.floor(random() * 7);
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
    return wanted;
  }

  function expectNothingLiveUnless(wanted: boolean): void {
    if (wanted) return;
    expect(attached).toBeNull();
    // A device that was granted this very moment is not shown to anybody yet and ends before the next task.
    expect(everAttached.filter((track) => track.readyState === 'live')).toEqual([]);
  }
});

function seeded(seed: number): () => number {
  let state = seed * 7919;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
