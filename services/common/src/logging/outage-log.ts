import type { Logger } from './logger.ts';

const REMINDER_MS = 60_000;

type OutageLogOptions = {
  /** What did not work, as a constant message. */
  message: string;
  logger: Logger;
  /** How often a failure that goes on has a line. */
  reminderMs?: number;
};

/**
 * The lines of work that is tried again and again, and fails each time while a store is away: one for the first failure, one a minute with
 * the number of failures, and one for the end.
 */
export class OutageLog {
  readonly #options: OutageLogOptions;
  #failures = 0;
  #loggedAt = 0;

  constructor(options: OutageLogOptions) {
    this.#options = options;
  }

  failed(error: unknown): void {
    const { message, logger, reminderMs = REMINDER_MS } = this.#options;
    this.#failures += 1;
    const now = performance.now();
    if (this.#failures > 1 && now - this.#loggedAt < reminderMs) return;
    this.#loggedAt = now;
    logger.warn({ err: error, failures: this.#failures }, message);
  }

  worked(): void {
    if (this.#failures === 0) return;
    const { message, logger } = this.#options;
    logger.info({ failures: this.#failures, failure: message }, 'works again');
    this.#failures = 0;
  }
}
