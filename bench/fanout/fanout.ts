import { describeMachine } from '../machine.ts';
import type { Report } from '../report.ts';
import { round, summarize } from '../summary.ts';
import type { Deliveries } from './audience.ts';
import { startBare, startParley, type Contender } from './contenders.ts';

const PEOPLE = 200;
/** Deliveries a second that are asked for. The last one is the aim; two cores carry less of it, clients included. */
const ASKED = [10_000, 25_000, 50_000];
const PAIRS = 5;
const WINDOW_MS = 3_000;
const AIM = { perSecond: 50_000, microseconds: 20, p99Ms: 50 };

const TITLES = { parley: 'Parley, two instances and Redis', bare: 'bare Socket.io, one process' } as const;
type Name = keyof typeof TITLES;
type Sample = { asked: number; name: Name; deliveries: Deliveries };
type Figures = {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  microseconds: { median: number; min: number };
  clientsPercent: number;
};

/** Measures how many notifications of a room two instances of signaling deliver, beside Socket.io alone. */
export async function measureFanout(): Promise<Report> {
  const parley = await startParley(PEOPLE);
  let bare: Contender | undefined;
  try {
    bare = await startBare(PEOPLE);
    const contenders: Record<Name, Contender> = { parley, bare };
    const samples: Sample[] = [];
    for (const asked of ASKED) {
      for (let pair = 0; pair < PAIRS; pair += 1) {
        for (const name of ['parley', 'bare'] as const) {
          const { audience, cpu } = contenders[name];
          const deliveries = await audience.react(asked / (PEOPLE - 1), WINDOW_MS, cpu);
          samples.push({ asked, name, deliveries });
        }
      }
    }
    return describe(samples);
  } finally {
    await bare?.stop();
    await parley.stop();
  }
}

function figuresOf(samples: readonly Sample[]): Figures {
  const all = samples.map(({ deliveries }) => deliveries);
  const summary = (read: (of: Deliveries) => number) => summarize(all.map(read));
  const cost = summary(({ serverNs, count }) => serverNs / count / 1_000);
  return {
    perSecond: round(summary(({ count, tookMs }) => (count * 1_000) / tookMs).median),
    p50Ms: round(summary(({ p50Ms }) => p50Ms).median, 1),
    p99Ms: round(summary(({ p99Ms }) => p99Ms).median, 1),
    microseconds: { median: round(cost.median, 1), min: round(cost.min, 1) },
    clientsPercent: round(summary(({ clientsPercent }) => clientsPercent).median),
  };
}

function describe(samples: readonly Sample[]): Report {
  const rows = ASKED.flatMap((asked) =>
    (['parley', 'bare'] as const).map((name) => {
      const of = samples.filter((sample) => sample.asked === asked && sample.name === name);
      return { asked, name, ...figuresOf(of) };
    }),
  );
  return {
    name: 'fanout',
    machine: describeMachine(),
    figures: {
      aim: AIM,
      deliveries: Object.fromEntries(
        rows.map(({ asked, name, ...figures }) => [`${name} ${asked}`, figures]),
      ),
    },
    tables: [
      {
        title: 'Notifications of a room',
        columns: [
          'deliveries a second that are asked for',
          'delivered',
          'p50, ms',
          'p99, ms',
          'CPU of a delivery, µs, median',
          'min',
          'clients, % of a core',
        ],
        rows: rows.map(({ asked, name, perSecond, p50Ms, p99Ms, microseconds, clientsPercent }) => [
          `${asked.toLocaleString('en')}, ${TITLES[name]}`,
          perSecond.toLocaleString('en'),
          p50Ms,
          p99Ms,
          microseconds.median,
          microseconds.min,
          clientsPercent,
        ]),
        notes: [
          `Medians of ${PAIRS} windows of ${WINDOW_MS / 1_000} s of each, in turns. ${PEOPLE} people in one room, each on a socket, react in turns; a delivery is one reaction at one of the others. The time is from the request to the notification. CPU is that of the processes with sockets; Redis comes on top. Servers, Redis and all clients share ${describeMachine().cores} cores: where fewer are delivered than asked for, this is what they carry.`,
          `Aim: ${AIM.perSecond.toLocaleString('en')} deliveries a second, ${AIM.microseconds} µs each, p99 ${AIM.p99Ms} ms.`,
        ],
      },
    ],
  };
}
