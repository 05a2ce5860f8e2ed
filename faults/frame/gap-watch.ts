import type { CallPage } from '../../tests/harness/browser/pages.ts';
import { countFrames, type PageFrames, type ShownPicture } from './page-frames.ts';

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

type Watched = PageFrames & { parleyGaps?: () => Gaps; parleyGapTimer?: number };

/** Samples the pictures of everybody else in a page, from now on. */
export async function watchGaps({ page, name }: CallPage): Promise<void> {
  await countFrames(page);
  await page.evaluate(watchInPage, { own: name, sampleMs: SAMPLE_MS });
}

/** The gaps of the page since its last `watchGaps`. */
export function gapsOf({ page }: CallPage): Promise<Gaps> {
  return page.evaluate(
    () => (globalThis as Watched).parleyGaps?.() ?? { longest: {}, stillMs: {}, gone: [] },
  );
}

/** Runs in the page. It must not use anything from outside of its body. */
function watchInPage({ own, sampleMs }: { own: string; sampleMs: number }): void {
  type Seen = ShownPicture & { movedAt: number; longest: Gap };
  const watched = globalThis as Watched;
  clearInterval(watched.parleyGapTimer);
  const seen = new Map<string, Seen>();
  const gone = new Set<string>();
  let sampledAt = performance.now();

  const note = (person: string, ms: number, from: number): void => {
    const one = seen.get(person);
    if (one !== undefined && ms > one.longest.ms)
      seen.set(person, { ...one, longest: { ms, from: performance.timeOrigin + from } });
  };
  const follow = (person: string, picture: ShownPicture, now: number, isLate: boolean): void => {
    const before = seen.get(person) ?? { ...picture, movedAt: now, longest: { ms: 0, from: 0 } };
    // An element that is new begins to count at 0, so another count is a picture that moved.
    const moved = picture.frames > 0 && picture.frames !== before.frames;
    const { movedAt, longest } = before;
    seen.set(person, { ...picture, movedAt: moved ? now : movedAt, longest });
    const isSame = picture.track === before.track;
    // A page that got no time to look knows only from the statistics when the frames came.
    const isLearnt =
      isLate &&
      moved &&
      isSame &&
      watched.parleyBetweenFrames(picture.track, (ms) => note(person, Math.min(ms, now - movedAt), movedAt));
    if (!isLearnt) note(person, now - movedAt, movedAt);
  };
  const sample = (): void => {
    const now = performance.now();
    const isLate = now - sampledAt > 2 * sampleMs;
    sampledAt = now;
    const here = watched.parleyPictures(own);
    for (const [person, picture] of here) follow(person, picture, now, isLate);
    for (const [person, { movedAt }] of seen) {
      if (here.has(person)) continue;
      gone.add(person);
      note(person, now - movedAt, movedAt);
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
}
