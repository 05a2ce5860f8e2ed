import type { RateLimiter } from '@parley/common/limits';
import type { Logger } from '@parley/common/logging';
import { ParleyError, type ClientLogs, type TraceId } from '@parley/proto';

/** A browser's clock counts as right if its request seems to have taken between 0 and this many milliseconds. */
const TRAVEL_MAX_MS = 2_000;
/** A line that waited longer in the browser is logged with this age. */
const AGE_MAX_MS = 60 * 60 * 1000;

type ClientLogIntakeOptions = {
  /** Of the service `browser`. Each line brings its own time. */
  logger: Logger;
  /** Limits the lines of each address, and of all browsers together; undefined for no limit. */
  limiter: RateLimiter | undefined;
  now?: () => number;
};

/** Writes the log lines that browsers send as lines of the service `browser`. */
export class ClientLogIntake {
  readonly #options: ClientLogIntakeOptions;

  constructor(options: ClientLogIntakeOptions) {
    this.#options = options;
  }

  /**
   * Writes lines of one call, whose trace its pass has proven. Lines without a trace become lines of the call.
   *
   * @throws ParleyError `rate_limited`, or `invalid_request` for a line of another trace. None of the lines is then written.
   */
  write({ sentAt, lines }: ClientLogs, traceId: TraceId, address: string): void {
    const { logger, limiter } = this.#options;
    if (lines.some((line) => line.traceId !== undefined && line.traceId !== traceId))
      throw new ParleyError('invalid_request');
    if (limiter !== undefined && limiter.take(address, lines.length) > 0)
      throw new ParleyError('rate_limited');
    const now = this.#options.now?.() ?? Date.now();
    for (const { time, level, message, fields: data, ...ids } of lines) {
      const happenedAt = new Date(correctTime(time, sentAt, now)).toISOString();
      logger[level]({ time: happenedAt, ...ids, traceId, data }, message);
    }
  }
}

/**
 * The time of an event by our clock. If the browser's clock is right, its time is taken to the millisecond, so that the
 * lines of a join begin with the browser's. Otherwise only the time between the event and the sending counts.
 */
export function correctTime(time: number, sentAt: number, now: number): number {
  const travelled = now - sentAt;
  const isClockRight = travelled >= 0 && travelled <= TRAVEL_MAX_MS;
  const corrected = isClockRight ? time : time + travelled;
  return Math.min(now, Math.max(now - AGE_MAX_MS, corrected));
}
