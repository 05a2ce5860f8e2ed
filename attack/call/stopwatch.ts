import type { Page } from 'playwright-core';

/** A control, and how the page shows that it has answered. Each is found by its accessible name in English. */
export const CONTROLS = ['Chat', 'People', 'Microphone', 'Leave'] as const;
export type Control = (typeof CONTROLS)[number];

type Stopwatch = {
  clickedAt: number;
  answeredAt: number | null;
  longestTaskMs: number;
  longestFrame: { ms: number; spentOn: string };
};
/** A long frame as Chromium reports it. TypeScript does not know the type yet. */
type LongFrame = PerformanceEntry & {
  renderStart: number;
  styleAndLayoutStart: number;
  scripts: {
    invoker: string;
    sourceFunctionName: string;
    duration: number;
    forcedStyleAndLayoutDuration: number;
  }[];
};
type WatchedWindow = typeof globalThis & { parleyStopwatch?: Stopwatch };

/** Measures by the clock of the page: from the moment at which the browser gets a press until the page has answered in its document. */
export async function startStopwatch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const stopwatch: Stopwatch = {
      clickedAt: 0,
      answeredAt: null,
      longestTaskMs: 0,
      longestFrame: { ms: 0, spentOn: 'nothing' },
    };
    (globalThis as WatchedWindow).parleyStopwatch = stopwatch;
    const named = (name: string) => document.querySelector(`button[aria-label="${name}"]`);
    const state = () =>
      [
        named('Chat')?.getAttribute('aria-expanded'),
        named('People')?.getAttribute('aria-expanded'),
        named('Mute microphone') === null,
        document.querySelector('h1')?.textContent,
      ].join();
    let before = state();
    addEventListener(
      'click',
      ({ timeStamp }) => {
        before = state();
        Object.assign(stopwatch, { clickedAt: timeStamp, answeredAt: null });
      },
      { capture: true },
    );
    new MutationObserver(() => {
      if (stopwatch.answeredAt === null && state() !== before) stopwatch.answeredAt = performance.now();
    }).observe(document.body, { childList: true, subtree: true, attributes: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        stopwatch.longestTaskMs = Math.max(stopwatch.longestTaskMs, duration);
    }).observe({ type: 'longtask' });
    const spentOn = ({ startTime, duration, styleAndLayoutStart, scripts }: LongFrame) => {
      const end = startTime + duration;
      const inScripts = scripts
        .toSorted((a, b) => b.duration - a.duration)
        .slice(0, 3)
        .map(
          (script) =>
            `${script.invoker} ${script.sourceFunctionName} ${Math.round(script.duration)} ms, ${Math.round(script.forcedStyleAndLayoutDuration)} of it layout`,
        );
      const layout = styleAndLayoutStart > 0 ? Math.round(end - styleAndLayoutStart) : 0;
      const sincePress = Math.round(startTime - stopwatch.clickedAt);
      return [
        ...inScripts,
        `style and layout at the end ${layout} ms`,
        `${sincePress} ms after a press`,
      ].join('; ');
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LongFrame[])
        if (entry.duration > stopwatch.longestFrame.ms)
          stopwatch.longestFrame = { ms: entry.duration, spentOn: spentOn(entry) };
    }).observe({ type: 'long-animation-frame' });
  });
}

/** Presses a control with the mouse. Resolves with the milliseconds until the page has answered. */
export async function pressTimed(page: Page, control: Control): Promise<number> {
  const name = control === 'Microphone' ? /^(Mute|Unmute) microphone$/ : control;
  await page.getByRole('button', { name, exact: true }).click();
  const handle = await page.waitForFunction(() => {
    const { clickedAt = 0, answeredAt = null } = (globalThis as WatchedWindow).parleyStopwatch ?? {};
    return clickedAt > 0 && answeredAt !== null ? { took: answeredAt - clickedAt } : null;
  });
  return ((await handle.jsonValue()) as { took: number }).took;
}

/** The longest task of the page so far, in milliseconds. Shorter ones than 50 ms count as none. */
export function longestTask(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as WatchedWindow).parleyStopwatch?.longestTaskMs ?? 0);
}

/** On what the longest frame of the page was spent so far, for whoever looks for the cause. */
export async function longestFrame(page: Page): Promise<string> {
  const frame = await page.evaluate(() => (globalThis as WatchedWindow).parleyStopwatch?.longestFrame);
  return frame === undefined ? 'unknown' : `${Math.round(frame.ms)} ms: ${frame.spentOn}`;
}
