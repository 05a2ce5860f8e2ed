import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@parley/common/testing';
import type { Tab, TestBrowser } from '../../../tests/harness/browser/test-browser.ts';
import type { BarePage } from './page.ts';
import type { BareServer } from './server.ts';

/** Seldom, because reading a page costs its main thread time. */
const READ_EVERY_MS = 200;

type BareWindow = typeof globalThis & { barePage?: BarePage };

/** From the press of Join to the first frames of everybody else, in milliseconds. */
export type BareSample = { people: number; firstFrameMs: number; lastFrameMs: number };

export type BareCallOptions = {
  server: BareServer;
  /** The browser of each person, in the order of joining. */
  browsers: readonly TestBrowser[];
  /** How long a person waits before Join is pressed, in milliseconds. */
  lookingMs: number;
};

/** One bare call that fills up. Everybody who has joined sends and receives. Resolves with a sample of each but the first. */
export async function measureBareCall({
  server,
  browsers,
  lookingMs,
}: BareCallOptions): Promise<BareSample[]> {
  const samples: BareSample[] = [];
  const tabs: Tab[] = [];
  for (const [index, browser] of browsers.entries()) {
    const tab = await browser.open(server.origin);
    tabs.push(tab);
    await waitFor(() => tab.page.evaluate(() => (globalThis as BareWindow).barePage?.ready === true), {
      what: 'the bare page',
      intervalMs: READ_EVERY_MS,
    });
    await delay(lookingMs);
    await tab.page.getByRole('button', { name: 'Join' }).click();
    const times = await firstFrames(tab, index);
    if (index > 0)
      samples.push({ people: index + 1, firstFrameMs: Math.min(...times), lastFrameMs: Math.max(...times) });
    await tab.page.evaluate(() => (globalThis as BareWindow).barePage?.send());
    // Everybody sees the newcomer before the next one comes.
    for (const before of tabs.slice(0, index)) await firstFrames(before, index);
  }
  for (const tab of tabs) await tab.context.close();
  return samples;
}

/** The times of the first frames of so many other people. */
function firstFrames({ page }: Tab, others: number): Promise<number[]> {
  return waitFor(
    async () => {
      const times = await page.evaluate(() => (globalThis as BareWindow).barePage?.firstFrames ?? []);
      return times.length >= others && times;
    },
    { what: `the first frames of ${others} others`, intervalMs: READ_EVERY_MS },
  );
}
