import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { watchPageReturn } from '../../../src/call/base/page-return.ts';
import { Playback } from '../../../src/call/playback/playback.ts';

/** An element as browsers have it: `pause` is an event, and `play` may be refused. */
class FakeElement extends EventTarget {
  paused = true;
  muted = false;
  srcObject: { active: boolean } | null = { active: true };
  ownerDocument = page;
  plays = 0;
  refusal: string | null = null;

  async play(): Promise<void> {
    this.plays += 1;
    if (this.refusal !== null) throw new DOMException('no', this.refusal);
    this.paused = false;
    this.dispatchEvent(new Event('playing'));
  }

  pause(): void {
    this.paused = true;
    this.dispatchEvent(new Event('pause'));
  }
}

class FakeContext extends EventTarget {
  state = 'suspended';
  resumes = 0;

  async resume(): Promise<void> {
    this.resumes += 1;
  }

  become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

let page: EventTarget & { visibilityState?: string };
let frame: EventTarget;
let playback: Playback;
let changes: (string | null)[];

beforeEach(() => {
  jest.useFakeTimers();
  page = new EventTarget();
  frame = new EventTarget();
  Object.assign(globalThis, { document: page, window: frame });
  playback = new Playback(watchPageReturn);
  changes = [];
  playback.subscribe(() => changes.push(playback.blocked));
});

afterEach(() => {
  jest.useRealTimers();
  Reflect.deleteProperty(globalThis, 'document');
  Reflect.deleteProperty(globalThis, 'window');
});

const tick = (ms = 0) => jest.advanceTimersByTimeAsync(ms);

/** Played and steady, as an element in the middle of a call. */
async function playing(changesOf: Partial<FakeElement> = {}) {
  const element = Object.assign(new FakeElement(), changesOf);
  const release = playback.keep(element as unknown as HTMLMediaElement);
  await tick(60_000);
  return { element, release };
}

const comeBack = async () => {
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  await tick();
};

describe('an element that is kept playing', () => {
  test('plays again at once when the system pauses it', async () => {
    const { element } = await playing();
    element.pause();
    await tick();
    expect(element.paused).toBe(false);
  });

  test('that is paused again and again is played with pauses that grow, and at once when the person comes back', async () => {
    const { element } = await playing();
    const before = element.plays;
    for (let second = 0; second < 60; second += 1) {
      if (!element.paused) element.pause();
      await tick(1000);
    }
    expect(element.plays - before).toBeLessThan(25);
    element.pause();
    await comeBack();
    expect(element.paused).toBe(false);
  });

  test.each([
    ['visible again', () => page.dispatchEvent(new Event('visibilitychange'))],
    ['shown from the memory of the browser', () => frame.dispatchEvent(new Event('pageshow'))],
    ['in the front again', () => frame.dispatchEvent(new Event('focus'))],
  ])('plays when the page is %s, even if no event said that it was paused', async (_what, event) => {
    const { element } = await playing();
    element.paused = true;
    page.visibilityState = 'visible';
    event();
    await tick();
    expect(element.paused).toBe(false);
  });

  test('is not played while the page is hidden just because that changed', async () => {
    const { element } = await playing();
    element.paused = true;
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    await tick(1000);
    expect(element.paused).toBe(true);
  });

  test('is left alone when its stream is over', async () => {
    const { element } = await playing();
    const before = element.plays;
    element.srcObject = { active: false };
    element.pause();
    await tick(10_000);
    await comeBack();
    expect(element.plays).toBe(before);
  });

  test('is left alone after its release, and then nothing of the page is watched', async () => {
    const { element, release } = await playing();
    const before = element.plays;
    const stopped = jest.spyOn(frame, 'removeEventListener');
    element.pause();
    release();
    element.pause();
    await tick(10_000);
    await comeBack();
    expect(element.plays).toBe(before);
    expect(stopped).toHaveBeenCalledWith('focus', expect.any(Function));
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('what the browser refuses to play', () => {
  test('is reported once for many elements, as sound if sound is among it', async () => {
    await playing({ refusal: 'NotAllowedError', muted: true });
    expect(changes).toEqual(['pictures']);
    await playing({ refusal: 'NotAllowedError' });
    await playing({ refusal: 'NotAllowedError' });
    expect(changes).toEqual(['pictures', 'sound']);
  });

  test('plays with the next press anywhere, and is over then', async () => {
    const { element } = await playing({ refusal: 'NotAllowedError' });
    element.refusal = null;
    page.dispatchEvent(new Event('pointerup'));
    await tick();
    expect(element.paused).toBe(false);
    expect(changes).toEqual(['sound', null]);
    const before = element.plays;
    page.dispatchEvent(new Event('pointerup'));
    await tick();
    expect(element.plays).toBe(before);
  });

  test('plays by the button of the notice', async () => {
    const { element } = await playing({ refusal: 'NotAllowedError' });
    element.refusal = null;
    await playback.resume();
    expect(element.paused).toBe(false);
    expect(playback.blocked).toBeNull();
  });

  test('is over when its element is gone', async () => {
    const { release } = await playing({ refusal: 'NotAllowedError' });
    release();
    expect(changes).toEqual(['sound', null]);
  });

  test('is not what was interrupted by another track', async () => {
    await playing({ refusal: 'AbortError' });
    expect(changes).toEqual([]);
  });
});

describe('a context that is kept running', () => {
  const kept = (context: FakeContext) => playback.keepContext(context as unknown as AudioContext);

  test('is resumed when a phone call has interrupted it, and when the person comes back', async () => {
    const context = new FakeContext();
    context.state = 'running';
    kept(context);
    expect(context.resumes).toBe(0);
    context.become('interrupted');
    expect(context.resumes).toBe(1);
    await comeBack();
    expect(context.resumes).toBe(2);
    context.become('running');
    await comeBack();
    expect(context.resumes).toBe(2);
  });

  test('starts with the first press where the browser asks for one', () => {
    const context = new FakeContext();
    kept(context);
    page.dispatchEvent(new Event('keydown'));
    expect(context.resumes).toBe(2);
    context.become('running');
    page.dispatchEvent(new Event('keydown'));
    expect(context.resumes).toBe(2);
  });

  test('is left alone after its release', async () => {
    const context = new FakeContext();
    kept(context)();
    context.become('interrupted');
    page.dispatchEvent(new Event('keydown'));
    await comeBack();
    expect(context.resumes).toBe(1);
  });
});
