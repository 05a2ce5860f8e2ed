import { setTimeout as delay } from 'node:timers/promises';
import { TEN_PICTURES_A_SECOND, TestBrowser, type Tab } from '../tests/harness/browser/test-browser.ts';
import { expectMoving } from '../tests/harness/browser/playback.ts';
import { firstFrames } from '../tests/harness/browser/page-probe.ts';
import { PreJoinPage, type CallPage } from '../tests/harness/browser/pages.ts';
import { callRoute } from '../tests/harness/peer/rest-client.ts';
import { Launcher } from '../tests/harness/servers/launcher.ts';
import { waitFor } from '@parley/common/testing';
import { describeMachine } from './machine.ts';
import { traceMainThread, type Task } from './main-thread.ts';
import type { Report } from './report.ts';
import { roundTripsBeforeMedia, untilMediaFlows } from './round-trips.ts';
import { round, summarize, type Summary } from './summary.ts';

const RUNS = 7;
const PEOPLE = ['Ada', 'Bela', 'Chen', 'Dora'] as const;
/** The people whose joins are measured, with the number of people who are then in the call. */
const MEASURED = new Map<string, number>([
  ['Bela', 2],
  ['Dora', 4],
]);
const LOOKING_MS = 1_000;
const LONG_TASK_MS = 20;
const AIM = { medianMs: 150, roundTrips: 1 };

type Sample = { people: number; firstFrameMs: number; lastFrameMs: number; roundTrips: number };

/** Measures in Chromium how long the second and the fourth person wait from the press of Join to the first frame of somebody else. */
export async function measureJoin(): Promise<Report> {
  const launcher = await Launcher.start();
  // Twice the frames of the tests, as in the figures before: a first frame waits for half of the time between two.
  const browser = await TestBrowser.launch(launcher.origin, 'willing', [TEN_PICTURES_A_SECOND]);
  try {
    await measureCall(launcher.origin, browser);
    const samples: Sample[] = [];
    for (let run = 0; run < RUNS; run += 1) samples.push(...(await measureCall(launcher.origin, browser)));
    return describe(samples, await measureTasks(launcher.origin, browser), browser.version);
  } finally {
    await browser.close();
    await launcher.stop();
  }
}

/** The long tasks of the main thread while the second person joins, in a call of its own: a trace costs time. */
async function measureTasks(origin: string, browser: TestBrowser): Promise<Task[]> {
  const { code } = await callRoute(origin, 'createRoom', { body: {} });
  const [first, second] = [await browser.open(`/r/${code}`), await browser.open(`/r/${code}`)];
  const inCall = await new PreJoinPage(first).join(PEOPLE[0]);
  const preJoin = new PreJoinPage(second);
  await expectMoving(preJoin.preview(), 1);
  await preJoin.name().fill(PEOPLE[1]);
  await delay(LOOKING_MS);
  const tasks = await traceMainThread(second, async () => {
    const page = await preJoin.join(PEOPLE[1]);
    await expectMoving(page.video(inCall.name), 1);
  });
  for (const tab of [first, second]) await tab.context.close();
  return tasks.filter(({ ms }) => ms >= LONG_TASK_MS);
}

/** One call that fills up to four people. */
async function measureCall(origin: string, browser: TestBrowser): Promise<Sample[]> {
  const { code } = await callRoute(origin, 'createRoom', { body: {} });
  const samples: Sample[] = [];
  const tabs: Tab[] = [];
  const inCall: CallPage[] = [];
  for (const name of PEOPLE) {
    const tab = await browser.open(`/r/${code}`);
    tabs.push(tab);
    const preJoin = new PreJoinPage(tab);
    await expectMoving(preJoin.preview(), 1);
    await preJoin.name().fill(name);
    // A person looks at the preview before pressing Join.
    await delay(LOOKING_MS);
    const page = await preJoin.join(name);
    const people = MEASURED.get(name);
    if (people) samples.push(await readSample(tab, people));
    inCall.push(page);
    await allSeeEachOther(inCall);
  }
  for (const tab of tabs) await tab.context.close();
  return samples;
}

async function readSample(tab: Tab, people: number): Promise<Sample> {
  const others = async () =>
    (await firstFrames(tab.page)).filter(({ name }) => name !== '' && !isOwn(name, people));
  const seen = await waitFor(
    async () => {
      const frames = await others();
      return frames.length >= people - 1 && frames;
    },
    { what: 'the first frame of everybody else' },
  );
  const times = seen.map(({ afterJoinMs }) => afterJoinMs);
  const roundTrips = roundTripsBeforeMedia(untilMediaFlows(tab.wire.frames));
  return { people, firstFrameMs: Math.min(...times), lastFrameMs: Math.max(...times), roundTrips };
}

function isOwn(name: string, people: number): boolean {
  return name === PEOPLE[people - 1];
}

async function allSeeEachOther(pages: readonly CallPage[]): Promise<void> {
  for (const page of pages) {
    for (const other of pages) if (other !== page) await expectMoving(page.video(other.name), 2);
  }
}

function describe(samples: readonly Sample[], tasks: readonly Task[], chromium: string): Report {
  const groups = [...MEASURED.values()].map((people) => {
    const own = samples.filter((sample) => sample.people === people);
    return {
      people,
      firstFrameMs: rounded(summarize(own.map(({ firstFrameMs }) => firstFrameMs))),
      everybodyMs: rounded(summarize(own.map(({ lastFrameMs }) => lastFrameMs))),
      roundTrips: summarize(own.map(({ roundTrips }) => roundTrips)),
    };
  });
  const line = (what: string, { min, median, max }: Summary) => [what, min, median, max];
  return {
    name: 'join',
    machine: { ...describeMachine(), chromium },
    figures: { runs: RUNS, aim: AIM, joins: groups, longTasks: tasks.length },
    tables: [
      {
        title: 'From Join to pictures',
        columns: ['', 'min', 'median', 'max'],
        rows: groups.flatMap(({ people, firstFrameMs, everybodyMs, roundTrips }) => [
          line(`person ${people}: first remote frame, ms`, firstFrameMs),
          line(`person ${people}: a frame of everybody, ms`, everybodyMs),
          line(`person ${people}: signaling round trips before media`, roundTrips),
        ]),
        notes: [
          `${RUNS} calls after one to warm up; all people in one Chromium on the machine that serves them, fake camera at 10 frames a second; Join is pressed a second after the preview is there and the name is typed. Aim: median first frame ${AIM.medianMs} ms, at most ${AIM.roundTrips} round trip.`,
          'Round trips are answers that the page waited for, from the request to join to the last one that media needs. What is sent without waiting for its answer does not count.',
        ],
      },
      {
        title: 'Main thread from Join to the first picture',
        columns: ['task', 'begins after Join, ms', 'takes, ms'],
        rows: tasks.map(({ atMs, ms, mostly }) => [mostly, round(atMs), round(ms)]),
        notes: [
          `The tasks of ${LONG_TASK_MS} ms or more of the page of person 2, in one call that was traced, which makes each a little longer.`,
        ],
      },
    ],
  };
}

function rounded({ runs, min, median, max }: Summary): Summary {
  return { runs, min: round(min), median: round(median), max: round(max) };
}
