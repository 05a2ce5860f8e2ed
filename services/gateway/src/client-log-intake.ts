import type { TokenBucket } from '@parley/common/limits';
import type { Logger } from '@parley/common/logging';
import { ParleyError, type ClientLogs } from '@parley/proto';

/** A browser's clock is right when what it sent seems to have travelled for no longer than this, and no less than 0. */
const TRAVEL_MAX_MS = 2_000;
/** What waited longer in a browser is logged as if it had happened then. */
const AGE_MAX_MS = 60 * 60 * 1000;

type ClientLogIntakeOptions = {
  /** Of the service `browser`; takes the time from each line. */
  logger: Logger;
  /** Lines of all browsers together; undefined lifts it. */
  limit: TokenBucket | undefined;
  now?: () => number;
};

/** Writes what browsers tell as log lines of the service `browser`. */
export class ClientLogIntake {
  readonly #options: ClientLogIntakeOptions;

  constructor(options: ClientLogIntakeOptions) {
    this.#options = options;
  }

  /** Throws `rate_limited`; nothing was written then. */
  write({ sentAt, lines }: ClientLogs): void {
    const { logger, limit } = this.#options;
    if (limit?.take(lines.length) === false) throw new ParleyError('rate_limited');
    const now = this.#options.now?.() ?? Date.now();
    for (const { time, level, message, fields: data, ...ids } of lines) {
      const happenedAt = new Date(correctTime(time, sentAt, now)).toISOString();
      logger[level]({ time: happenedAt, ...ids, data }, message);
    }
  }
}

/**
 * When something happened by our clock. A browser whose clock is right is believed to the millisecond, so that a join
 * begins with the browser; where it is wrong only the time between happening and sending counts.
 */
export function correctTime(time: number, sentAt: number, now: number): number {
  const travelled = now - sentAt;
  const isClockRight = travelled >= 0 && travelled <= TRAVEL_MAX_MS;
  const corrected = isClockRight ? time : time + travelled;
  return Math.min(now, Math.max(now - AGE_MAX_MS, corrected));
}
