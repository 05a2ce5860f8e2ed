import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ASKING_AFTER_MS } from '../../../src/call/devices/browser-question.ts';
import { GIVEN_BACK_MS, type LocalSource } from '../../../src/call/devices/local-source.ts';
import { SourceRig } from '../../support/source-rig.ts';
import { makeTrack, type ManualCapture } from '../../support/tracks.ts';
import { settle } from '../../support/wait-for.ts';

let rig: SourceRig;
let source: LocalSource;
let capture: ManualCapture;

beforeEach(() => {
  rig = new SourceRig();
  ({ source, capture } = rig);
});

afterEach(() => {
  source.close();
  jest.useRealTimers();
});

describe('a local source', () => {
  test('opens the device, sends its track and is live', async () => {
    const done = source.set(true);
    expect(source.state.status).toBe('starting');
    const track = capture.grant();
    await done;
    expect(source.state.status).toBe('live');
    expect(rig.attached).toBe(track);
  });

  test('stops the track in the same task when it is turned off, and frees the hardware', async () => {
    const track = await rig.turnOn();
    void source.set(false);
    expect(track.readyState).toBe('ended');
    expect(rig.attached).toBeNull();
    expect(source.state.status).toBe('released');
    expect(capture.live).toEqual([]);
  });

  test('never uses a track that was opened for an intent that is over', async () => {
    const done = source.set(true);
    void source.set(false);
    const track = capture.grant();
    await done;
    expect(track.readyState).toBe('ended');
    expect(rig.everAttached).toEqual([]);
  });

  test('opens the device once when it is turned on, off and on quickly, and is starting then', async () => {
    const done = source.set(true);
    void source.set(false);
    void source.set(true);
    expect(capture.openings).toHaveLength(1);
    expect(source.state.status).toBe('starting');
    const track = capture.grant();
    await done;
    expect(rig.attached).toBe(track);
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
    expect(rig.failures).toEqual([]);
    expect(source.state.status).toBe('released');
  });

  test('adopts a live track and refuses one that ended', async () => {
    const dead = makeTrack('audio');
    dead.stop();
    source.adopt(dead);
    expect(source.on).toBe(false);
    const track = makeTrack('audio');
    source.adopt(track);
    expect(rig.attached).toBe(track);
    expect(source.state.status).toBe('live');
  });

  test('gives its track away without stopping it', async () => {
    const track = await rig.turnOn();
    expect(source.surrender()).toBe(track);
    expect(track.readyState).toBe('live');
    expect(source.state.status).toBe('released');
    source.close();
    expect(track.readyState).toBe('live');
  });

  test('closes: the track is stopped, one that is still opening too, and nothing opens again', async () => {
    const track = await rig.turnOn();
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
    const old = await rig.turnOn();
    const done = source.select('usb');
    expect(old.readyState).toBe('live');
    const track = capture.grant();
    await done;
    expect(rig.attached).toBe(track);
    expect(old.readyState).toBe('ended');
    expect(source.deviceId).toBe('usb');
  });

  test('keeps the old device when the new one may not be used', async () => {
    const old = await rig.turnOn();
    const done = source.select('broken');
    capture.refuse('device_permission_denied');
    await done;
    expect(rig.attached).toBe(old);
    expect(old.readyState).toBe('live');
    expect(source.deviceId).toBeNull();
    expect(rig.codes).toEqual(['device_permission_denied']);
  });

  test.each(['device_busy', 'device_failed'] as const)(
    'lets the old device go where both cannot be open (%s), and is starting meanwhile',
    async (code) => {
      const old = await rig.turnOn();
      const done = source.select('back');
      capture.refuse(code);
      await settle();
      expect(old.readyState).toBe('ended');
      expect(source.state.status).toBe('starting');
      const track = capture.grant();
      await done;
      expect(rig.attached).toBe(track);
      expect(rig.failures).toEqual([]);
    },
  );

  test('goes back to the old device when the new one does not open even alone, and says it once', async () => {
    await rig.turnOn();
    const done = source.select('broken');
    capture.refuse('device_failed');
    await settle();
    capture.refuse('device_failed');
    await settle();
    expect(rig.failures).toEqual([]);
    const again = capture.grant();
    await done;
    expect(rig.attached).toBe(again);
    expect(source.state.status).toBe('live');
    expect(source.deviceId).toBeNull();
    expect(rig.codes).toEqual(['device_failed']);
  });

  test('is off when neither the new device nor the old one opens', async () => {
    await rig.turnOn();
    const done = source.select('broken');
    for (const code of ['device_failed', 'device_failed', 'device_busy'] as const) {
      capture.refuse(code);
      await settle();
    }
    await done;
    expect(source.on).toBe(false);
    expect(rig.codes).toEqual(['device_busy']);
  });

  test('opens nothing when a device is chosen while it is off', async () => {
    await source.select('usb');
    expect(capture.openings).toHaveLength(0);
    await rig.turnOn();
    expect(source.track?.getSettings().deviceId).toBe('usb');
  });

  test('takes no notice of an old track that the system ends for the new one', async () => {
    const old = await rig.turnOn();
    const done = source.select('back');
    old.remoteStop();
    const track = capture.grant();
    await done;
    expect(rig.attached).toBe(track);
    expect([rig.replaced, rig.failures.length]).toEqual([0, 0]);
  });
});

