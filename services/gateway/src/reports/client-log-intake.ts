import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { TraceId } from '@parley/proto/ids';
import type { ClientLogLine, ClientLogs } from '@parley/proto/rest';
import type { ClientLogLimits } from '../base/rates.ts';

/** A browser's clock counts as right if its request seems to have taken between 0 and this many milliseconds. */
const TRAVEL_MAX_MS = 2_000;
/** A line that waited longer in the browser is logged with this age. */
const AGE_MAX_MS = 60 * 60 * 1000;
/** Roughly what a line in the file has besides what the browser sent: trace, service, host and the like. */
const ADDED_BYTES = 150;

type ClientLogIntakeOptions = {
  /** The logger of the service `browser`. Each line brings its own time. */
  logger: Logger;
  limits: ClientLogLimits;
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
    const { logger } = this.#options;
    if (lines.some((line) => line.traceId !== undefined && line.traceId !== traceId))
      throw new ParleyError('invalid_request');
    this.#take(lines, address);
    const now = this.#options.now?.() ?? Date.now();
    for (const { time, level, message, fields: data, ...ids } of lines) {
      const happenedAt = new Date(correctTime(time, sentAt, now)).toISOString();
      logger[level]({ time: happenedAt, ...ids, traceId, data }, message);
    }
  }

  /** Takes all lines, or none. */
  #take(lines: readonly ClientLogLine[], address: string): void {
    const { limits } = this.#options;
    const trouble = lines.filter(isTrouble);
    const usual = lines.filter((line) => !isTrouble(line));
    const wanted = [
      [limits.lines, lines.length],
      [limits.troubleBytes, bytesOf(trouble)],
      [limits.usualBytes, bytesOf(usual)],
    ] as const;
    if (wanted.some(([limiter, count]) => limiter !== undefined && limiter.waitMs(address, count) > 0))
      throw new ParleyError('rate_limited');
    for (const [limiter, count] of wanted) if (count > 0) limiter?.take(address, count);
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

/** Whether a line goes to the files of troubles, which outlive the files of other lines. */
function isTrouble({ level }: ClientLogLine): boolean {
  return level === 'warn' || level === 'error';
}

function bytesOf(lines: readonly ClientLogLine[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(JSON.stringify(line)) + ADDED_BYTES, 0);
}
