import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceSpec } from '../supervisor/service-spec.ts';

const NAME = 'running.json';
/** The variables of Parley. The other variables of a service do not go into the file. */
const OURS =
  /^(?:PARLEY|MEDIA|MEDIASOUP|SIGNALING|GATEWAY|UI|LOGS?|INTERNAL|JOIN|IDENTITY|ACCOUNTS|DATABASE|REDIS|CONSUL|TURN|STUN|FILES|ALLOWED|ADVERTISE|INSTANCE)_/;

/**
 * What a running launcher publishes for other programs on this machine, such as the doctor: the address that people
 * open, and the variables of the services.
 */
export interface Running {
  readonly pid: number;
  readonly origin: string;
  readonly services: readonly { readonly name: string; readonly env: NodeJS.ProcessEnv }[];
  /** The last replacement of the services, if there was one. */
  readonly replacement?: Replacement;
}

export interface Replacement {
  /** Counts from 1. */
  readonly number: number;
  /** Why it ended early, in words. */
  readonly problem: string | null;
}

/** A file in the data directory while the system runs. It holds secrets, so only its owner may read it. */
export class RunningFile {
  readonly #path: string;
  #running: Running;

  static write(dataDir: string, origin: string, table: readonly ServiceSpec[]): RunningFile {
    const path = join(dataDir, NAME);
    const services = table.map(({ name, env }) => ({ name, env: ownOf(env) }));
    const file = new RunningFile(path, { pid: process.pid, origin, services });
    file.#write();
    return file;
  }

  private constructor(path: string, running: Running) {
    this.#path = path;
    this.#running = running;
  }

  /** Says that the services were replaced, or why not all of them. */
  noteReplacement(problem: string | null): void {
    const number = (this.#running.replacement?.number ?? 0) + 1;
    this.#running = { ...this.#running, replacement: { number, problem } };
    this.#write();
  }

  close(): void {
    rmSync(this.#path, { force: true });
  }

  #write(): void {
    // Readers see the file of before or the new one, and never a part.
    const next = `${this.#path}.next`;
    rmSync(next, { force: true });
    writeFileSync(next, `${JSON.stringify(this.#running, null, 2)}\n`, { mode: 0o600 });
    renameSync(next, this.#path);
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
