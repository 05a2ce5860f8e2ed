import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { captureScreen, canShareScreen } from '../../../src/call/screen/screen-capture.ts';
import { screenFailure } from '../../../src/call/screen/screen-failure.ts';
import { FakeMediaStreamTrack } from 'fake-mediastreamtrack';

type Asked = DisplayMediaStreamOptions & Record<string, unknown> & { audio: Record<string, unknown> | false };

let asked: Asked[];
let audio: FakeMediaStreamTrack | null;
let surface: string | undefined;
let secure: boolean;
let pressed: boolean;

/** The part of a browser that shares screens. */
function browser(restrictOwnAudio: boolean, getDisplayMedia: unknown = share): void {
  Object.defineProperty(globalThis, 'navigator', {
    configurable: true,
    value: {
      mediaDevices: { getSupportedConstraints: () => ({ restrictOwnAudio }), getDisplayMedia },
      userActivation: { isActive: pressed },
    },
  });
}

async function share(options: Asked) {
  asked.push(options);
  const video = new FakeMediaStreamTrack({ kind: 'video', settings: { displaySurface: surface } });
  return { getVideoTracks: () => [video], getAudioTracks: () => (audio === null ? [] : [audio]) };
}

const original = Object.getOwnPropertyDescriptor(globalThis, 'navigator');

beforeEach(() => {
  asked = [];
  audio = null;
  surface = 'monitor';
  secure = true;
  pressed = true;
  Object.defineProperty(globalThis, 'isSecureContext', { configurable: true, get: () => secure });
});

afterEach(() => {
  if (original !== undefined) Object.defineProperty(globalThis, 'navigator', original);
  Reflect.deleteProperty(globalThis, 'isSecureContext');
});

describe('the request for a screen', () => {
  test('asks for the sound of the system without the sound of this page, and not for this tab', async () => {
    browser(true);
    await captureScreen({ withSound: true });
    expect(asked).toMatchObject([
      {
        audio: { restrictOwnAudio: true, echoCancellation: false },
        systemAudio: 'include',
        windowAudio: 'window',
        selfBrowserSurface: 'exclude',
        surfaceSwitching: 'include',
      },
    ]);
  });

  test('asks for the sound of tabs only, where the browser cannot leave the sound of this page out', async () => {
    browser(false);
    await captureScreen({ withSound: true });
    expect(asked).toMatchObject([
      { audio: { echoCancellation: false }, systemAudio: 'exclude', windowAudio: 'exclude' },
    ]);
    expect(asked[0]?.audio).not.toHaveProperty('restrictOwnAudio');
  });

  test('asks for no sound at all where none is wished', async () => {
    browser(true);
    await captureScreen({ withSound: false });
    expect(asked).toMatchObject([{ audio: false, systemAudio: 'exclude', windowAudio: 'exclude' }]);
  });

  test('asks for enough frames for a film', async () => {
    browser(true);
    await captureScreen({ withSound: true });
    expect(asked[0]?.video).toEqual({ frameRate: { ideal: 30, max: 30 } });
  });
});

describe('the sound of a screen', () => {
  test.each([
    ['a whole screen, left out by the browser', true, 'monitor', true],
    ['a tab', false, 'browser', true],
    ['a whole screen with the call in it', false, 'monitor', false],
    ['a window with the call in it', false, 'window', false],
    ['something that the browser does not name', false, undefined, false],
  ])('of %s', async (_what, restricts, shared, kept) => {
    browser(restricts);
    surface = shared;
    const track = new FakeMediaStreamTrack({ kind: 'audio' });
    audio = track;
    const captured = await captureScreen({ withSound: true });
    expect(captured.audio === null).toBe(!kept);
    expect(captured.soundLeftOut).toBe(!kept);
    expect(track.readyState).toBe(kept ? 'live' : 'ended');
  });

  test('is left out where the browser names the constraint but did not apply it', async () => {
    browser(true);
    const settings: MediaTrackSettings & { restrictOwnAudio: boolean } = { restrictOwnAudio: false };
    audio = new FakeMediaStreamTrack({ kind: 'audio', settings });
    expect(await captureScreen({ withSound: true })).toMatchObject({ audio: null, soundLeftOut: true });
  });
});

describe('a sound that does not start', () => {
  const refuseSound = async (options: Asked) => {
    const stream = await share(options);
    if (options.audio === false) return stream;
    throw Object.assign(new Error('Could not start audio source'), { name: 'NotReadableError' });
  };

  test('is left out while the press still counts', async () => {
    browser(true, refuseSound);
    expect(await captureScreen({ withSound: true })).toMatchObject({ audio: null, soundLeftOut: true });
    expect(asked.map((options) => options.audio !== false)).toEqual([true, false]);
  });

  test('is a failure when it counts no longer', async () => {
    pressed = false;
    browser(true, refuseSound);
    await expect(captureScreen({ withSound: true })).rejects.toMatchObject({ code: 'screen_sound_failed' });
    expect(asked).toHaveLength(1);
  });
});

describe('a screen that cannot be shared', () => {
  test('because the browser cannot', async () => {
    browser(true, null);
    expect(canShareScreen()).toBe(false);
    await expect(captureScreen({ withSound: true })).rejects.toMatchObject({
      code: 'screen_share_unsupported',
    });
  });

  test('because the page is not secure', async () => {
    Object.defineProperty(globalThis, 'navigator', { configurable: true, value: {} });
    secure = false;
    expect(canShareScreen()).toBe(false);
    await expect(captureScreen({ withSound: true })).rejects.toMatchObject({ code: 'insecure_origin' });
  });

  test('because the system refuses at once', async () => {
    browser(true, async () => {
      throw Object.assign(new Error('Permission denied by system'), { name: 'NotAllowedError' });
    });
    await expect(captureScreen({ withSound: true })).rejects.toMatchObject({ code: 'screen_share_blocked' });
  });

  test.each([
    [
      'the person closed the picker',
      'NotAllowedError',
      'Permission denied by user',
      2000,
      'screen_share_denied',
    ],
    [
      'the system refuses after the picker',
      'NotAllowedError',
      'Permission denied by system',
      2000,
      'screen_share_blocked',
    ],
    [
      'it is refused before any picker could open',
      'NotAllowedError',
      'Permission denied',
      30,
      'screen_share_blocked',
    ],
    [
      'a policy forbids it',
      'NotAllowedError',
      'disallowed by permission policy',
      900,
      'screen_share_blocked',
    ],
    [
      'the sound does not start',
      'NotReadableError',
      'Could not start audio source',
      2000,
      'screen_sound_failed',
    ],
    ['the picture does not start', 'NotReadableError', 'Could not start video source', 2000, 'device_busy'],
    ['there is nothing to share', 'NotFoundError', 'x', 2000, 'device_not_found'],
    ['the page was not pressed', 'InvalidStateError', 'x', 1, 'device_failed'],
  ])('%s', (_why, name, message, afterMs, code) => {
    expect(screenFailure(Object.assign(new Error(message), { name }), afterMs).code).toBe(code);
  });
});
