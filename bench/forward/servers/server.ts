import { spawn, type ChildProcess } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { cpuNanoseconds, end, isWorker, SERVER_CORE } from '../../processes.ts';

/** CPU time so far, in nanoseconds. A server without workers has it all in its service. */
export type ServerCpu = { service: number; worker: number };

/** A server that forwards packets, on a core of its own. */
export class ForwardingServer {
  /** What the load has to know, besides the name of the server. */
  readonly forLoad: readonly string[];
  readonly #process: ChildProcess;
  readonly #afterwards: () => void;

  constructor(process: ChildProcess, forLoad: readonly string[], afterwards: () => void = () => undefined) {
    this.#process = process;
    this.forLoad = forLoad;
    this.#afterwards = afterwards;
  }

  cpu(): ServerCpu {
    return {
      service: cpuNanoseconds(this.#process, (command) => !isWorker(command)),
      worker: cpuNanoseconds(this.#process, isWorker),
    };
  }

  /** At once: Janus closes its connections before it ends, and takes minutes for a hundred of them. */
  async stop(): Promise<void> {
    await end(this.#process, 'SIGKILL');
    this.#afterwards();
  }
}

/** Ends the server with the benchmark, also if that is killed. */
const WITH_PARENT = ['setpriv', '--pdeathsig', 'KILL'];

/** Starts a program on the core of servers. */
export function spawnServer(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  print: 'pipe' | 'ignore',
): ChildProcess {
  return spawn('taskset', ['-c', SERVER_CORE, ...WITH_PARENT, ...command], {
    env,
    stdio: ['ignore', print, 'inherit'],
  });
}

/** The address on which all servers of the comparison take media: Janus knows none of loopback. */
export function mediaAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((of) => of ?? []);
  const found = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  return found?.address ?? '127.0.0.1';
}
