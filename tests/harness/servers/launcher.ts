import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODERN_NODE, ROOT } from '../../../scripts/lib/paths.mjs';
import { ProcessLock } from '../../../scripts/lib/lock.mjs';
import { findFreePorts, isTcpFree, isUdpFree } from '../machine/free-ports.ts';
import { isAlive, processesWithVariable, processTree, type ProcessInfo } from '../machine/processes.ts';
import { readLines, readLogFiles, readText, type LogLine } from '../records/service-log.ts';
import { waitFor } from '@parley/common/testing';

const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 20_000;

/** In the order of the row of ports that a stack gets. */
const PORT_NAMES = [
  'PORT',
  'POSTGRES_PORT',
  'MEDIA_GRPC_PORT',
  'MEDIA_ADMIN_PORT',
  'SIGNALING_PORT',
  'SIGNALING_GRPC_PORT',
  'SIGNALING_ADMIN_PORT',
  'GATEWAY_PORT',
  'GATEWAY_ADMIN_PORT',
  'UI_PORT',
  'UI_ADMIN_PORT',
  'LOGS_PORT',
  'LOGS_ADMIN_PORT',
  'MEDIA_RTC_PORT_BASE',
] as const;

export type LauncherPort = (typeof PORT_NAMES)[number];
export type ServiceName = 'media' | 'signaling' | 'gateway' | 'ui' | 'logs';
export type LauncherSecrets = {
  internalSecret: string;
  joinTokenSecret: string;
  databasePassword: string;
  logsPassword: string;
  logsSessionSecret: string;
};
export type LauncherOptions = {
  env?: Readonly<Record<string, string>>;
  /** A program and arguments that run it elsewhere, such as `ip netns exec …`. */
  within?: readonly string[];
  /** What a person types after `npm start --`. */
  args?: readonly string[];
};

/** Parley as `npm start` runs it: the same script, on ports and with data of its own. */
export class Launcher {
  readonly dataDir: string;
  readonly ports: Readonly<Record<LauncherPort, number>>;
  readonly #child: ChildProcess;
  readonly #output: string[] = [];
  #exitCode: number | undefined;

