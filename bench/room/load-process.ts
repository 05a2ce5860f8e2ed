import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { cpuNanoseconds, end, LOAD_CORE } from '../processes.ts';
import type { CommandName, Commands, Outcome } from './load/commands.ts';

/** A thousand people come one after the other. */
const PATIENCE_MS = 300_000;

type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void };

/** The people of a measurement, in a process on a core of their own. It ends with this process. */
export class LoadProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #ended: Error | undefined;

  constructor() {
    const program = join(ROOT, 'bench', 'room', 'load', 'main.ts');
    const command = [process.execPath, '--disable-warning=ExperimentalWarning', program];
    this.#child = spawn('taskset', ['-c', LOAD_CORE, ...command], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('message', (outcome) => this.#settle(outcome as Outcome));
    this.#child.once('exit', () => this.#fail(new Error('the load has ended')));
    this.#child.once('error', (error) => this.#fail(error));
  }

  async ask<N extends CommandName>(
    name: N,
    question: Commands[N]['question'],
  ): Promise<Commands[N]['answer']> {
    if (this.#ended) throw this.#ended;
    const id = (this.#asked += 1);
    let timer: NodeJS.Timeout | undefined;
    try {
      return (await new Promise<unknown>((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`the load did not answer ${name}`)), PATIENCE_MS);
        this.#waiting.set(id, { resolve, reject });
        this.#child.send({ id, name, question }, (error) => error && reject(error));
      })) as Commands[N]['answer'];
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** CPU time so far, in nanoseconds. */
  cpu(): number {
    return cpuNanoseconds(this.#child);
  }

  async stop(): Promise<void> {
    await end(this.#child, 'SIGKILL');
  }

  #settle(outcome: Outcome): void {
    const waiting = this.#waiting.get(outcome.id);
    if ('error' in outcome) waiting?.reject(new Error(`the load failed: ${outcome.error}`));
    else waiting?.resolve(outcome.answer);
  }

  #fail(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
  }
}
