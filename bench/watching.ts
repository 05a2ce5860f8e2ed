import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreeRow } from '../tests/harness/free-ports.ts';
import { processTree } from '../tests/harness/processes.ts';
import { ROOT } from '../tests/harness/stack.ts';
import { waitFor } from '../tests/harness/wait-for.ts';
import { describeMachine } from './machine.ts';
import type { Report } from './report.ts';
import { round, summarize } from './summary.ts';

/** Pairs of a run with and a run without. */
const PAIRS = 6;
const RUNS_MIN = 5;
const WINDOW_MS = 12_000;
/** On a busy machine hundreds of handshakes take their time. */
const PATIENCE_MS = 180_000;
const SCRAPE_INTERVAL_MS = 5_000;
const ROOMS = 12;
const LISTENERS = 40;
const AIM_PERCENT = 2;
/** A run whose load cost more than this many times the least was disturbed by something else. */
const DISTURBED = 1.3;
const SECRET = 'a secret of this measurement that is long enough';
const SERVER_CORE = '0';
const LOAD_CORE = '1';

type Run = {
  watched: boolean;
  /** Of the service and its worker together, for each packet that was heard. */
  microsecondsPerPacket: number;
  /** Of one core: the service's own process, its worker, and what loads them. */
  serviceCpu: number;
  workerCpu: number;
  loadCpu: number;
};

/** CPU of a busy media node with its metrics scraped and its log written, and without both. */
export async function measureWatching(): Promise<Report> {
  const runs: Run[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    // The order changes, so that what drifts meets both alike.
    for (const watched of pair % 2 === 0 ? [false, true] : [true, false]) runs.push(await measure(watched));
  }
  const leastLoad = Math.min(...runs.map(({ loadCpu }) => loadCpu));
  const undisturbed = runs.filter(({ loadCpu }) => loadCpu <= leastLoad * DISTURBED);
  const isEnough = [true, false].every(
    (watched) => undisturbed.filter((run) => run.watched === watched).length >= RUNS_MIN,
  );
  if (!isEnough)
    throw new Error('The machine is too busy with other things: too few runs were left undisturbed.');
  return describe(undisturbed);
}