describe('a device whose track ends by itself', () => {
  test('is opened again at once, and nothing is said when the same device is there again', async () => {
    (await rig.turnOn()).remoteStop();
    expect(rig.attached).toBeNull();
    expect(source.state.status).toBe('starting');
    const again = capture.grant();
    await settle();
    expect(rig.attached).toBe(again);
    expect(rig.replaced).toBe(0);
  });

  test('is rig.replaced by another one, which is said', async () => {
    (await rig.turnOn()).remoteStop();
    capture.grant('other');
    await settle();
    expect(source.state.status).toBe('live');
    expect(rig.replaced).toBe(1);
  });

  test('is off and said to be unplugged when there is no other', async () => {
    (await rig.turnOn()).remoteStop();
    source.dropChoice();
    capture.refuse('device_not_found');
    await settle();
    expect(source.state.status).toBe('failed');
    expect(source.on).toBe(false);
    expect(rig.codes).toEqual(['device_unplugged']);
  });

  test('leads to one word when the permission was taken away', async () => {
    (await rig.turnOn()).remoteStop();
    capture.refuse('device_permission_denied');
    await settle();
    expect(rig.codes).toEqual(['device_permission_denied']);
    expect(rig.replaced).toBe(0);
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
    expect(rig.codes).toEqual(['device_stopped']);
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
    expect(rig.everAttached).toEqual([]);
    expect(rig.codes).toEqual(['device_stopped']);
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
    const track = await rig.turnOn();
    void source.set(false);
    track.remoteStop();
    await settle();
    expect(capture.openings).toHaveLength(0);
    expect([rig.replaced, rig.failures.length]).toEqual([0, 0]);
  });
});

describe('a device that the system mutes', () => {
  test('is said to be without sound until it has some, or another one is opened', async () => {
    await rig.turnOn();
    source.setSoundless(true);
    expect(source.state).toEqual({ status: 'live', silenced: false, soundless: true });
    source.setSoundless(false);
    expect(source.state).toEqual({ status: 'live', silenced: false });
    source.setSoundless(true);
    void source.set(false);
    source.setSoundless(false);
    expect(source.state).toEqual({ status: 'released' });
    await rig.turnOn();
    expect(source.state).toEqual({ status: 'live', silenced: false });
  });

  test('is said to be silenced until it delivers again', async () => {
    const track = await rig.turnOn();
    track.remoteMute();
    expect(source.state).toEqual({ status: 'live', silenced: true });
    track.remoteUnmute();
    expect(source.state).toEqual({ status: 'live', silenced: false });
    void source.set(false);
    track.remoteMute();
    expect(source.state.status).toBe('released');
  });

  test('is opened anew when the page is looked at again and the system does not give it back', async () => {
    jest.useFakeTimers();
    const track = await rig.turnOn();
    source.handleReturn('visible');
    track.remoteMute();
    await jest.advanceTimersByTimeAsync(GIVEN_BACK_MS);
    expect(capture.openings).toHaveLength(0);
    source.handleReturn('visible');
    await jest.advanceTimersByTimeAsync(GIVEN_BACK_MS);
    const again = capture.grant();
    await jest.advanceTimersByTimeAsync(0);
    expect(rig.attached).toBe(again);
    expect(track.readyState).toBe('ended');
    expect(source.state).toEqual({ status: 'live', silenced: false });
  });

  test('is left alone when the system gives it back soon after the return', async () => {
    jest.useFakeTimers();
    const track = await rig.turnOn();
    track.remoteMute();
    source.handleReturn('visible');
    await jest.advanceTimersByTimeAsync(GIVEN_BACK_MS - 1);
    track.remoteUnmute();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(capture.openings).toHaveLength(0);
    expect(rig.attached).toBe(track);
  });

  test('is opened anew once for the focus, because the question of a browser takes and gives it', async () => {
    jest.useFakeTimers();
    const track = await rig.turnOn();
    track.remoteMute();
    source.handleReturn('focused');
    await jest.advanceTimersByTimeAsync(GIVEN_BACK_MS);
    capture.refuse('device_permission_denied');
    source.handleReturn('focused');
    await jest.advanceTimersByTimeAsync(GIVEN_BACK_MS);
    expect(capture.openings).toHaveLength(0);
    expect(rig.failures).toEqual([]);
    expect(rig.attached).toBe(track);
    source.handleReturn('visible');
    await jest.advanceTimersByTimeAsync(GIVEN_BACK_MS);
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
    rig.isAsking = false;
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
