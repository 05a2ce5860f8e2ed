import { TEN_PICTURES_A_SECOND, TestBrowser } from '../../tests/harness/browser/test-browser.ts';
import { Launcher } from '../../tests/harness/servers/launcher.ts';
import { describeMachine } from '../machine.ts';
import type { Report, Table } from '../report.ts';
import { percentile, round, summarize } from '../summary.ts';
import { measureBareCall, type BareSample } from './bare/bare-call.ts';
import { BareServer } from './bare/server.ts';
import type { Task } from './main-thread.ts';
import { measureParleyCall, traceParleyJoin, type JoinSample } from './parley-call.ts';

const RUNS = 7;
const LOOKING_MS = 1_000;
const LONG_TASK_MS = 20;
const AIM = { ownBrowser: 1.2, fourth: 1.35, medianMs: 150, p95Ms: 250, roundTrips: 1 };

/** The calls that are made: how many people, and whether the last of them has a browser of their own. */
const CALLS = {
  four: { people: 4, apart: false },
  two: { people: 2, apart: true },
  nine: { people: 9, apart: false },
} as const;
type CallName = keyof typeof CALLS;

/** The people who are measured, and in which call. */
const CASES = [
  { title: 'person 2, in a browser of their own', call: 'two', people: 2, aim: AIM.ownBrowser },
  { title: 'person 2, all in one browser', call: 'four', people: 2, aim: undefined },
  { title: 'person 4, all in one browser', call: 'four', people: 4, aim: AIM.fourth },
  { title: 'person 9, all in one browser', call: 'nine', people: 9, aim: undefined },
] as const;

type Samples<S> = Record<CallName, S[]>;

/**
 * Measures in Chromium how long people wait from the press of Join to the first frame of somebody else, in Parley and, in turns with it, in
 * the least page that mediasoup allows.
 */
export function measureJoin(): Promise<Report> {
  return measureCalls('join', ['four', 'two']);
}

/** The same for the ninth person, which takes longer: each call waits until nine people see each other. */
export function measureNinthJoin(): Promise<Report> {
  return measureCalls('join-nine', ['nine']);
}

async function measureCalls(reportName: string, names: readonly CallName[]): Promise<Report> {
  const launcher = await Launcher.start();
  const bareServer = await BareServer.start();
  // Twice the frames of the tests, as in the figures before: a first frame waits for half of the time between two.
  const browser = await TestBrowser.launch(launcher.origin, 'willing', [TEN_PICTURES_A_SECOND]);
  const other = await browser.beside((chromium) => chromium);
  const browsersOf = (name: CallName): TestBrowser[] => {
    const { people, apart } = CALLS[name];
    return Array.from({ length: people }, (_, index) => (apart && index === people - 1 ? other : browser));
  };
  const inBare = (name: CallName) =>
    measureBareCall({ server: bareServer, browsers: browsersOf(name), lookingMs: LOOKING_MS });
  const inParley = (name: CallName) =>
    measureParleyCall({ origin: launcher.origin, browsers: browsersOf(name), lookingMs: LOOKING_MS });
  try {
    await inBare('four');
    await inParley('four');
    const bare: Samples<BareSample> = { four: [], two: [], nine: [] };
    const parley: Samples<JoinSample> = { four: [], two: [], nine: [] };
    for (let run = 0; run < RUNS; run += 1) {
      for (const name of names) {
        bare[name].push(...(await inBare(name)));
        parley[name].push(...(await inParley(name)));
      }
    }
    const tracing = { origin: launcher.origin, browsers: [browser, browser], lookingMs: LOOKING_MS };
    const tasks = (await traceParleyJoin(tracing)).filter(({ ms }) => ms >= LONG_TASK_MS);
    const measured = CASES.filter(({ call }) => names.includes(call));
    return describe(reportName, compare(measured, parley, bare), tasks, browser.version);
  } finally {
    await other.close();
    await browser.close();
    await bareServer.stop();
    await launcher.stop();
  }
}

