import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { cpuNanoseconds, end, LOAD_CORE } from '../processes.ts';
import type { Case, ServerName } from './cases.ts';
import { startBare } from './servers/bare.ts';
import { startJanus } from './servers/janus.ts';
import { startParley } from './servers/parley.ts';
import type { ForwardingServer, ServerCpu } from './servers/server.ts';
import type { Window } from './windows.ts';

const SETTLE_MS = 1_500;
/** Hundreds of handshakes may take this long. */
const PATIENCE_MS = 180_000;

const START: Readonly<Record<ServerName, () => Promise<ForwardingServer>>> = {
  parley: startParley,
  bare: startBare,
  janus: startJanus,
};

type Reading = { server: ServerCpu; loadNs: number; atMs: number };

/** A server, and the process whose endpoints send and receive through it. */
export class ForwardingRun {
  readonly name: ServerName;
  readonly #server: ForwardingServer;
  readonly #load: ChildProcess;
  readonly #answers: Interface;
  /** Nothing answers after the end of the load. */
  readonly #ended = new AbortController();

  /** Resolves when each receiver has heard each sender. Nothing is sent then. */
  static async start(name: ServerName, { name: caseName }: Case): Promise<ForwardingRun> {
    const server = await START[name]();
    const program = join(ROOT, 'bench', 'forward', 'load', 'main.ts');
    const command = [process.execPath, '--disable-warning=ExperimentalWarning', program];
    const load = spawn('taskset', ['-c', LOAD_CORE, ...command, caseName, name, ...server.forLoad], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const run = new ForwardingRun(name, server, load);
    try {
      await run.#nextAnswer();
      return run;
    } catch (error) {
      await run.stop();
      throw error;
    }
  }

  private constructor(name: ServerName, server: ForwardingServer, load: ChildProcess) {
    this.name = name;
    this.#server = server;
    this.#load = load;
    if (load.stdout === null) throw new Error('the load has no output');
    this.#answers = createInterface({ input: load.stdout });
    load.once('exit', () => this.#ended.abort(new Error('the load has ended')));
  }

  /** Sends for this time, and measures. */
  async measure(forMs: number): Promise<Window> {
    await this.#ask('play');
    await delay(SETTLE_MS);
    await this.#ask('begin');
    const before = this.#read();
    await delay(forMs);
    const counted = await this.#ask('count');
    const after = this.#read();
    await this.#ask('rest');
    const latency = await this.#ask('latency');
    return {
      ...(JSON.parse(counted) as { received: number; expected: number }),
      ...(JSON.parse(latency) as { p50Ms: number; p99Ms: number }),
      serviceNs: after.server.service - before.server.service,
      workerNs: after.server.worker - before.server.worker,
      loadNs: after.loadNs - before.loadNs,
      tookMs: after.atMs - before.atMs,
    };
  }

  /** How long a packet is under way without a server, in milliseconds. */
  async direct(): Promise<number> {
    return Number(await this.#ask('direct'));
  }

  async stop(): Promise<void> {
    await end(this.#load);
    await this.#server.stop();
  }

  #read(): Reading {
    return { server: this.#server.cpu(), loadNs: cpuNanoseconds(this.#load), atMs: performance.now() };
  }

  async #ask(command: string): Promise<string> {
    const answer = this.#nextAnswer();
    this.#load.stdin?.write(`${command}\n`);
    return answer;
  }

  async #nextAnswer(): Promise<string> {
    const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), this.#ended.signal]);
    const [line] = (await once(this.#answers, 'line', { signal })) as [string];
    return line;
  }
}
