import type { Page } from 'playwright-core';
import type { CallPage } from '../../tests/harness/browser/pages.ts';

const READ_MS = 300;

/** `frames`: those that the element has shown of this track; -1: there is no element. */
export type ShownPicture = { track: string; frames: number };

export type PageFrames = typeof globalThis & {
  /** The pictures of everybody else, by name. */
  parleyPictures: (own: string) => Map<string, ShownPicture>;
  /**
   * Calls with the longest time between two frames of this track that there can have been around now, in milliseconds. Returns whether it will: not
   * if nothing is known of the track yet.
   */
  parleyBetweenFrames: (track: string, onLearnt: (ms: number) => void) => boolean;
  parleyFrameTimer?: number;
  parleyProbe: { connections: RTCPeerConnection[] };
};

/** Reads the statistics of what a page receives, from now on: they show when frames came while the page itself got no time to look. */
export async function countFrames(page: Page): Promise<void> {
  await page.evaluate(lookInPage);
  await page.evaluate(countInPage, READ_MS);
}

/** Pictures of everybody else that the page has shown so far. */
export async function framesOf({ page, name }: CallPage): Promise<number> {
  await page.evaluate(lookInPage);
  return page.evaluate((own) => {
    const pictures = Array.from((globalThis as PageFrames).parleyPictures(own).values());
    return pictures.reduce((sum, { frames }) => sum + Math.max(0, frames), 0);
  }, name);
}

/** Runs in the page. It must not use anything from outside of its body. */
function lookInPage(): void {
  (globalThis as PageFrames).parleyPictures = (own) => {
    const tiles = Array.from(document.querySelectorAll<HTMLElement>('[data-testid="tile"]'));
    const others = tiles.filter((tile) => tile.dataset['peerName'] !== own);
    return new Map(
      others.map((tile) => {
        const video = tile.querySelector('video');
        const track = (video?.srcObject as MediaStream | null)?.getVideoTracks()[0]?.id ?? '';
        const frames = video?.getVideoPlaybackQuality().totalVideoFrames ?? -1;
        return [tile.dataset['peerName'] ?? '', { track, frames }];
      }),
    );
  };
}

/** Runs in the page. It must not use anything from outside of its body. */
function countInPage(readMs: number): void {
  type Inbound = { type: string; trackIdentifier: string; totalSquaredInterFrameDelay?: number };
  const counting = globalThis as PageFrames;
  clearInterval(counting.parleyFrameTimer);
  /** Of each track, the sum of the squares of the times between its frames, in seconds. */
  let sums = new Map<string, number>();
  let asked: { track: string; before: number; onLearnt: (ms: number) => void }[] = [];
  counting.parleyBetweenFrames = (track, onLearnt) => {
    const before = sums.get(track);
    if (before !== undefined) asked.push({ track, before, onLearnt });
    return before !== undefined;
  };
  const read = async (): Promise<void> => {
    const answered = asked;
    asked = [];
    const { connections } = counting.parleyProbe;
    const open = connections.filter(({ connectionState }) => connectionState !== 'closed');
    const reports = await Promise.all(open.map((connection) => connection.getStats()));
    const stats = reports.flatMap((report) => Array.from(report.values() as Iterable<Inbound>));
    const next = new Map<string, number>();
    for (const { type, trackIdentifier, totalSquaredInterFrameDelay: sum } of stats)
      if (type === 'inbound-rtp' && sum !== undefined) next.set(trackIdentifier, sum);
    sums = next;
    for (const { track, before, onLearnt } of answered) {
      const sum = next.get(track);
      // One long time among many short ones: its square is nearly all of the sum.
      if (sum !== undefined) onLearnt(Math.sqrt(Math.max(0, sum - before)) * 1_000);
    }
  };
  counting.parleyFrameTimer = setInterval(
    () => void read().catch(() => undefined),
    readMs,
  ) as unknown as number;
}
