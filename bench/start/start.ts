import { launcherPorts } from '../../tests/harness/servers/launcher.ts';
import { stackPorts } from '../../tests/harness/servers/stack.ts';
import { describeMachine } from '../machine.ts';
import type { Report } from '../report.ts';
import { round, summarize, threeOf } from '../summary.ts';
import { DataFolder, type StartCommand } from './start-run.ts';

const TURNS = 3;
const SECONDS = { digits: 1, per: 1_000 };

const SYSTEMS: Readonly<Record<string, () => Promise<StartCommand>>> = {
  'npm start': async () => ({
    command: ['npm', 'start'],
    readyLine: 'Parley is ready at ',
    ports: Object.fromEntries(
      Object.entries(await launcherPorts()).map(([name, port]) => [name, String(port)]),
    ),
  }),
  'npm run stack': async () => ({
    command: ['npm', 'run', 'stack'],
    readyLine: 'The stack is ready ',
    ports: await stackPorts(),
  }),
};

type Times = { first: number[]; second: number[] };

/** Measures how long a start takes with the data of the one before it and, in turns with it, with none. */
export async function measureStart(): Promise<Report> {
  const times = new Map<string, Times>(Object.keys(SYSTEMS).map((name) => [name, { first: [], second: [] }]));
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [name, prepare] of Object.entries(SYSTEMS)) {
      const folder = new DataFolder();
      try {
        const command = await prepare();
        times.get(name)?.first.push(await folder.start(command));
        times.get(name)?.second.push(await folder.start(command));
      } finally {
        await folder.remove();
      }
    }
  }
  return describe(times);
}

function describe(times: ReadonlyMap<string, Times>): Report {
  const starts = Object.fromEntries(
    [...times].map(([name, { first, second }]) => [
      name,
      { first: summarize(first), second: summarize(second) },
    ]),
  );
  return {
    name: 'start',
    machine: describeMachine(),
    figures: { starts },
    tables: [
      {
        title: 'From the command to the ready line',
        columns: ['min / median / max, s', 'second start', 'first start', 'second / first'],
        rows: Object.entries(starts).map(([name, { first, second }]) => [
          `\`${name}\``,
          threeOf(second, SECONDS),
          threeOf(first, SECONDS),
          round(second.median / first.median, 2),
        ]),
        notes: [
          `${TURNS} of each, a first start and a second one in turns. Packages are installed and the pages are built before. A first start makes secrets, certificates and the database in a new data directory; a second one finds them.`,
        ],
      },
    ],
  };
}