  /** Resolves when the launcher has printed its ready line. */
  static async start(options: LauncherOptions = {}): Promise<Launcher> {
    const first = await findFreePorts(PORT_NAMES.length + availableParallelism());
    const ports = Object.fromEntries(PORT_NAMES.map((name, index) => [name, first + index]));
    const stack = new Launcher(ports as Record<LauncherPort, number>, options);
    try {
      await waitFor(() => stack.#isReady(), {
        what: 'the launcher to be ready',
        timeoutMs: START_TIMEOUT_MS,
      });
      return stack;
    } catch (error) {
      const output = stack.output;
      await stack.kill();
      throw new Error(`The stack did not start. It said:\n${output}`, { cause: error });
    }
  }

  private constructor(
    ports: Record<LauncherPort, number>,
    { env = {}, within = [], args: given = [] }: LauncherOptions,
  ) {
    this.ports = ports;
    this.dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'parley-test-')));
    // As root, the database runs as another user, who must get through to its own folder in there.
    chmodSync(this.dataDir, 0o711);
    const portVariables = Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [name, String(port)]),
    );
    const inherited = { ...process.env };
    // Jest's own, which the services must not run under.
    delete inherited.NODE_OPTIONS;
    delete inherited.NODE_ENV;
    delete inherited.DATABASE_URL;
    const [program, ...args] = [...within, MODERN_NODE, join(ROOT, 'scripts', 'start.mjs'), ...given];
    this.#child = spawn(program ?? MODERN_NODE, args, {
      cwd: ROOT,
      env: { ...inherited, ...portVariables, PARLEY_DATA_DIR: this.dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that SIGINT reaches it as Ctrl-C in a terminal would.
      detached: true,
    });
    this.#child.stdout?.on('data', (data: Buffer) => this.#output.push(data.toString()));
    this.#child.stderr?.on('data', (data: Buffer) => this.#output.push(data.toString()));
    this.#child.once('exit', (code) => (this.#exitCode = code ?? -1));
  }

  get origin(): string {
    return `http://localhost:${this.ports.PORT}`;
  }

  get output(): string {
    return this.#output.join('');
  }

  /** The process of a service itself; for media the service, not its workers. */
  pid(service: ServiceName): number {
    const name = service === 'ui' ? 'next-server' : `/services/${service}/src/main.ts`;
    const found = this.processes().filter(({ command }) => command.includes(name));
    if (found.length !== 1) throw new Error(`${found.length} processes of ${service} are running`);
    return found[0]!.pid;
  }

  workerPids(): number[] {
    return this.processes()
      .filter(({ command }) => command.includes('mediasoup-worker'))
      .map(({ pid }) => pid)
      .sort((a, b) => a - b);
  }

  processes(): ProcessInfo[] {
    return processTree(this.#child.pid ?? -1);
  }

  get logFolder(): string {
    return join(this.dataDir, 'logs');
  }

  /** The log viewer. */
  get logsOrigin(): string {
    return `http://localhost:${this.ports.LOGS_PORT}`;
  }

  /** The lines of a service, also of those whose process is another's: `browser`. */
  log(service: string): LogLine[] {
    return readLines(readLogFiles(join(this.logFolder, service)));
  }

  /** All that there is of a service: its lines and what it printed. */
  logText(service: string): string {
    return readLogFiles(join(this.logFolder, service)) + this.printed(service);
  }

  /** What a service wrote to standard output and standard error: warnings, and what no logger wrote. */
  printed(service: string): string {
    return readText(join(this.logFolder, `${service}.log`));
  }

  get secrets(): LauncherSecrets {
    return JSON.parse(readFileSync(join(this.dataDir, 'secrets.json'), 'utf8')) as LauncherSecrets;
  }

  /** Ctrl-C, and then a look at what is left: no process, no port, no lock. Throws when something is. */
  async stop(): Promise<void> {
    if (this.#exitCode !== undefined) {
      await this.kill();
      throw new Error(`The launcher had ended by itself (${this.#exitCode}). It said:\n${this.output}`);
    }
    const before = this.processes();
    process.kill(-this.#childPid, 'SIGINT');
    try {
      await waitFor(() => this.#exitCode !== undefined, {
        what: 'the launcher to end',
        timeoutMs: STOP_TIMEOUT_MS,
      });
      const left = await this.#leftovers(before);
      if (this.#exitCode !== 0) left.push(`exit code ${this.#exitCode}`);
      if (left.length > 0)
        throw new Error(`Stopping left behind: ${left.join('; ')}. It said:\n${this.output}`);
    } finally {
      await this.kill();
    }
  }

  /** Ends whatever still runs, without looking. For when something went wrong before. */
  async kill(): Promise<void> {
    const running = () => [...this.processes(), ...processesWithVariable('PARLEY_DATA_DIR', this.dataDir)];
    for (const { pid } of running()) signal(pid, 'SIGKILL');
    await waitFor(() => running().length === 0, { what: 'killed processes to be gone' });
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  get #childPid(): number {
    if (this.#child.pid === undefined) throw new Error('the launcher could not be started');
    return this.#child.pid;
  }

  #isReady(): boolean {
    if (this.#exitCode !== undefined) throw new Error(`the launcher ended with exit code ${this.#exitCode}`);
    return this.output.includes('Parley is ready at ');
  }

  async #leftovers(before: readonly ProcessInfo[]): Promise<string[]> {
    const processes = [...before.filter(isAlive), ...processesWithVariable('PARLEY_DATA_DIR', this.dataDir)];
    const left = processes.map(({ pid, command }) => `process ${pid} ${command}`);
    for (const port of this.#allPorts()) {
      if (!(await isTcpFree(port))) left.push(`TCP port ${port}`);
      if (!(await isUdpFree(port))) left.push(`UDP port ${port}`);
    }
    const lock = await ProcessLock.tryAcquire(`data ${this.dataDir}`);
    if (lock) lock.release();
    else left.push('the lock of the data directory');
    return left;
  }

  #allPorts(): number[] {
    const rtc = Array.from(
      { length: availableParallelism() },
      (_, index) => this.ports.MEDIA_RTC_PORT_BASE + index,
    );
    return [...Object.values(this.ports), ...rtc];
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already.
  }
}
