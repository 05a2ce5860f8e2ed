import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@parley/common/testing';
import { firstFrames } from '../../tests/harness/browser/page-probe.ts';
import { PreJoinPage, type CallPage } from '../../tests/harness/browser/pages.ts';
import { expectMoving } from '../../tests/harness/browser/playback.ts';
import type { Tab, TestBrowser } from '../../tests/harness/browser/test-browser.ts';
import { callRoute } from '../../tests/harness/peer/rest-client.ts';
import { traceMainThread, type Task } from './main-thread.ts';
import { roundTripsBeforeMedia, untilMediaFlows } from './round-trips.ts';

const NAMES = ['Ada', 'Bela', 'Chen', 'Dora', 'Emil', 'Fay', 'Gina', 'Hugo', 'Ines'];
/** Seldom, because reading a page costs its main thread time. */
const READ_EVERY_MS = 200;

/** How one person came in. Times from the press of Join to the first frames of everybody else, in milliseconds. */
export type JoinSample = { people: number; firstFrameMs: number; lastFrameMs: number; roundTrips: number };

export type ParleyCallOptions = {
  origin: string;
  /** The browser of each person, in the order of joining. */
  browsers: readonly TestBrowser[];
  /** How long a person looks at the preview before Join is pressed, in milliseconds. */
  lookingMs: number;
};

/** One call that fills up. Resolves with a sample of each person but the first. */
export async function measureParleyCall(options: ParleyCallOptions): Promise<JoinSample[]> {
  const { origin, browsers, lookingMs } = options;
  const { code } = await callRoute(origin, 'createRoom', { body: {} });
  const samples: JoinSample[] = [];
  const tabs: Tab[] = [];
  const inCall: CallPage[] = [];
  for (const [index, browser] of browsers.entries()) {
    const tab = await browser.open(`/r/${code}`);
    tabs.push(tab);
    const preJoin = await lookAtPreview(tab, nameOf(index), lookingMs);
    const page = await preJoin.join(nameOf(index));
    if (index > 0) samples.push(await readSample(tab, index + 1));
    await seeEachOther(page, inCall);
    inCall.push(page);
  }
  for (const tab of tabs) await tab.context.close();
  return samples;
}

/** The tasks of the main thread while the second person joins, in a call of its own: a trace costs time. */
export async function traceParleyJoin({ origin, browsers, lookingMs }: ParleyCallOptions): Promise<Task[]> {
  const { code } = await callRoute(origin, 'createRoom', { body: {} });
  const tabs: Tab[] = [];
  for (const browser of browsers) tabs.push(await browser.open(`/r/${code}`));
  const [first, second] = tabs as [Tab, Tab];
  const inCall = await new PreJoinPage(first).join(nameOf(0));
  const preJoin = await lookAtPreview(second, nameOf(1), lookingMs);
  const tasks = await traceMainThread(second, async () => {
    const page = await preJoin.join(nameOf(1));
    await expectMoving(page.video(inCall.name), 1);
  });
  for (const tab of tabs) await tab.context.close();
  return tasks;
}

async function lookAtPreview(tab: Tab, name: string, lookingMs: number): Promise<PreJoinPage> {
  const preJoin = new PreJoinPage(tab);
  await expectMoving(preJoin.preview(), 1);
  await preJoin.name().fill(name);
  await delay(lookingMs);
  return preJoin;
}

async function readSample(tab: Tab, people: number): Promise<JoinSample> {
  const own = nameOf(people - 1);
  const seen = await waitFor(
    async () => {
      const others = (await firstFrames(tab.page)).filter(({ name }) => name !== '' && name !== own);
      return others.length >= people - 1 && others;
    },
    { what: 'the first frame of everybody else', intervalMs: READ_EVERY_MS },
  );
  const times = seen.map(({ afterJoinMs }) => afterJoinMs);
  const roundTrips = roundTripsBeforeMedia(untilMediaFlows(tab.wire.frames));
  return { people, firstFrameMs: Math.min(...times), lastFrameMs: Math.max(...times), roundTrips };
}

/** The newcomer sees everybody, and everybody the newcomer, before the next one comes. */
async function seeEachOther(newcomer: CallPage, others: readonly CallPage[]): Promise<void> {
  for (const other of others) {
    await expectMoving(newcomer.video(other.name), 2);
    await expectMoving(other.video(newcomer.name), 2);
  }
}

function nameOf(index: number): string {
  const name = NAMES[index];
  if (name === undefined) throw new Error(`no name for person ${index + 1}`);
  return name;
}