async function measure(watched: boolean): Promise<Run> {
  const directory = mkdtempSync(join(tmpdir(), 'parley-watching-'));
  const [grpcPort, adminPort, rtcPort] = await threePorts();
  const service = startService(watched, directory, { grpcPort, adminPort, rtcPort });
  let load: ChildProcess | undefined;
  try {
    await waitFor('the media node', () => answers(`http://127.0.0.1:${adminPort}/readyz`));
    const ask = (load = startLoad(grpcPort));
    const lines = createInterface({ input: ask.stdout as NodeJS.ReadableStream });
    await nextLine(lines);
    const scraping = watched ? setInterval(() => void scrape(adminPort), SCRAPE_INTERVAL_MS) : undefined;
    const before = await look(service, ask, lines);
    await delay(WINDOW_MS);
    const after = await look(service, ask, lines);
    clearInterval(scraping);
    const share = (part: 'service' | 'worker' | 'load') =>
      (after[part] - before[part]) / 1e6 / (after.atMs - before.atMs);
    const used = after.service + after.worker - before.service - before.worker;
    return {
      watched,
      microsecondsPerPacket: used / 1000 / (after.packets - before.packets),
      serviceCpu: share('service'),
      workerCpu: share('worker'),
      loadCpu: share('load'),
    };
  } finally {
    await end(load);
    await end(service);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function look(service: ChildProcess, load: ChildProcess, lines: Interface) {
  const packets = nextLine(lines);
  load.stdin?.write('\n');
  return {
    packets: Number(await packets),
    service: cpuNanoseconds(service, (command) => !isWorker(command)),
    worker: cpuNanoseconds(service, isWorker),
    load: cpuNanoseconds(load),
    atMs: performance.now(),
  };
}

function startService(
  watched: boolean,
  directory: string,
  ports: { grpcPort: number; adminPort: number; rtcPort: number },
): ChildProcess {
  const env = {
    PATH: process.env['PATH'],
    MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'],
    INTERNAL_SECRET: SECRET,
    MEDIA_GRPC_PORT: String(ports.grpcPort),
    MEDIA_ADMIN_PORT: String(ports.adminPort),
    MEDIA_RTC_PORT_BASE: String(ports.rtcPort),
    MEDIA_WORKERS: '1',
    ...(watched
      ? { LOG_LEVEL: 'info', LOG_DIR: directory }
      : { LOG_LEVEL: 'silent', MEDIA_STATS_INTERVAL_MS: '0' }),
  };
  const main = join(ROOT, 'services', 'media', 'src', 'main.ts');
  const flags = ['--max-semi-space-size=2', '--disable-warning=ExperimentalWarning'];
  return spawn('taskset', ['-c', SERVER_CORE, process.execPath, ...flags, main], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function startLoad(grpcPort: number): ChildProcess {
  const program = join(ROOT, 'bench', 'watching-load.ts');
  const given = [`127.0.0.1:${grpcPort}`, SECRET, String(ROOMS), String(LISTENERS)];
  return spawn('taskset', ['-c', LOAD_CORE, process.execPath, program, ...given], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

function isWorker(command: string): boolean {
  return command.includes('mediasoup-worker');
}

/** Of all threads of the process and of those that it started, as far as they are meant. */
function cpuNanoseconds({ pid }: ChildProcess, isMeant = (_command: string) => true): number {
  let sum = 0;
  for (const process of processTree(pid ?? -1).filter(({ command }) => isMeant(command))) {
    for (const thread of readdirSync(`/proc/${process.pid}/task`))
      sum += Number(readFileSync(`/proc/${process.pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  }
  return sum;
}

async function nextLine(lines: Interface): Promise<string> {
  const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(PATIENCE_MS) })) as [string];
  return line;
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function threePorts(): Promise<[number, number, number]> {
  const first = await findFreeRow(3);
  return [first, first + 1, first + 2];
}

async function answers(url: string): Promise<boolean> {
  return (await fetch(url).catch(() => undefined))?.ok === true;
}

async function scrape(adminPort: number): Promise<void> {
  await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
}

function describe(runs: readonly Run[]): Report {
  const of = (watched: boolean, key: keyof Omit<Run, 'watched'>) =>
    summarize(runs.filter((run) => run.watched === watched).map((run) => run[key]));
  const line = (name: string, watched: boolean) => {
    const { runs: count, min, median } = of(watched, 'microsecondsPerPacket');
    const cpu = (key: 'serviceCpu' | 'workerCpu') => round(of(watched, key).median * 100, 2);
    return [name, count, cpu('serviceCpu'), cpu('workerCpu'), round(min, 2), round(median, 2)];
  };
  const whole = of(false, 'serviceCpu').median + of(false, 'workerCpu').median;
  const added = of(true, 'serviceCpu').median - of(false, 'serviceCpu').median;
  const more = (key: 'min' | 'median') =>
    (of(true, 'microsecondsPerPacket')[key] / of(false, 'microsecondsPerPacket')[key] - 1) * 100;
  const difference = {
    ofService: round((added / whole) * 100, 2),
    min: round(more('min'), 1),
    median: round(more('median'), 1),
  };
  return {
    name: 'watching',
    machine: describeMachine(),
    figures: { aimPercent: AIM_PERCENT, differencePercent: difference, runs },
    tables: [
      {
        title: 'What watching costs a busy media node',
        columns: ['', 'runs', 'service, % of a core', 'worker, % of a core', 'µs a packet, min', 'median'],
        rows: [
          line('without', false),
          line('metrics scraped every 5 s, log at info into files', true),
          ['difference, % of the whole', '', difference.ofService, '', difference.min, difference.median],
        ],
        notes: notes(of(false, 'workerCpu')),
      },
    ],
  };
}

function notes({ min, max }: { min: number; max: number }): string[] {
  return [
    `One worker, ${ROOMS} rooms, each with one who speaks (50 packets a second) and ${LISTENERS} who listen over ICE, DTLS and SRTP, and two who come and leave each second. CPU of the service and its worker, on a core of their own; ${WINDOW_MS / 1000} s a run, in turns. Aim: at most ${AIM_PERCENT} % more.`,
    `Metrics and logs are work of the service's own process; the worker only answers 20 questions a second. How much the same work of the worker differs from run to run shows what the machine adds by itself: ${round(min * 100, 1)} to ${round(max * 100, 1)} % of a core without metrics and logs.`,
    'Without: nobody scrapes, no statistics of streams are read (`MEDIA_STATS_INTERVAL_MS=0`), nothing is logged. prom-client measures event loop lag in both.',
  ];
}
