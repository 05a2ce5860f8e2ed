import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { LocalScreen } from '../../../src/call/devices/local-screen.ts';
import type { CapturedScreen } from '../../../src/call/screen/screen-capture.ts';
import type { ScreenSink } from '../../../src/call/devices/track-sink.ts';
import { FakeMediaStreamTrack } from 'fake-mediastreamtrack';

let wishes: { withSound: boolean }[];
let happened: string[];
let notices: string[];
let frames: number;
let next: () => CapturedScreen;
let screen: LocalScreen;

function sink(name: string): ScreenSink {
  return {
    attach: () => void happened.push(`${name} attached`),
    detach: () => void happened.push(`${name} detached`),
    setPaused: (paused) => void happened.push(`${name} ${paused ? 'paused' : 'resumed'}`),
    setContent: (content) => void happened.push(`${name} ${content}`),
    countFrames: async () => frames,
  };
}

function tab(change: Partial<CapturedScreen> = {}): CapturedScreen {
  const video = new FakeMediaStreamTrack({ kind: 'video', settings: { displaySurface: 'browser' } });
  return { video, audio: new FakeMediaStreamTrack({ kind: 'audio' }), soundLeftOut: false, ...change };
}

beforeEach(() => {
  jest.useFakeTimers();
  wishes = [];
  happened = [];
  notices = [];
  frames = 0;
  next = tab;
  screen = new LocalScreen({
    open: async (wish) => {
      wishes.push(wish);
      return next();
    },
    video: sink('video'),
    audio: sink('audio'),
    onChanged: () => {},
    onEnded: () => notices.push('ended'),
    onSoundLeftOut: () => notices.push('sound left out'),
    onFailed: (failure) => notices.push(failure.code),
  });
});

afterEach(() => {
  screen.close();
  jest.useRealTimers();
});

/** Lets the surface draw for some seconds. */
async function draw(seconds: number, framesPerSecond: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    frames += framesPerSecond;
    await jest.advanceTimersByTimeAsync(1000);
  }
}

describe('a shared screen', () => {
  test('begins as text, with its sound', async () => {
    await screen.start();
    expect(screen.share).toEqual({ content: 'text', paused: false, hasSound: true });
    expect(screen.track?.contentHint).toBe('detail');
    expect(happened).toEqual(['video text', 'video attached', 'audio attached']);
  });

  test('that plays a film is sent as motion, and as text again when the film is over', async () => {
    await screen.start();
    await draw(5, 30);
    expect(screen.share?.content).toBe('motion');
    expect(screen.track?.contentHint).toBe('motion');
    await draw(10, 0);
    expect(screen.share?.content).toBe('text');
    expect(screen.track?.contentHint).toBe('detail');
  });

  test('stays what the person chose, whatever it shows', async () => {
    await screen.start();
    screen.setContent('motion');
    await draw(20, 0);
    expect(screen.share?.content).toBe('motion');
    screen.setContent('text');
    await draw(20, 30);
    expect(screen.share?.content).toBe('text');
  });

  test('is chosen anew for the next share', async () => {
    await screen.start();
    screen.setContent('motion');
    screen.stop();
    expect(screen.share).toBeNull();
    await screen.start();
    expect(screen.share?.content).toBe('text');
  });

  test('that is paused sends neither picture nor sound, captures on, and goes on without a picker', async () => {
    await screen.start();
    happened = [];
    screen.setPaused(true);
    screen.setPaused(true);
    expect(happened).toEqual(['video paused', 'audio paused']);
    expect(screen.share?.paused).toBe(true);
    expect(screen.track?.readyState).toBe('live');
    screen.setPaused(false);
    expect(happened.slice(2)).toEqual(['video resumed', 'audio resumed']);
    expect(wishes).toHaveLength(1);
  });

  test('cannot be paused or fitted before it is shared', () => {
    screen.setPaused(true);
    screen.setContent('motion');
    expect(screen.share).toBeNull();
    expect(happened).toEqual([]);
  });

  test('whose sound ends goes on without it', async () => {
    await screen.start();
    const { audio } = next();
    screen.stop();
    next = () => tab({ audio });
    await screen.start();
    (audio as FakeMediaStreamTrack).remoteStop();
    expect(screen.share).toMatchObject({ hasSound: false });
    expect(screen.state.status).toBe('live');
    expect(happened.at(-1)).toBe('audio detached');
  });

  test('whose sound was left out says so', async () => {
    next = () => tab({ audio: null, soundLeftOut: true });
    await screen.start();
    expect(notices).toEqual(['sound left out']);
    expect(screen.share?.hasSound).toBe(false);
  });

  test('whose sound does not start is asked for without sound the next time, and with sound after that', async () => {
    next = () => {
      throw new CallFailure('screen_sound_failed');
    };
    await screen.start();
    expect(notices).toEqual(['screen_sound_failed']);
    next = () => tab({ audio: null });
    await screen.start();
    screen.stop();
    await screen.start();
    expect(wishes.map(({ withSound }) => withSound)).toEqual([true, false, true]);
  });

  test('that is over is measured no longer', async () => {
    await screen.start();
    screen.stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
