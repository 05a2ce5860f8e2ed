import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceSpec } from '../supervisor/service-spec.ts';

const NAME = 'running.json';
/** The variables of Parley. The other variables of a service do not go into the file. */
const OURS =
  /^(?:PARLEY|MEDIA|MEDIASOUP|SIGNALING|GATEWAY|UI|LOGS?|INTERNAL|JOIN|IDENTITY|ACCOUNTS|DATABASE|REDIS|CONSUL|TURN|STUN|ALLOWED|ADVERTISE|INSTANCE)_/;

/**
 * What a running launcher publishes for other programs on this machine, such as the doctor: the address that people
 * open, and the variables of the services.
 */
export interface Running {
  readonly pid: number;
  readonly origin: string;
  readonly services: readonly { readonly name: string; readonly env: NodeJS.ProcessEnv }[];
}

/** A file in the data directory while the system runs. It holds secrets, so only its owner may read it. */
export class RunningFile {
  readonly #path: string;

  static write(dataDir: string, origin: string, table: readonly ServiceSpec[]): RunningFile {
    const path = join(dataDir, NAME);
    const services = table.map(({ name, env }) => ({ name, env: ownOf(env) }));
    const running: Running = { pid: process.pid, origin, services };
    rmSync(path, { force: true });
    writeFileSync(path, `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
    return new RunningFile(path);
  }

  private constructor(path: string) {
    this.#path = path;
  }

  close(): void {
    rmSync(this.#path, { force: true });
  }
}

/** `undefined` if no launcher runs with this data directory. */
export function readRunning(dataDir: string): Running | undefined {
  try {
    const running = JSON.parse(readFileSync(join(dataDir, NAME), 'utf8')) as Running;
    process.kill(running.pid, 0);
    return running;
  } catch {
    return undefined;
  }
}

function ownOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => OURS.test(name)));
}
