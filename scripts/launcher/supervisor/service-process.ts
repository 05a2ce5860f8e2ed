import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { ServiceSpec } from './service-spec.ts';

const SETPRIV = '/usr/bin/setpriv';

/** How a process ended: "exit code 1" or "signal SIGKILL" or why it could not be started. */
export interface ServiceExit {
  readonly code: number | undefined;
  readonly reason: string;
}

/** One run of a service, from its start to its end. It leads a process group of its own. */
export class ServiceProcess {
  readonly exited: Promise<ServiceExit>;
  readonly #child: ChildProcess;
  #hasExited = false;

  constructor(spec: ServiceSpec, logFd: number) {
    const [program, ...args] = tiedToUs(spec);
    this.#child = spawn(program, args, {
      cwd: spec.cwd,
      env: spec.env,
      stdio: ['ignore', logFd, logFd],
      // The terminal's Ctrl-C must reach the launcher only, which stops its services in order.
      detached: true,
      ...spec.identity,
    });
    this.exited = this.#watchExit();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get hasExited(): boolean {
    return this.#hasExited;
  }

  /** Asks the process itself; what it started is its own to stop. */
  signal(signal: NodeJS.Signals): void {
    if (!this.#hasExited) this.#child.kill(signal);
  }

  /** Ends the process and all that it started, at once. */
  kill(): void {
    if (!this.#hasExited) this.#killGroup();
  }

  /**
   * The group's number is ours only while the process lives, or something that it started and left
   * behind; later the system may give it to a stranger. So this is never done after the exit.
   */
  #killGroup(): void {
    if (this.pid === undefined) return;
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // The whole group is gone already.
    }
  }

  #watchExit(): Promise<ServiceExit> {
    return new Promise((resolve) => {
      const finish = (exit: ServiceExit): void => {
        if (this.#hasExited) return;
        this.#killGroup();
        this.#hasExited = true;
        resolve(exit);
      };
      // Later errors tell of a signal that could not be sent, not of an end.
      this.#child.on('error', (error) => {
        if (this.pid === undefined) finish({ code: undefined, reason: error.message });
      });
      this.#child.once('exit', (code, signal) =>
        finish({ code: code ?? undefined, reason: signal ? `signal ${signal}` : `exit code ${code}` }),
      );
    });
  }
}

/**
 * Lets the kernel ask the process to end when the launcher is gone without having stopped it, as
 * after `kill -9`.
 */
function tiedToUs(spec: ServiceSpec): readonly [string, ...string[]] {
  if (!existsSync(SETPRIV)) return spec.command;
  return [SETPRIV, '--pdeathsig', spec.stopSignal.replace('SIG', ''), ...spec.command];
}
