import { spawn, type ChildProcess } from 'node:child_process';
import { waitFor } from '@parley/common/testing';

const READY_TIMEOUT_MS = 30_000;
/** The exit code of a program that a signal ended, or that could not be started. */
const NO_EXIT_CODE = -1;

export type ProgramOptions = {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** Whether it leads a process group: signals then reach everything that it started, as Ctrl-C in a terminal does. */
  ownGroup?: boolean;
};

/** A program that a test runs. Keeps what it prints to standard output and standard error. */
export class Program {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #ownGroup: boolean;
  readonly #output: string[] = [];
  #exitCode: number | undefined;

  /** @param name How errors call it. */
  constructor(name: string, command: readonly string[], { env, cwd, ownGroup = false }: ProgramOptions) {
    const [program = '', ...args] = command;
    this.#name = name;
    this.#ownGroup = ownGroup;
    this.#child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: ownGroup });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (data: Buffer) => this.#output.push(data.toString()));
    this.#child.once('exit', (code) => (this.#exitCode = code ?? NO_EXIT_CODE));
    this.#child.once('error', () => (this.#exitCode = NO_EXIT_CODE));
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`${this.#name} could not be started`);
    return this.#child.pid;
  }

  get output(): string {
    return this.#output.join('');
  }

  /** Undefined while it runs. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  /** Throws, with what the program printed, if it ends before it is ready or takes too long. */
  async waitUntilReady(
    isReady: () => boolean | Promise<boolean>,
    timeoutMs = READY_TIMEOUT_MS,
  ): Promise<void> {
    const hasEnded = (): boolean => this.#exitCode !== undefined;
    try {
      await waitFor(async () => hasEnded() || (await isReady()), {
        what: `${this.#name} to be ready`,
        timeoutMs,
      });
      if (hasEnded()) throw new Error(`It ended with exit code ${this.#exitCode}.`);
    } catch (error) {
      throw new Error(`${this.#name} did not start. It printed:\n${this.output}`, { cause: error });
    }
  }

  signal(name: NodeJS.Signals): void {
    if (this.#exitCode === undefined) process.kill(this.#ownGroup ? -this.pid : this.pid, name);
  }

  /** Sends a signal and waits for the end. Without effect after the end. */
  async end(name: NodeJS.Signals): Promise<void> {
    this.signal(name);
    await waitFor(() => this.#exitCode !== undefined, { what: `${this.#name} to end` });
  }
}
