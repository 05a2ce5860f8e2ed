import type { Logger } from '../logging/logger.ts';

/** A second signal within this time is the first signal, received by another way. */
const REPEATED_SIGNAL_MS = 300;

type Step = { name: string; stop: () => void | Promise<void> };

/** Ends the process in order: the steps in reverse, within a deadline, then exit. */
export class Shutdown {
  readonly #logger: Logger;
  #deadlineMs: number;
  readonly #steps: Step[] = [];
  readonly #startup = Promise.withResolvers<void>();
  #stopping: Promise<void> | undefined;
  #firstSignalAt: number | undefined;

  constructor(logger: Logger, deadlineMs: number) {
    this.#logger = logger;
    this.#deadlineMs = deadlineMs;
  }

  get stopping(): boolean {
    return this.#stopping !== undefined;
  }

  /** Wires the process. The second signal kills at once. */
  listen(): void {
    process.on('SIGINT', () => this.#signalled('SIGINT', 130));
    process.on('SIGTERM', () => this.#signalled('SIGTERM', 143));
    if (process.connected) process.on('disconnect', () => void this.#stopAfterStart('launcher gone'));
    process.on('uncaughtException', (error) => this.#crash(error, 'uncaught exception'));
    process.on('unhandledRejection', (error) => this.#crash(error, 'unhandled rejection'));
  }

  add(name: string, stop: () => void | Promise<void>, allowanceMs = 0): void {
    this.#deadlineMs += allowanceMs;
    this.#steps.push({ name, stop });
  }

  /** The start has ended. A stop that was requested meanwhile begins now. */
  started(): void {
    this.#startup.resolve();
  }

  stop(reason: string, exitCode: number): Promise<void> {
    this.#startup.resolve();
    this.#stopping ??= this.#run(reason, exitCode);
    return this.#stopping;
  }

  #signalled(signal: string, exitCode: number): void {
    const now = performance.now();
    this.#firstSignalAt ??= now;
    if (this.#stopping !== undefined) {
      // Ctrl-C reaches the whole terminal group, and a parent such as `node --watch` passes it on as well.
      if (now - this.#firstSignalAt < REPEATED_SIGNAL_MS) return;
      this.#logger.warn({ signal }, 'second signal, stopping at once');
      process.exit(exitCode);
    }
    void this.#stopAfterStart(signal);
  }

  #stopAfterStart(reason: string): Promise<void> {
    this.#stopping ??= this.#run(reason, 0);
    return this.#stopping;
  }

  async #run(reason: string, exitCode: number): Promise<void> {
    this.#logger.info({ reason }, 'service stopping');
    setTimeout(() => {
      this.#logger.error({ deadlineMs: this.#deadlineMs }, 'service did not stop in time');
      process.exit(1);
    }, this.#deadlineMs).unref();
    await this.#startup.promise;
    for (const step of this.#steps.toReversed()) await this.#undo(step);
    this.#logger.info('service stopped');
    process.exit(exitCode);
  }

  async #undo(step: Step): Promise<void> {
    try {
      await step.stop();
    } catch (error) {
      this.#logger.error({ step: step.name, err: error }, 'stop step failed');
    }
  }

  #crash(error: unknown, what: string): void {
    this.#logger.fatal({ err: error, what }, 'service crashed');
    process.exit(1);
  }
}
