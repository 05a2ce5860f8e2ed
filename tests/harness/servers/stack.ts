import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts, isTcpFree } from '../machine/free-ports.ts';
import { isAlive, processesWithVariable, processTree, type ProcessInfo } from '../machine/processes.ts';
import { MODERN_NODE, ROOT } from '../../../scripts/lib/paths.mjs';
import { waitFor } from '@parley/common/testing';

const START_TIMEOUT_MS = 240_000;
const STOP_WITHIN_MS = 10_000;

/** The lines that the stack promises to print, each with an address. */
const PROMISED = ['edge', 'prometheus', 'logs', 'consul'] as const;
const PORT_NAMES = ['PORT', 'HTTPS_PORT', 'PROMETHEUS_PORT', 'LOGS_PORT'] as const;

export type PrintedName = (typeof PROMISED)[number];

type Service = { name: string; env: Record<string, string | undefined> };

/** The full stack as `npm run stack` runs it: the same script, with data of its own. */
export class Stack {
  readonly dataDir: string;
  readonly #child: ChildProcess;
  readonly #output: string[] = [];
  #exitCode: number | undefined;

  static async start(
    env: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
  ): Promise<Stack> {
    const first = await findFreePorts(PORT_NAMES.length);
    const ports = Object.fromEntries(PORT_NAMES.map((name, index) => [name, String(first + index)]));
    const stack = new Stack({ ...ports, ...env }, args);
    try {
      await waitFor(() => stack.#isReady(), { what: 'the stack to be ready', timeoutMs: START_TIMEOUT_MS });
      return stack;
    } catch (error) {
      const { output } = stack;
      await stack.kill();
      throw new Error(`The stack did not start. It said:\n${output}`, { cause: error });
    }
  }

  private constructor(env: Readonly<Record<string, string>>, args: readonly string[]) {
    this.dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'parley-stack-')));
    // As root, the database runs as another user, who must get through to its own folder in there.
    chmodSync(this.dataDir, 0o711);
    const { NODE_OPTIONS: _options, NODE_ENV: _mode, ...inherited } = process.env;
    this.#child = spawn(MODERN_NODE, [join(ROOT, 'scripts', 'stack.mjs'), ...args], {
      cwd: ROOT,
      env: { ...inherited, PARLEY_DATA_DIR: this.dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that SIGINT reaches it as Ctrl-C in a terminal would.
      detached: true,
    });
    this.#child.stdout?.on('data', (data: Buffer) => this.#output.push(data.toString()));
    this.#child.stderr?.on('data', (data: Buffer) => this.#output.push(data.toString()));
    this.#child.once('exit', (code) => (this.#exitCode = code ?? -1));
  }

  get output(): string {
    return this.#output.join('');
  }

  /** The address that the stack printed. */
  url(of: PrintedName): string {
    const [, url] = new RegExp(`^${of}: (\\S+)$`, 'm').exec(this.output) ?? [];
    if (!url) throw new Error(`the stack did not say where ${of} is:\n${this.output}`);
    return url;
  }

  get logsPassword(): string {
    return readFileSync(join(this.dataDir, 'stack', 'logs-password'), 'utf8').trim();
  }

  /** A variable of a service, such as SIGNALING_ADMIN_PORT of signaling-2. */
  variable(service: string, name: string): string {
    const running = JSON.parse(readFileSync(join(this.dataDir, 'stack', 'running.json'), 'utf8')) as {
      services: Service[];
    };
    const value = running.services.find((one) => one.name === service)?.env[name];
    if (value === undefined) throw new Error(`${service} has no ${name}`);
    return value;
  }

  /** How often the stack has said that this service is ready again. */
  restarts(service: string): number {
    return [...this.output.matchAll(new RegExp(`^ +${service} +ready again`, 'gm'))].length;
  }

  /** `kill -9` of a service, and then the stack's word that it is there again. */
  async killAndAwait(service: string, command: string): Promise<void> {
    const before = this.restarts(service);
    this.signalService(command, 'SIGKILL');
    await this.awaitRestart(service, before);
  }

  signalService(command: string, name: NodeJS.Signals): void {
    const found = this.processes().find((one) => one.command.includes(command));
    if (!found) throw new Error(`nothing runs ${command}`);
    process.kill(found.pid, name);
  }

  async awaitRestart(service: string, before: number): Promise<void> {
    await waitFor(() => this.restarts(service) > before, {
      what: `${service} to be ready again`,
      timeoutMs: 90_000,
    });
  }

  /** The process of one of several instances, by a variable that only it has. */
  instancePid(name: string, value: string): number {
    const found = processesWithVariable(name, value).find(({ command }) => command.includes('/src/main.ts'));
    if (!found) throw new Error(`no process has ${name}=${value}`);
    return found.pid;
  }

  processes(): ProcessInfo[] {
    return processTree(this.#child.pid ?? -1);
  }

  /** Ctrl-C, and then a look at what is left: no process, no port, nothing outside of the data directory. */
  async stop(): Promise<void> {
    const before = this.processes();
    const ports = PROMISED.map((of) => Number(new URL(this.url(of)).port));
    const strangers = readdirSync(this.dataDir).filter((name) => name !== 'stack');
    try {
      if (this.#child.pid === undefined || this.#exitCode !== undefined)
        throw new Error(`The stack had ended by itself (${this.#exitCode}). It said:\n${this.output}`);
      process.kill(-this.#child.pid, 'SIGINT');
      await waitFor(() => this.#exitCode !== undefined, {
        what: 'the stack to end',
        timeoutMs: STOP_WITHIN_MS,
      });
      const left = before.filter(isAlive).map(({ pid, command }) => `process ${pid} ${command}`);
      for (const port of ports) if (!(await isTcpFree(port))) left.push(`port ${port}`);
      left.push(...strangers);
      if (this.#exitCode !== 0) left.push(`exit code ${this.#exitCode}`);
      if (left.length > 0)
        throw new Error(`Stopping left behind: ${left.join('; ')}. It said:\n${this.output}`);
    } finally {
      await this.kill();
    }
  }

  /** Ends whatever still runs, without looking. */
  async kill(): Promise<void> {
    const running = () => [...this.processes(), ...processesWithVariable('PARLEY_DATA_DIR', this.dataDir)];
    for (const { pid } of running()) signal(pid);
    await waitFor(() => running().length === 0, { what: 'killed processes to be gone' });
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  #isReady(): boolean {
    if (this.#exitCode !== undefined) throw new Error(`the stack ended with exit code ${this.#exitCode}`);
    return PROMISED.every((of) => new RegExp(`^${of}: \\S+\\n`, 'm').test(this.output));
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
