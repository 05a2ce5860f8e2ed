import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { ASKING_AFTER_MS } from '../../../src/call/devices/browser-question.ts';
import { AFTER_MUTE, HOLD_MS } from '../../../src/call/devices/after-mute.ts';
import { LocalSource } from '../../../src/call/devices/local-source.ts';
import { makeTrack, ManualCapture, type FakeTrack } from '../../support/tracks.ts';
import { settle } from '../../support/wait-for.ts';

let capture: ManualCapture;
let attached: MediaStreamTrack | null;
let everAttached: MediaStreamTrack[];
let failures: CallFailure[];
let replaced: number;
let isAsking: boolean;
let states: string[];
let source: LocalSource;

function makeSource(holdMs = 0): LocalSource {
  return new LocalSource({
    open: (deviceId) => capture.microphone(deviceId),
    isAsking: async () => isAsking,
    deviceId: null,
    holdMs,
    sink: {
      attach: (track) => {
        attached = track;
        everAttached.push(track);
      },
      detach: () => (attached = null),
    },
    onChanged: () => states.push(source.state.status),
    onReplaced: () => (replaced += 1),
    onFailed: (failure) => failures.push(failure),
  });
}

beforeEach(() => {
  capture = new ManualCapture();
  attached = null;
  everAttached = [];
  failures = [];
  replaced = 0;
  isAsking = true;
  states = [];
  source = makeSource();
});

afterEach(() => {
  source.close();
  jest.useRealTimers();
});

async function turnOn() {
  const done = source.set(true);
  const track = capture.grant();
  await done;
  return track;
}

