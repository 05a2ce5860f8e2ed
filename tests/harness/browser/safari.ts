import type { Page } from 'playwright-core';
import { missingIn } from '../../../scripts/lint/browser-data.mjs';

/*
 * Safari cannot run in these tests. This makes a Chromium as poor and as stubborn as Safari is known to be. What it emulates, and where that
 * is known from:
 *
 * - No built-in that Safari lacks: MDN's data (`@mdn/browser-compat-data`), for the oldest supported Safari. So no `setSinkId` either.
 * - One capture of each kind at a time: a newer one mutes the older one for good (https://bugs.webkit.org/show_bug.cgi?id=179363).
 * - `play()` of an element with sound is refused without a press, unless the page is capturing
 *   (https://webkit.org/blog/7763/a-closer-look-into-webrtc/ and https://webkit.org/blog/6784/new-video-policies-for-ios/).
 * - A phone call or Siri interrupts the page: captured tracks are muted until it ends (https://github.com/WebKit/WebKit/pull/19478); each
 *   `AudioContext` is `interrupted`, refuses `resume()`, and is `suspended` afterwards (https://github.com/WebAudio/web-audio-api/issues/2392,
 *   https://github.com/GetStream/stream-video-js/pull/2249); media elements are paused, and nobody starts them again
 *   (https://github.com/livekit/client-sdk-js/pull/1106).
 *
 * It does not pass for WebKit (`GestureEvent`): the part of mediasoup-client for Safari relies on lines that Chromium's WebRTC does not write.
 */

type SafariWindow = typeof globalThis & {
  parleySafari: { interrupt: () => void; endInterruption: () => void };
};

/** The oldest Safari of ui/.browserslistrc as a script for `TestBrowser.open`. */
export function safari(): { content: string } {
  const missing = JSON.stringify(missingIn('safari'));
  return { content: `(${takeAway.toString()})(${missing}); (${behave.toString()})();` };
}

/** What a phone call does to the page. */
export function interrupt(page: Page): Promise<void> {
  return page.evaluate(() => (globalThis as SafariWindow).parleySafari.interrupt());
}

/** The phone call is over. The page may use its devices again, and has to start its sound and pictures itself. */
export function endInterruption(page: Page): Promise<void> {
  return page.evaluate(() => (globalThis as SafariWindow).parleySafari.endInterruption());
}

/** Runs in the page. @param missing Paths such as `Promise.try` and `AudioDecoder`. */
function takeAway(missing: readonly string[]): void {
  type Owner = Record<string, unknown> & { prototype?: Record<string, unknown> };
  const all = globalThis as unknown as Record<string, Owner | undefined>;
  for (const path of missing) {
    const [name = '', member] = path.split('.');
    const owner = name === 'Window' ? undefined : all[name];
    if (member === undefined) delete all[name];
    else if (name === 'Window') delete all[member];
    else if (owner !== undefined) {
      delete owner.prototype?.[member];
      if (member.endsWith('_static')) delete owner[member.replace('_static', '')];
    }
  }
}

/** Runs in the page. */
function behave(): void {
  const { mediaDevices } = navigator;
  const captured: MediaStreamTrack[] = [];
  const contexts = new Set<AudioContext>();
  let interrupted = false;

  const setMuted = (track: MediaStreamTrack, muted: boolean): void => {
    if (track.readyState === 'ended' || track.muted === muted) return;
    Object.defineProperty(track, 'muted', { configurable: true, value: muted });
    track.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  };
  const live = () => captured.filter(({ readyState }) => readyState === 'live');

  if (mediaDevices) {
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      for (const track of stream.getTracks()) {
        for (const older of live()) if (older.kind === track.kind) setMuted(older, true);
        captured.push(track);
      }
      return stream;
    };
  }

  const { value: play } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play') as {
    value: (this: HTMLMediaElement) => Promise<void>;
  };
  HTMLMediaElement.prototype.play = function playLikeSafari(this: HTMLMediaElement) {
    const allowed = this.muted || navigator.userActivation.isActive || live().length > 0;
    if (allowed && !interrupted) return play.call(this);
    this.pause();
    return Promise.reject(
      new DOMException('The request is not allowed by the user agent.', 'NotAllowedError'),
    );
  };

  const states = new WeakMap<AudioContext, string>();
  const setState = (state: string | null): void => {
    for (const context of contexts) {
      if (context.state === 'closed') continue;
      if (state === null) states.delete(context);
      else states.set(context, state);
      context.dispatchEvent(new Event('statechange'));
    }
  };
  const Native = globalThis.AudioContext;
  globalThis.AudioContext = class extends Native {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.add(this);
    }
    override get state(): AudioContextState {
      return (states.get(this) as AudioContextState | undefined) ?? super.state;
    }
    override async resume(): Promise<void> {
      if (interrupted) throw new DOMException('The audio session is interrupted.', 'InvalidStateError');
      states.delete(this);
      await super.resume();
    }
  };

  Object.assign(globalThis, {
    parleySafari: {
      interrupt: () => {
        interrupted = true;
        for (const track of live()) setMuted(track, true);
        for (const element of document.querySelectorAll<HTMLMediaElement>('audio, video')) element.pause();
        setState('interrupted');
      },
      endInterruption: () => {
        interrupted = false;
        for (const track of live()) setMuted(track, false);
        setState('suspended');
      },
    },
  });
}
