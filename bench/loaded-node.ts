import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../scripts/lib/paths.mjs';
import { freePorts, waitFor } from '@parley/common/testing';
import { cpuNanoseconds, end, isWorker, LOAD_CORE, SERVER_CORE } from './processes.ts';

export const ROOMS = 12;
export const LISTENERS = 40;
export const SCRAPE_INTERVAL_MS = 5_000;

const SETTLE_MS = 1_500;
/** Hundreds of handshakes may take this long. */
const PATIENCE_MS = 180_000;
const SECRET = 'a secret of this measurement that is long enough';

/** The use of CPU and packets of a media node under its load. CPU is a share of one core. */
export type Usage = { serviceCpu: number; workerCpu: number; loadCpu: number; packets: number };

type Ports = { grpc: number; admin: number; rtc: number };
type Reading = { service: number; worker: number; load: number; packets: number; atMs: number };

/** A media node with one worker on one core, and the people who load it on another core. */
export class LoadedNode {
  readonly #directory = mkdtempSync(join(tmpdir(), 'parley-watching-'));
  readonly #watched: boolean;
  readonly #ports: Ports;
  readonly #service: ChildProcess;
  #load: Load | undefined;

  /** Resolves when sound has reached the listeners and sending is paused. `watched` means with metrics and with a log in files. */
  static async start(watched: boolean): Promise<LoadedNode> {
    const first = await freePorts(3);
    const node = new LoadedNode(watched, { grpc: first, admin: first + 1, rtc: first + 2 });
    try {
      await waitFor(async () => (await node.#get('/readyz').catch(() => undefined))?.ok, {
        what: 'the media node',
      });
      node.#load = await Load.start(first);
      return node;
    } catch (error) {
      await node.stop();
      throw error;
    }
  }

  private constructor(watched: boolean, ports: Ports) {
    this.#watched = watched;
    this.#ports = ports;
    this.#service = this.#startService();
  }

  /** Plays the load for this time, and measures what the node uses for it. */
  async use(forMs: number): Promise<Usage> {
    const load = this.#load;
    if (load === undefined) throw new Error('the node was not started');
    await load.ask('play');
    const scrape = () => void this.#get('/metrics').catch(() => undefined);
    const scraping = this.#watched ? setInterval(scrape, SCRAPE_INTERVAL_MS) : undefined;
    try {
      await delay(SETTLE_MS);
      const before = await this.#read(load);
      await delay(forMs);
      const after = await this.#read(load);
      const share = (part: 'service' | 'worker' | 'load') =>
        (after[part] - before[part]) / 1e6 / (after.atMs - before.atMs);
      return {
        serviceCpu: share('service'),
        workerCpu: share('worker'),
        loadCpu: share('load'),
        packets: after.packets - before.packets,
      };
    } finally {
      clearInterval(scraping);
      await load.ask('rest');
    }
  }

  async stop(): Promise<void> {
    await this.#load?.stop();
    await end(this.#service);
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #read(load: Load): Promise<Reading> {
    return {
      packets: await load.ask('count'),
      service: cpuNanoseconds(this.#service, (command) => !isWorker(command)),
      worker: cpuNanoseconds(this.#service, isWorker),
      load: cpuNanoseconds(load.process),
      atMs: performance.now(),
    };
  }

  async #get(path: string): Promise<{ ok: boolean }> {
    const response = await fetch(`http://127.0.0.1:${this.#ports.admin}${path}`);
    await response.text();
    return response;
  }

  #startService(): ChildProcess {
    const env = {
      PATH: process.env['PATH'],
      MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'],
      MEDIA_GRPC_SECRET: SECRET,
      MEDIA_GRPC_PORT: String(this.#ports.grpc),
      MEDIA_ADMIN_PORT: String(this.#ports.admin),
      MEDIA_RTC_PORT_BASE: String(this.#ports.rtc),
      MEDIA_WORKERS: '1',
      ...(this.#watched
        ? { LOG_LEVEL: 'info', LOG_DIR: this.#directory }
        : { LOG_LEVEL: 'silent', MEDIA_STATS_INTERVAL_MS: '0' }),
    };
    const main = join(ROOT, 'services', 'media', 'src', 'main.ts');
    const flags = ['--max-semi-space-size=2', '--disable-warning=ExperimentalWarning'];
    return spawn('taskset', ['-c', SERVER_CORE, process.execPath, ...flags, main], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
}

/** The people who load the node, in a process of their own. */
class Load {
  readonly process: ChildProcess;
  readonly #answers: Interface;

  static async start(grpcPort: number): Promise<Load> {
    const load = new Load(grpcPort);
    try {
      await load.#nextAnswer();
      return load;
    } catch (error) {
      await load.stop();
      throw error;
    }
  }

  private constructor(grpcPort: number) {
    const program = join(ROOT, 'bench', 'watching-load.ts');
    const given = [`127.0.0.1:${grpcPort}`, SECRET, String(ROOMS), String(LISTENERS)];
    this.process = spawn('taskset', ['-c', LOAD_CORE, process.execPath, program, ...given], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#answers = createInterface({ input: this.process.stdout as NodeJS.ReadableStream });
  }

  /** Sends a command. Resolves with the number of packets that listeners have received so far. */
  async ask(question: 'play' | 'rest' | 'count'): Promise<number> {
    const answer = this.#nextAnswer();
    this.process.stdin?.write(`${question}\n`);
    return Number(await answer);
  }

  stop(): Promise<void> {
    return end(this.process);
  }

  async #nextAnswer(): Promise<string> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const [line] = (await once(this.#answers, 'line', { signal })) as [string];
    return line;
  }
}