const codes = () => failures.map(({ code }) => code);

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
    expect(capture.live).toEqual([]);
  });

  test('never uses a track that was opened for an intent that is over', async () => {
    const done = source.set(true);
    void source.set(false);
    const track = capture.grant();
    await done;
    expect(track.readyState).toBe('ended');
    expect(everAttached).toEqual([]);
  });

  test('opens the device once when it is turned on, off and on quickly, and is starting then', async () => {
    const done = source.set(true);
    void source.set(false);
    void source.set(true);
    expect(capture.openings).toHaveLength(1);
    expect(source.state.status).toBe('starting');
    const track = capture.grant();
    await done;
    expect(attached).toBe(track);
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

describe('a change of the device', () => {
  test('opens the new one first and then stops the old one', async () => {
    const old = await turnOn();
    const done = source.select('usb');
    expect(old.readyState).toBe('live');
    const track = capture.grant();
    await done;
    expect(attached).toBe(track);
    expect(old.readyState).toBe('ended');
    expect(source.deviceId).toBe('usb');
  });

  test('keeps the old device when the new one may not be used', async () => {
    const old = await turnOn();
    const done = source.select('broken');
    capture.refuse('device_permission_denied');
    await done;
    expect(attached).toBe(old);
    expect(old.readyState).toBe('live');
    expect(source.deviceId).toBeNull();
    expect(codes()).toEqual(['device_permission_denied']);
  });

  test.each(['device_busy', 'device_failed'] as const)(
    'lets the old device go where both cannot be open (%s), and is starting meanwhile',
    async (code) => {
      const old = await turnOn();
      const done = source.select('back');
      capture.refuse(code);
      await settle();
      expect(old.readyState).toBe('ended');
      expect(source.state.status).toBe('starting');
      const track = capture.grant();
      await done;
      expect(attached).toBe(track);
      expect(failures).toEqual([]);
    },
  );

  test('goes back to the old device when the new one does not open even alone, and says it once', async () => {
    await turnOn();
    const done = source.select('broken');
    capture.refuse('device_failed');
    await settle();
    capture.refuse('device_failed');
    await settle();
    expect(failures).toEqual([]);
    const again = capture.grant();
    await done;
    expect(attached).toBe(again);
    expect(source.state.status).toBe('live');
    expect(source.deviceId).toBeNull();
    expect(codes()).toEqual(['device_failed']);
  });

  test('is off when neither the new device nor the old one opens', async () => {
    await turnOn();
    const done = source.select('broken');
    for (const code of ['device_failed', 'device_failed', 'device_busy'] as const) {
      capture.refuse(code);
      await settle();
    }
    await done;
    expect(source.on).toBe(false);
    expect(codes()).toEqual(['device_busy']);
  });

  test('opens nothing when a device is chosen while it is off', async () => {
    await source.select('usb');
    expect(capture.openings).toHaveLength(0);
    await turnOn();
    expect(source.track?.getSettings().deviceId).toBe('usb');
  });

  test('takes no notice of an old track that the system ends for the new one', async () => {
    const old = await turnOn();
    const done = source.select('back');
    old.remoteStop();
    const track = capture.grant();
    await done;
    expect(attached).toBe(track);
    expect([replaced, failures.length]).toEqual([0, 0]);
  });
});

describe('a device whose track ends by itself', () => {
  test('is opened again at once, and nothing is said when the same device is there again', async () => {
    (await turnOn()).remoteStop();
    expect(attached).toBeNull();
    expect(source.state.status).toBe('starting');
    const again = capture.grant();
    await settle();
    expect(attached).toBe(again);
    expect(replaced).toBe(0);
  });

  test('is replaced by another one, which is said', async () => {
    (await turnOn()).remoteStop();
    capture.grant('other');
    await settle();
    expect(source.state.status).toBe('live');
    expect(replaced).toBe(1);
  });

  test('is off and said to be unplugged when there is no other', async () => {
    (await turnOn()).remoteStop();
    source.dropChoice();
    capture.refuse('device_not_found');
    await settle();
    expect(source.state.status).toBe('failed');
    expect(source.on).toBe(false);
    expect(codes()).toEqual(['device_unplugged']);
  });

  test('leads to one word when the permission was taken away', async () => {
    (await turnOn()).remoteStop();
    capture.refuse('device_permission_denied');
    await settle();
    expect(codes()).toEqual(['device_permission_denied']);
    expect(replaced).toBe(0);
  });

  test('at once, again and again, is opened a few times with growing pauses, then said', async () => {
    jest.useFakeTimers();
    void source.set(true);
    const openedAt: number[] = [];
    for (let second = 0; second < 300; second += 1) {
      if (capture.openings.length > 0) {
        openedAt.push(second / 10);
        capture.grant();
        await jest.advanceTimersByTimeAsync(0);
        capture.live[0]?.remoteStop();
      }
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(openedAt).toHaveLength(5);
    const gaps = openedAt.slice(1).map((at, index) => at - openedAt[index]!);
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
    expect(codes()).toEqual(['device_stopped']);
    expect(source.state.status).toBe('failed');
  });

  test('before it is even used counts the same', async () => {
    jest.useFakeTimers();
    void source.set(true);
    for (let tenth = 0; tenth < 300; tenth += 1) {
      if (capture.openings.length > 0) capture.grant().stop();
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(capture.tracks).toHaveLength(5);
    expect(everAttached).toEqual([]);
    expect(codes()).toEqual(['device_stopped']);
  });

  test('waits no longer when the person asks for the device', async () => {
    jest.useFakeTimers();
    void source.set(true);
    for (let time = 0; time < 2; time += 1) {
      capture.grant();
      await jest.advanceTimersByTimeAsync(0);
      capture.live[0]?.remoteStop();
      await jest.advanceTimersByTimeAsync(0);
    }
    expect(capture.openings).toHaveLength(0);
    void source.set(true);
    await jest.advanceTimersByTimeAsync(0);
    expect(capture.openings).toHaveLength(1);
  });

  test('stays off when it is turned off during a pause', async () => {
    jest.useFakeTimers();
    void source.set(true);
    for (let time = 0; time < 2; time += 1) {
      capture.grant();
      await jest.advanceTimersByTimeAsync(0);
      capture.live[0]?.remoteStop();
      await jest.advanceTimersByTimeAsync(0);
    }
    void source.set(false);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(capture.openings).toHaveLength(0);
    expect(source.state.status).toBe('released');
  });

  test('stays muted when a device that was muted is unplugged', async () => {
    const track = await turnOn();
    void source.set(false);
    track.remoteStop();
    await settle();
    expect(capture.openings).toHaveLength(0);
    expect([replaced, failures.length]).toEqual([0, 0]);
  });
});

describe('a device that the system mutes', () => {
  test('is said to be silenced until it delivers again', async () => {
    const track = await turnOn();
    track.remoteMute();
    expect(source.state).toEqual({ status: 'live', silenced: true });
    track.remoteUnmute();
    expect(source.state).toEqual({ status: 'live', silenced: false });
    void source.set(false);
    track.remoteMute();
    expect(source.state.status).toBe('released');
  });

  test('is opened anew when the page is looked at again', async () => {
    const track = await turnOn();
    source.handleReturn('visible');
    expect(capture.openings).toHaveLength(0);
    track.remoteMute();
    source.handleReturn('visible');
    const again = capture.grant();
    await settle();
    expect(attached).toBe(again);
    expect(track.readyState).toBe('ended');
    expect(source.state).toEqual({ status: 'live', silenced: false });
  });

  test('is opened anew once for the focus, because the question of a browser takes and gives it', async () => {
    const track = await turnOn();
    track.remoteMute();
    source.handleReturn('focused');
    capture.refuse('device_permission_denied');
    await settle();
    source.handleReturn('focused');
    expect(capture.openings).toHaveLength(0);
    expect(failures).toEqual([]);
    expect(attached).toBe(track);
    source.handleReturn('visible');
    expect(capture.openings).toHaveLength(1);
  });
});

describe('an opening that waits for an answer of the person', () => {
  beforeEach(() => void jest.useFakeTimers());

  test('is said after some seconds, and no longer when it is answered', async () => {
    void source.set(true);
    await jest.advanceTimersByTimeAsync(ASKING_AFTER_MS - 1);
    expect(source.state).toEqual({ status: 'starting' });
    await jest.advanceTimersByTimeAsync(1);
    expect(source.state).toEqual({ status: 'starting', asking: true });
    capture.grant();
    await jest.advanceTimersByTimeAsync(0);
    expect(source.state.status).toBe('live');
  });

  test('is not said of a device that is only slow', async () => {
    isAsking = false;
    void source.set(true);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(source.state).toEqual({ status: 'starting' });
  });

  test('is not said of a source that was turned off meanwhile', async () => {
    void source.set(true);
    void source.set(false);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(source.state.status).toBe('released');
  });
});

describe('a muted source that holds its device open', () => {
  const HELD_MS = 3000;

  beforeEach(() => {
    jest.useFakeTimers();
    source = makeSource(HELD_MS);
  });

  test('stops the track that was sent, and holds a silent copy that nothing has ever sent', async () => {
    const track = await turnOn();
    void source.set(false);
    expect(track.readyState).toBe('ended');
    expect(attached).toBeNull();
    expect(source.state.status).toBe('released');
    expect(capture.live).toHaveLength(1);
    expect(capture.live[0]?.enabled).toBe(false);
    expect(everAttached).toEqual([track]);
  });

  test('is live again in the same task, without opening the device', async () => {
    await turnOn();
    void source.set(false);
    await jest.advanceTimersByTimeAsync(HELD_MS - 1);
    void source.set(true);
    expect(capture.openings).toHaveLength(0);
    expect(source.state.status).toBe('live');
    expect(attached).toMatchObject({ readyState: 'live', enabled: true });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(attached?.readyState).toBe('live');
  });

  test('frees the device after the time, and then opens it as usual', async () => {
    await turnOn();
    void source.set(false);
    await jest.advanceTimersByTimeAsync(HELD_MS);
    expect(capture.live).toEqual([]);
    void source.set(true);
    expect(source.state.status).toBe('starting');
    expect(capture.openings).toHaveLength(1);
  });

  test('holds it until it is closed if the person wants that, and frees it at once when the person no longer does', async () => {
    source.setHold(Number.POSITIVE_INFINITY);
    await turnOn();
    void source.set(false);
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(capture.live).toHaveLength(1);
    source.setHold(HELD_MS);
    await jest.advanceTimersByTimeAsync(HELD_MS);
    expect(capture.live).toEqual([]);
    source.setHold(Number.POSITIVE_INFINITY);
    await turnOn();
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
    await turnOn();
    void source.set(false);
    act();
    expect(capture.live).toEqual([]);
    expect(capture.openings).toHaveLength(0);
  });

  test.each<[string, (held: FakeTrack) => void]>([
    ['ended', (held) => held.remoteStop()],
    ['muted by the system', (held) => held.remoteMute()],
  ])('opens it anew if what is held was %s', async (_what, act) => {
    await turnOn();
    void source.set(false);
    act(capture.live[0]!);
    void source.set(true);
    expect(capture.openings).toHaveLength(1);
    expect(capture.live).toEqual([]);
  });

  test('holds nothing of a device that failed', async () => {
    await turnOn();
    source.fail(new CallFailure('forbidden'));
    expect(capture.live).toEqual([]);
  });
});

describe.each(AFTER_MUTE)('a muted microphone that is to be "%s"', (afterMute) => {
  beforeEach(() => (source = makeSource(HOLD_MS[afterMute])));

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
      expect(attached).toBeNull();
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
    if (choice === 8) source.handleReturn('visible');
    return wanted;
  }

  function expectNothingHeardUnless(wanted: boolean): void {
    if (wanted) return;
    expect(attached).toBeNull();
    // Whatever was ever sent is over. A device that was granted this very moment ends before the next task.
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
