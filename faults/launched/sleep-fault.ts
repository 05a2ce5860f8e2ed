import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { atMost, mustBe, type Finding } from '../../attack/frame/attack.ts';
import { enabledCaptures } from '../../tests/harness/browser/page-probe.ts';
import { expectAllSeeEachOther, joinAs } from '../../tests/harness/browser/people.ts';
import type { CallPage } from '../../tests/harness/browser/pages.ts';
import type { TestBrowser } from '../../tests/harness/browser/test-browser.ts';
import type { Fault, Ground } from '../frame/fault.ts';
import { gapsOf, watchGaps } from '../frame/gap-watch.ts';
import { secondsUntil, whileBroken } from '../frame/waiting.ts';
import { startLaunchedCall, stopLaunchedCall, type LaunchedCall } from './launched-call.ts';

const SLEEPS_S = [15, 90, 20 * 60];
/** A picture that stands no longer than this moves. */
const MOVING_MS = 750;
const BACK_WITHIN_MS = 60_000;

/** Beside the two of a launched call a third person, who is muted, in a Chromium of their own. */
type SleepingCall = LaunchedCall & { readonly sleeper: Sleeper };

class Sleeper {
  readonly page: CallPage;
  readonly #browser: TestBrowser;
  readonly #folder: string;
  /** Every process of the Chromium is in the group of this one. */
  readonly #pid: number;

  static async join({ people, launcher }: LaunchedCall): Promise<Sleeper> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-sleeper-'));
    const pidFile = join(folder, 'pid');
    const browser = await people.browser.beside((chromium) => {
      const program = join(folder, 'chromium');
      const script = `#!/bin/sh\necho $$ >'${pidFile}'\nexec '${chromium}' "$@"\n`;
      writeFileSync(program, script, { mode: 0o755 });
      return program;
    }, launcher.origin);
    try {
      const code = new URL(people.ada.page.url()).pathname.split('/').at(-1) ?? '';
      const page = await joinAs(browser, code, 'Chen');
      await page.press('Mute microphone');
      await expectAllSeeEachOther([...people.pages, page]);
      await people.ada.tileSaying(page.name, 'muted').waitFor();
      return new Sleeper(page, browser, folder, Number(readFileSync(pidFile, 'utf8')));
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  private constructor(page: CallPage, browser: TestBrowser, folder: string, pid: number) {
    this.page = page;
    this.#browser = browser;
    this.#folder = folder;
    this.#pid = pid;
  }

  /** Every process of the Chromium stands still, as those of a laptop whose lid is closed. */
  fallAsleep(): void {
    process.kill(-this.#pid, 'SIGSTOP');
  }

  wakeUp(): void {
    process.kill(-this.#pid, 'SIGCONT');
  }

  async close(): Promise<void> {
    this.wakeUp();
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const SLEEPING: Ground<SleepingCall> = {
  start: async () => {
    const call = await startLaunchedCall();
    try {
      return { ...call, sleeper: await Sleeper.join(call) };
    } catch (error) {
      await stopLaunchedCall(call);
      throw error;
    }
  },
  stop: async (call) => {
    await call.sleeper.close();
    await stopLaunchedCall(call);
  },
  afterwards: async ({ people, sleeper: { page } }) => [
    mustBe('people that are shown muted', await people.ada.tileSaying(page.name, 'muted').count(), 1),
    mustBe('microphones that the muted person captures', await enabledCaptures(page.page, 'audio'), 0),
    mustBe('tiles at the others', await people.ada.tiles().count(), people.count + 1),
  ],
};

/** Whether every picture of the others moves at this page. */
async function seesMove(page: CallPage, others: number): Promise<boolean> {
  const still = Object.values((await gapsOf(page)).stillMs);
  return still.length === others && still.every((ms) => ms < MOVING_MS);
}

/** Ada writes at the begin and at the end of a sleep, and measures who moves after it. */
async function sleep({ people, sleeper }: SleepingCall, seconds: number): Promise<Finding[]> {
  const { ada } = people;
  const { page } = sleeper;
  const words = ['falls asleep', 'wakes up'].map((what) => `${what} ${Date.now()}`);
  await page.openChat();
  sleeper.fallAsleep();
  try {
    await ada.say(words[0] ?? '');
    await whileBroken(seconds * 1_000);
    await ada.say(words[1] ?? '');
    await ada.closePanel();
  } finally {
    sleeper.wakeUp();
  }
  await Promise.all([watchGaps(ada), watchGaps(page)]);
  const backS = await secondsUntil(
    async () => (await seesMove(ada, people.count)) && (await seesMove(page, people.count)),
    BACK_WITHIN_MS,
  );
  const counted = async () =>
    (await Promise.all(words.map((text) => page.message(text).count()))).join(' and ');
  // The pictures may move before the socket is back.
  const missingS = await secondsUntil(async () => (await counted()) === '1 and 1', BACK_WITHIN_MS);
  const findings = [
    atMost('every picture moves, both ways', backS, 10, 's'),
    atMost('each message of the sleep is there', backS + missingS, 10, 's'),
    mustBe('times that each is there', await counted(), '1 and 1'),
  ];
  return findings.map((finding) => ({ ...finding, what: `after ${seconds} s: ${finding.what}` }));
}

export const F23: Fault<SleepingCall> = {
  name: 'F23',
  description: 'the browser of a muted person stands still for 15 s, 90 s and 20 minutes',
  ground: SLEEPING,
  run: async (call) => {
    const findings: Finding[] = [];
    for (const seconds of SLEEPS_S) findings.push(...(await sleep(call, seconds)));
    return findings;
  },
};