type Figures = { min: number; median: number; p95: number };
type Compared = {
  title: string;
  call: CallName;
  people: number;
  aim: number | undefined;
  firstFrameMs: Figures;
  everybodyMs: Figures;
  bare: Figures;
  /** The ratio of the medians. */
  ratio: number;
  roundTrips: number;
};

function compare(
  cases: readonly (typeof CASES)[number][],
  parley: Samples<JoinSample>,
  bare: Samples<BareSample>,
): Compared[] {
  return cases.map(({ title, call, people, aim }) => {
    const mine = parley[call].filter((sample) => sample.people === people);
    const least = bare[call].filter((sample) => sample.people === people);
    const first = figuresOf(mine.map(({ firstFrameMs }) => firstFrameMs));
    const bareFirst = figuresOf(least.map(({ firstFrameMs }) => firstFrameMs));
    return {
      title,
      call,
      people,
      aim,
      firstFrameMs: first,
      everybodyMs: figuresOf(mine.map(({ lastFrameMs }) => lastFrameMs)),
      bare: bareFirst,
      ratio: round(first.median / bareFirst.median, 2),
      roundTrips: Math.max(...mine.map(({ roundTrips }) => roundTrips)),
    };
  });
}

function figuresOf(values: readonly number[]): Figures {
  const { min, median } = summarize(values);
  return { min: round(min), median: round(median), p95: round(percentile(values, 0.95)) };
}

function describe(
  name: string,
  joins: readonly Compared[],
  tasks: readonly Task[],
  chromium: string,
): Report {
  return {
    name,
    machine: { ...describeMachine(), chromium },
    figures: {
      runs: RUNS,
      aim: AIM,
      // By these names the figures of older commits are found (`--beside`).
      joins: joins.filter(({ call }) => !CALLS[call].apart),
      apart: joins.filter(({ call }) => CALLS[call].apart),
      longTasks: tasks.length,
    },
    tables: [describeJoins(joins), describeTasks(tasks)],
  };
}

function describeJoins(joins: readonly Compared[]): Table {
  const three = ({ min, median, p95 }: Figures) => `${min} / ${median} / ${p95}`;
  return {
    title: 'From Join to pictures',
    columns: [
      'min / median / 95th percentile, ms',
      'first picture',
      'everybody',
      'bare page, first picture',
      'times bare',
      'aim',
      'round trips',
    ],
    rows: joins.map(({ title, firstFrameMs, everybodyMs, bare, ratio, aim, roundTrips }) => [
      title,
      three(firstFrameMs),
      three(everybodyMs),
      three(bare),
      ratio,
      aim ?? '',
      roundTrips,
    ]),
    notes: [
      `${RUNS} calls of each kind after one to warm up, bare page and Parley in turns, all on the machine that serves them; fake camera at 10 frames a second; Join is pressed a second after the page is ready, the preview there and the name typed. Aim for a person with a browser of their own: median ${AIM.medianMs} ms and 95th percentile ${AIM.p95Ms} ms, or ${AIM.ownBrowser} times the bare page.`,
      'The bare page (`bench/join/bare/`) is the least that mediasoup allows: a WebSocket, one worker, video elements; no preview, and the person sends only after the first picture. The other people send the same three layers in both, and see each other.',
      'Round trips are answers that the page waited for, from the request to join to the last one that media needs. What is sent without waiting for its answer does not count.',
    ],
  };
}

function describeTasks(tasks: readonly Task[]): Table {
  return {
    title: 'Main thread from Join to the first picture',
    columns: ['task', 'begins after Join, ms', 'takes, ms'],
    rows: tasks.map(({ atMs, ms, mostly }) => [mostly, round(atMs), round(ms)]),
    notes: [
      `The tasks of ${LONG_TASK_MS} ms or more of the page of person 2, in one call that was traced, which makes each a little longer.`,
    ],
  };
}
