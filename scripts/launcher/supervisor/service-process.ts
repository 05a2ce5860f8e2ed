import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { ProcessIdentity, ServiceSpec } from './service-spec.ts';

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
    const [program, ...args] = wrapped(spec);
    this.#child = spawn(program, args, {
      cwd: spec.cwd,
      env: spec.env,
      stdio: ['ignore', logFd, logFd],
      // The terminal's Ctrl-C must reach the launcher only, which stops its services in order.
      detached: true,
      // Without setpriv, Node changes the user itself.
      ...(!existsSync(SETPRIV) && userOf(spec)),
    });
    this.exited = this.#watchExit();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get hasExited(): boolean {
    return this.#hasExited;
  }

  /** Sends the signal to the process alone, which stops its own children. */
  signal(signal: NodeJS.Signals): void {
    if (!this.#hasExited) this.#child.kill(signal);
  }

  /** Kills the process and all its children. */
  kill(): void {
    if (!this.#hasExited) this.#killGroup();
  }

  /**
   * After the last process of a group has ended, the system may give the number of the group to other processes.
   * Never call this after `#hasExited` is set.
   */
  #killGroup(): void {
    if (this.pid === undefined) return;
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // The whole group has ended already.
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
      // A later error means that a signal could not be sent. It is no exit.
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
 * The command of a service with `setpriv` in front: the kernel sends the stop signal if the launcher ends without
 * stopping the service, as after `kill -9`. A process of another user never gets rights back, by whatever program it runs.
 */
function wrapped(spec: ServiceSpec): readonly [string, ...string[]] {
  if (!existsSync(SETPRIV)) return spec.command;
  const user = spec.identity ? userOptions(spec.identity) : [];
  return [SETPRIV, '--pdeathsig', spec.stopSignal.replace('SIG', ''), ...user, ...spec.command];
}

function userOptions({ uid, gid, groups = [], mayUseLowPorts = false }: ProcessIdentity): string[] {
  const others = groups.length > 0 ? ['--groups', groups.join(',')] : ['--clear-groups'];
  const lowPorts = mayUseLowPorts
    ? ['--inh-caps', '+net_bind_service', '--ambient-caps', '+net_bind_service']
    : [];
  return ['--reuid', String(uid), '--regid', String(gid), ...others, ...lowPorts, '--no-new-privs'];
}

function userOf({ identity }: ServiceSpec): { uid: number; gid: number } | undefined {
  return identity && { uid: identity.uid, gid: identity.gid };
}
