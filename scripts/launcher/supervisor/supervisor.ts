import { availableParallelism } from 'node:os';
import { explain } from '../../lib/bootstrap-error.mjs';
import { seconds } from '../../lib/steps.mjs';
import type { Steps } from '../../lib/steps.mjs';
import { LaunchError } from '../base/launch-error.ts';
import { ManagedService } from './managed-service.ts';
import { RestartTurns } from './restart-turns.ts';
import type { ServiceSpec } from './service-spec.ts';

const STOP_ALL_WITHIN_MS = 4_000;
const STOP_ONE_WITHIN_MS = 2_000;
/** Kept for the service that started first: a database that is killed has to recover at its next start. */
const STOP_FIRST_WITHIN_MS = 1_000;
const NAME_WIDTH = 10;
const ROTATE_LOGS_EVERY_MS = 30_000;

/**
 * Runs a table of services: starts each one when the services that it needs are ready, and stops all in reverse
 * order.
 */
export class Supervisor {
  readonly #services: readonly ManagedService[];
  readonly #steps: Steps;
  readonly #rotation: NodeJS.Timeout;
  #stopped: Promise<void> | undefined;

  constructor(table: readonly ServiceSpec[], logFolder: string, steps: Steps) {
    this.#steps = steps;
    // One core is left to what still runs.
    const turns = new RestartTurns(Math.max(1, availableParallelism() - 1));
    this.#services = table.map((spec) => {
      const service = new ManagedService(spec, logFolder, turns);
      this.#handleService(service);
      return service;
    });
    this.#rotation = setInterval(() => this.#rotateLogs(), ROTATE_LOGS_EVERY_MS).unref();
  }

  /** The process ids of the running services, by name. */
  get pids(): ReadonlyMap<string, number> {
    const running = this.#services.flatMap(({ spec, pid }) =>
      pid === undefined ? [] : [[spec.name, pid] as const],
    );
    return new Map(running);
  }

  /** Resolves when every service is ready. Throws the LaunchError of the first service that cannot start. */
  async start(): Promise<void> {
    if (this.#stopped) throw new Error('supervisor stopped');
    const ready = new Map<string, Promise<void>>();
    for (const service of this.#services) {
      const needed = service.spec.after.map((name) => ready.get(name) ?? unknownService(service.spec, name));
      const started = Promise.all(needed).then(() => this.#startOne(service));
      // `Promise.all` below reports a failure. Without a handler here, Node would end the process for a rejection
      // that is not handled yet.
      started.catch(() => {});
      ready.set(service.spec.name, started);
    }
    await Promise.all(ready.values());
  }

  /**
   * Replaces each service that runs from our sources by a new process, one after the other. Throws the LaunchError of the first one that is not ready
   * again, and leaves the later ones as they are.
   */
  async replaceOurs(renewed: (spec: ServiceSpec) => ServiceSpec, withinMs: number): Promise<void> {
    for (const service of this.#services)
      if (service.spec.isOurs) await service.replace(renewed(service.spec), withinMs);
  }

  /** Stops every service within five seconds, also during the start. Idempotent. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #startOne(service: ManagedService): Promise<void> {
    if (this.#stopped) throw new LaunchError('Stopped while starting.');
    await service.start();
  }

  #rotateLogs(): void {
    try {
      for (const service of this.#services) service.rotateLog();
    } catch (error) {
      this.#steps.say(`  A log could not be rotated: ${explain(error)}`);
    }
  }

  async #stopAll(): Promise<void> {
    clearInterval(this.#rotation);
    const deadline = performance.now() + STOP_ALL_WITHIN_MS;
    for (const service of this.#services.toReversed()) {
      const kept = service === this.#services[0] ? 0 : STOP_FIRST_WITHIN_MS;
      const left = Math.max(0, deadline - kept - performance.now());
      await service.stop(Math.min(STOP_ONE_WITHIN_MS, left));
    }
  }

  #handleService(service: ManagedService): void {
    const name = service.spec.name.padEnd(NAME_WIDTH);
    service.on('ready', (tookMs, isRestart) => {
      const word = isRestart ? 'ready again' : 'ready';
      this.#steps.say(`  ${name} ${word} in ${seconds(tookMs).padEnd(6)} ${service.spec.address}`);
    });
    service.on('died', (reason, lastLines, retryInMs) => {
      this.#steps.say(`  ${name} stopped (${reason}); starting it again in ${seconds(retryInMs)}`);
      for (const line of lastLines) this.#steps.say(`    ${line}`);
    });
  }
}

function unknownService(spec: ServiceSpec, name: string): never {
  throw new Error(`service ${spec.name} waits for "${name}", which does not come before it in the table`);
}
