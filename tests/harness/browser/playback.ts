import type { Locator, Page } from 'playwright-core';
import type { CallPage } from './pages.ts';
import { countFrames, inboundAudio } from './page-probe.ts';
import { waitFor } from '@parley/common/testing';

const FRAMES = 3;
/** Longer than the pauses of the fake microphone, which beeps once a second. */
const SILENCE_SECONDS = 2.5;

export type Picture = { width: number; height: number };

/**
 * Resolves when the video has shown this many more frames. Throws if that takes more than 30 seconds. If the element is replaced meanwhile, as
 * after a join anew, the next one counts.
 */
export async function expectMoving(video: Locator, frames = FRAMES): Promise<void> {
  for (;;) {
    const outcome = await watchFrames(video, frames);
    if (outcome === 'moved') return;
    if (outcome === 'still')
      throw new Error(`the video stands still: ${await video.first().getAttribute('aria-label')}`);
  }
}

async function watchFrames(video: Locator, frames: number): Promise<'moved' | 'still' | 'gone' | undefined> {
  const element = await video.first().elementHandle();
  return element?.evaluate(
    (node, wanted) =>
      new Promise<'moved' | 'still' | 'gone'>((resolve) => {
        const shown = node as HTMLVideoElement;
        const begin = performance.now();
        const timer = setInterval(() => {
          if (!shown.isConnected) end('gone');
          else if (performance.now() - begin > 30_000) end('still');
        }, 100);
        const end = (outcome: 'moved' | 'still' | 'gone'): void => {
          clearInterval(timer);
          resolve(outcome);
        };
        let left = wanted;
        const count = (): void => {
          left -= 1;
          if (left > 0) shown.requestVideoFrameCallback(count);
          else end('moved');
        };
        shown.requestVideoFrameCallback(count);
      }),
    frames,
  );
}

/** Longer than the pause between two frames of a fake camera. */
const STILL_MS = 1_500;

/** Waits until the page receives, or encodes, no picture any more. */
export async function expectStill(page: Page, direction: 'received' | 'sent'): Promise<void> {
  await waitFor(
    async () => {
      const before = await countFrames(page, direction);
      await new Promise((resolve) => setTimeout(resolve, STILL_MS));
      return (await countFrames(page, direction)) === before;
    },
    { what: `no more pictures to be ${direction}` },
  );
}

/** The size of the decoded picture. */
export function pictureSize(video: Locator): Promise<Picture> {
  return video.first().evaluate((node) => {
    const { videoWidth: width, videoHeight: height } = node as HTMLVideoElement;
    return { width, height };
  });
}

/** The size of the element on the screen, in device pixels. */
export function shownSize(video: Locator): Promise<Picture> {
  return video.first().evaluate((node) => {
    const { width, height } = node.getBoundingClientRect();
    return { width: width * devicePixelRatio, height: height * devicePixelRatio };
  });
}

/** The SSRC of the sound that a page receives from a person, from the consumer that the server made for it. */
function ssrcOf(call: CallPage, name: string): number | undefined {
  const peer = call.tab.wire.peers().get(name);
  const consumers = [...call.tab.wire.consumers().values()];
  const consumer = consumers.findLast(
    ({ peerId, source }) => peerId === peer?.peerId && source === 'microphone',
  );
  return consumer?.rtpParameters.encodings?.[0]?.ssrc;
}

async function energyOf(call: CallPage, name: string): Promise<number> {
  const ssrc = ssrcOf(call, name);
  const streams = await inboundAudio(call.page);
  return streams.find((stream) => stream.ssrc === ssrc)?.energy ?? 0;
}

/** Seconds of sound that the page has played so far, of the stream that has played longest. */
async function playedSeconds(call: CallPage): Promise<number> {
  return Math.max(0, ...(await inboundAudio(call.page)).map(({ seconds }) => seconds));
}

/** Waits until the page receives sound of this person. */
export async function expectHears(call: CallPage, name: string): Promise<void> {
  const before = await energyOf(call, name);
  await waitFor(async () => (await energyOf(call, name)) > before, { what: `${call.name} to hear ${name}` });
}

/** Waits until the page receives no sound of this person for longer than the pauses of the fake microphone. */
export async function expectDoesNotHear(call: CallPage, name: string): Promise<void> {
  await waitFor(
    async () => {
      const energy = await energyOf(call, name);
      const from = await playedSeconds(call);
      await waitFor(async () => (await playedSeconds(call)) > from + SILENCE_SECONDS, {
        what: 'sound to be played',
      });
      return (await energyOf(call, name)) === energy;
    },
    { what: `${call.name} not to hear ${name} any more` },
  );
}
