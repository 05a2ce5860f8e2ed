import type { CallPage } from '../../tests/harness/browser/pages.ts';

const SAMPLE_MS = 100;

/** `from`: when the picture stood still, in milliseconds since the epoch. */
export type Gap = { ms: number; from: number };

export type Gaps = {
  /** How long the picture of each person stood still at most. */
  longest: Record<string, Gap>;
  /** How long it does now. */
  stillMs: Record<string, number>;
  /** Everybody whose tile was away at any time. */
  gone: string[];
};

type Watched = typeof globalThis & { parleyGaps?: () => Gaps; parleyGapTimer?: number };

/** Samples the pictures of everybody else in a page, from now on. */
export async function watchGaps({ page, name }: CallPage): Promise<void> {
  await page.evaluate(
    ({ own, sampleMs }) => {
      const watched = globalThis as Watched;
      clearInterval(watched.parleyGapTimer);
      const seen = new Map<string, { frames: number; movedAt: number; longest: Gap }>();
      const longer = (longest: Gap, movedAt: number, now: number): Gap =>
        now - movedAt > longest.ms ? { ms: now - movedAt, from: performance.timeOrigin + movedAt } : longest;
      const gone = new Set<string>();
      const sample = (): void => {
        const now = performance.now();
        const here = new Set<string>();
        for (const tile of document.querySelectorAll<HTMLElement>('[data-testid="tile"]')) {
          const person = tile.dataset['peerName'] ?? '';
          if (person === own) continue;
          here.add(person);
          const video = tile.querySelector('video');
          // An element that is new begins to count at 0, so another count is a picture that moved.
          const frames = video?.getVideoPlaybackQuality().totalVideoFrames ?? -1;
          const before = seen.get(person) ?? { frames, movedAt: now, longest: { ms: 0, from: 0 } };
          const moved = frames > 0 && frames !== before.frames;
          const longest = longer(before.longest, before.movedAt, now);
          seen.set(person, { frames, movedAt: moved ? now : before.movedAt, longest });
        }
        for (const [person, one] of seen) {
          if (here.has(person)) continue;
          gone.add(person);
          seen.set(person, { ...one, longest: longer(one.longest, one.movedAt, now) });
        }
      };
      sample();
      watched.parleyGapTimer = setInterval(sample, sampleMs) as unknown as number;
      watched.parleyGaps = () => {
        sample();
        const now = performance.now();
        return {
          longest: Object.fromEntries([...seen].map(([person, { longest }]) => [person, longest])),
          stillMs: Object.fromEntries([...seen].map(([person, { movedAt }]) => [person, now - movedAt])),
          gone: [...gone],
        };
      };
    },
    { own: name, sampleMs: SAMPLE_MS },
  );
}

/** The gaps of the page since its last `watchGaps`. */
export function gapsOf({ page }: CallPage): Promise<Gaps> {
  return page.evaluate(
    () => (globalThis as Watched).parleyGaps?.() ?? { longest: {}, stillMs: {}, gone: [] },
  );
}

/** Pictures of everybody else that the page has shown so far. */
export function framesOf({ page, name }: CallPage): Promise<number> {
  return page.evaluate((own) => {
    let frames = 0;
    for (const tile of document.querySelectorAll<HTMLElement>('[data-testid="tile"]'))
      if (tile.dataset['peerName'] !== own)
        frames += tile.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
    return frames;
  }, name);
}
