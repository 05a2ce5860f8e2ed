import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { restartDelayMs, STABLE_AFTER_MS } from './restart-delay.ts';
import type { RestartTurns } from './restart-turns.ts';
import { LaunchError } from '../base/launch-error.ts';
import { ServiceLog } from './service-log.ts';
import { ServiceProcess } from './service-process.ts';
import type { ServiceExit } from './service-process.ts';
import type { ServiceSpec } from './service-spec.ts';

const READY_TIMEOUT_MS = 60_000;
const READY_POLL_MS = 40;
const FIRST_START_ATTEMPTS = 3;

/** The sysexits code for a configuration that cannot work: trying again is of no use. */
const EXIT_CODE_CONFIG = 78;

export interface ManagedServiceEvents {
  /** The service answers. `isRestart` is false for the first time. */
  ready: [tookMs: number, isRestart: boolean];
  died: [reason: string, lastLines: readonly string[], retryInMs: number];
}

/** Keeps one service running: starts it, watches it, restarts it with growing delays, and stops it. */
export class ManagedService extends EventEmitter<ManagedServiceEvents> {
  readonly #log: ServiceLog;
  readonly #turns: RestartTurns;
  readonly #stopping = new AbortController();
  #spec: ServiceSpec;
  #process: ServiceProcess | undefined;
  #hasBeenReady = false;
  #failures = 0;
  /** From the order to end until the next process is ready. */
  #isReplacing = false;

  /** @param turns Those of all services of this machine. */
  constructor(spec: ServiceSpec, logFolder: string, turns: RestartTurns) {
    super();
    this.#spec = spec;
    this.#turns = turns;
    this.#log = new ServiceLog(logFolder, spec.name);
  }

  get spec(): ServiceSpec {
    return this.#spec;
  }

  get pid(): number | undefined {
    return this.#process?.hasExited === false ? this.#process.pid : undefined;
  }

  /** Resolves when the service is ready for the first time. Throws a LaunchError if the service cannot start. */
  async start(): Promise<void> {
    if (this.#process || this.#isStopping) throw new Error(`service ${this.spec.name} was started already`);
    let run = await this.#run();
    while (run.exit) {
      this.#assertNotStopping();
      this.#failures += 1;
      if (this.#failures >= FIRST_START_ATTEMPTS || run.exit.code === EXIT_CODE_CONFIG)
        throw this.#neverReady(run.exit);
      await this.#pauseAfter(run.exit);
      this.#assertNotStopping();
      run = await this.#run();
    }
    void this.#keepRunning(run.process);
  }

  /**
   * Ends the process in order, and resolves when the next one is ready, which follows this spec. Kills it if it still runs after `withinMs`. Throws a
   * LaunchError if the next one is not ready.
   */
  async replace(spec: ServiceSpec, withinMs: number): Promise<void> {
    const process = this.#process;
    if (!process || process.hasExited) throw new LaunchError(`${this.spec.name} does not run.`);
    this.#spec = spec;
    this.#isReplacing = true;
    process.signal(this.spec.stopSignal);
    await Promise.race([process.exited, delay(withinMs, undefined, { ref: false })]);
    process.kill();
    const isAnother = (): boolean => this.#process !== undefined && this.#process !== process;
    while (this.#isReplacing && !this.#isStopping && !(isAnother() && this.#process?.hasExited))
      await delay(READY_POLL_MS);
    if (!this.#isReplacing) return;
    this.#isReplacing = false;
    throw new LaunchError(`${this.spec.name} is not ready again. Its log: ${this.#log.path}`);
  }

  /** Moves a large log aside, so that logs do not fill the disk. */
  rotateLog(): void {
    this.#log.rotate();
  }

  /** Asks the process to end. Kills it with all its children if it still runs after `withinMs`. */
  async stop(withinMs: number): Promise<void> {
    this.#stopping.abort();
    const process = this.#process;
    if (process && !process.hasExited) {
      process.signal(this.spec.stopSignal);
      await Promise.race([process.exited, delay(withinMs, undefined, { ref: false })]);
    }
    process?.kill();
    await process?.exited;
    this.#log.close();
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  #assertNotStopping(): void {
    if (this.#isStopping) throw new LaunchError(`${this.spec.name} was stopped before it was ready.`);
  }

  /** Starts one process and waits until it is ready or has ended. */
  async #run(): Promise<{ process: ServiceProcess; exit?: ServiceExit }> {
    const startedAt = performance.now();
    const process = new ServiceProcess(this.spec, this.#log.open());
    this.#process = process;
    const ready = await this.#waitUntilReady(process);
    if (!ready) return { process, exit: await this.#endOf(process) };
    this.emit('ready', performance.now() - startedAt, this.#hasBeenReady);
    this.#hasBeenReady = true;
    this.#isReplacing = false;
    return { process };
  }

  async #waitUntilReady(process: ServiceProcess): Promise<boolean> {
    const deadline = performance.now() + READY_TIMEOUT_MS;
    while (!process.hasExited && performance.now() < deadline) {
      if (process.pid !== undefined && (await this.spec.isReady(process.pid))) return !process.hasExited;
      await Promise.race([process.exited, delay(READY_POLL_MS)]);
    }
    return false;
  }

  async #endOf(process: ServiceProcess): Promise<ServiceExit> {
    if (process.hasExited) return await process.exited;
    process.kill();
    await process.exited;
    return { code: undefined, reason: `not ready within ${READY_TIMEOUT_MS / 1000} s` };
  }

  async #keepRunning(first: ServiceProcess): Promise<void> {
    let run: { process: ServiceProcess; exit?: ServiceExit } = { process: first };
    this.#failures = 0;
    while (!this.#isStopping) {
      const readyAt = performance.now();
      const exit = run.exit ?? (await run.process.exited);
      if (this.#isStopping) return;
      this.#failures = performance.now() - readyAt > STABLE_AFTER_MS ? 1 : this.#failures + 1;
      // The process ended because it was asked to.
      if (!this.#isReplacing || run.exit) await this.#pauseAfter(exit);
      if (this.#isStopping) return;
      // What our services need is small, and they wait for it: it starts at once.
      const { name, isOurs = false, isAwaited = false } = this.spec;
      const kind = name.replace(/-\d+$/, '');
      // One that is replaced is the only one.
      const endTurn =
        isOurs && !this.#isReplacing ? await this.#turns.take({ kind, isAwaited }) : () => undefined;
      if (this.#isStopping) return endTurn();
      run = await this.#run().finally(endTurn);
    }
  }

  async #pauseAfter(exit: ServiceExit): Promise<void> {
    const retryInMs = restartDelayMs(this.#failures);
    // If the service has never been ready, #neverReady() reports its lines, once, at the end.
    this.emit('died', exit.reason, this.#hasBeenReady ? this.#log.tail() : [], retryInMs);
    await delay(retryInMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }

  #neverReady(exit: ServiceExit): LaunchError {
    const lines = this.#log.tail().map((line) => `  ${line}`);
    return new LaunchError(
      [
        `${this.spec.name} does not start (${exit.reason}).`,
        ...lines,
        `  All of its log: ${this.#log.path}`,
      ].join('\n'),
    );
  }
}
