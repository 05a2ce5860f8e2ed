import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, waitFor } from '@parley/common/testing';
import { MODERN_NODE, ROOT } from '../../../scripts/lib/paths.mjs';
import { isTcpFree } from '../machine/free-ports.ts';
import { processesWithVariable, type ProcessInfo } from '../machine/processes.ts';
import { Program } from '../machine/program.ts';
import { SystemProcess } from './system-process.ts';

const START_TIMEOUT_MS = 240_000;
const STOP_WITHIN_MS = 10_000;
const REPLACE_TIMEOUT_MS = 400_000;

/** The stack prints one line for each of these, with its address. */
const PRINTED = ['edge', 'prometheus', 'logs', 'consul'] as const;
const PORT_NAMES = ['PORT', 'HTTPS_PORT', 'PROMETHEUS_PORT', 'LOGS_PORT'] as const;

export type PrintedName = (typeof PRINTED)[number];

type Service = { name: string; env: Record<string, string | undefined> };

/** Free ports for a stack, by the names of their variables. It finds the others itself. */
export async function stackPorts(): Promise<Record<string, string>> {
  const first = await freePorts(PORT_NAMES.length);
  return Object.fromEntries(PORT_NAMES.map((name, index) => [name, String(first + index)]));
}

/** The stack as `npm run stack` runs it: the same script, with data of its own. */
export class Stack {
  readonly #system: SystemProcess;

  static async start(
    env: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
  ): Promise<Stack> {
    const stack = new Stack({ ...(await stackPorts()), ...env }, args);
    const isReady = (): boolean =>
      PRINTED.every((of) => new RegExp(`^${of}: \\S+\\n`, 'm').test(stack.output));
    try {
      await stack.#system.program.waitUntilReady(isReady, START_TIMEOUT_MS);
      return stack;
    } catch (error) {
      await stack.kill();
      throw error;
    }
  }

  private constructor(env: Readonly<Record<string, string>>, args: readonly string[]) {
    this.#system = new SystemProcess('stack.mjs', { env, args });
  }

  get dataDir(): string {
    return this.#system.dataDir;
  }

  get output(): string {
    return this.#system.program.output;
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

  /** How often the stack has printed that this service is ready again. */
  restarts(service: string): number {
    return [...this.output.matchAll(new RegExp(`^ +${service} +ready again`, 'gm'))].length;
  }

  /** Kills a service and waits until the stack prints that it is ready again. */
  async killAndAwait(service: string, command: string): Promise<void> {
    const before = this.restarts(service);
    this.signalService(command, 'SIGKILL');
    await this.awaitRestart(service, before);
  }

  /** Replaces the services by the command that operators use. */
  async replace(): Promise<void> {
    const command = [MODERN_NODE, join(ROOT, 'scripts', 'stack.mjs'), '--replace'];
    const env = { ...process.env, PARLEY_DATA_DIR: this.dataDir, NODE_OPTIONS: undefined };
    const program = new Program('the replacement', command, { env, cwd: ROOT });
    await waitFor(() => program.exitCode !== undefined, {
      what: 'the replacement to end',
      timeoutMs: REPLACE_TIMEOUT_MS,
    });
    if (program.exitCode !== 0) throw new Error(`The replacement failed. It printed:\n${program.output}`);
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

  /** The process of one of several instances, by a variable that no other process has. */
  instancePid(name: string, value: string): number {
    const found = processesWithVariable(name, value).find(({ command }) => command.includes('/src/main.ts'));
    if (!found) throw new Error(`no process has ${name}=${value}`);
    return found.pid;
  }

  processes(): ProcessInfo[] {
    return this.#system.processes();
  }

  /** Ends it as Ctrl-C does. Throws when a process, a port or a file outside of `stack/` in the data directory is left. */
  stop(): Promise<void> {
    const ports = PRINTED.map((of) => Number(new URL(this.url(of)).port));
    const strangers = readdirSync(this.dataDir).filter((name) => name !== 'stack');
    return this.#system.stop(STOP_WITHIN_MS, async () => {
      const left = [...strangers];
      for (const port of ports) if (!(await isTcpFree(port))) left.push(`port ${port}`);
      return left;
    });
  }

  /** Ends whatever still runs. Checks nothing: for when something went wrong before. */
  kill(): Promise<void> {
    return this.#system.kill();
  }
}
