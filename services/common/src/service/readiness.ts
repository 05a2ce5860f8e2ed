import { EventEmitter } from 'node:events';
import { withDeadline } from '../async/with-deadline.ts';
import type { Logger } from '../logging/logger.ts';

/** Throws or rejects when the part that it looks at does not work. */
export type ReadinessCheck = () => void | Promise<void>;

export type CheckResult = { readonly name: string; readonly ok: boolean };

type Events = {
  /** The service became ready or stopped being ready, as a run of the checks or the stop has shown. */
  changed: [ready: boolean];
};

type ReadinessOptions = {
  checks: Readonly<Record<string, ReadinessCheck>>;
  logger: Logger;
  checkTimeoutMs?: number;
};

const CHECK_TIMEOUT_MS = 2_000;

/** Whether the service can do its work: every check passes and the service is not stopping. */
export class Readiness extends EventEmitter<Events> {
  readonly #options: ReadinessOptions;
  readonly #failing = new Set<string>();
  #running: Promise<CheckResult[]> | undefined;
  #ready: boolean | undefined;
  #stopping = false;

  constructor(options: ReadinessOptions) {
    super();
    this.#options = options;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  /** From now on the service is not ready, so that no new work is sent to it. */
  markStopping(): void {
    this.#stopping = true;
    this.#set(false);
  }

  async isReady(): Promise<boolean> {
    const results = await this.check();
    return !this.#stopping && results.every(({ ok }) => ok);
  }

  /** Runs the checks. Calls that come while they run share the result, so that frequent probes cost no more. */
  check(): Promise<CheckResult[]> {
    this.#running ??= this.#runChecks().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #runChecks(): Promise<CheckResult[]> {
    const checks = Object.entries(this.#options.checks);
    const results = await Promise.all(checks.map(([name, check]) => this.#runCheck(name, check)));
    this.#set(!this.#stopping && results.every(({ ok }) => ok));
    return results;
  }

  async #runCheck(name: string, check: ReadinessCheck): Promise<CheckResult> {
    const { checkTimeoutMs = CHECK_TIMEOUT_MS, logger } = this.#options;
    try {
      await withDeadline(Promise.resolve().then(check), checkTimeoutMs, () => {
        throw new Error(`no answer within ${checkTimeoutMs} ms`);
      });
      if (this.#failing.delete(name)) logger.info({ check: name }, 'readiness check recovered');
      return { name, ok: true };
    } catch (error) {
      // Probes come every second: only the change is worth a line.
      if (!this.#failing.has(name)) logger.warn({ check: name, err: error }, 'readiness check failed');
      this.#failing.add(name);
      return { name, ok: false };
    }
  }

  #set(ready: boolean): void {
    if (this.#ready === ready) return;
    this.#ready = ready;
    this.emit('changed', ready);
  }
}
