import { CLIENT_LOG_LINES_MAX, type ClientLogLine, type ClientLogs } from '@parley/proto';
import { backoffMs } from '../base/backoff.ts';
import { asFailure } from '../base/call-failure.ts';
import { toLine } from './log-line.ts';
import type { ClientLog } from '../base/log.ts';

export const SHIP_EVERY_MS = 3_000;
export const BACKOFF_MAX_MS = 5 * 60_000;
export const QUEUE_MAX = 300;
/** Browsers limit the total size of the requests that a closing page may send. Two batches are below that limit. */
const BATCH_BYTES_MAX = 28 * 1024;

export type LogShipperOptions = {
  /**
   * The request must continue after the page is closed. Rejects with CallFailure if the gateway did not take the lines.
   */
  send: (logs: ClientLogs) => Promise<void>;
  now?: () => number;
  random?: () => number;
};

type Waiting = { line: ClientLogLine; bytes: number };

/**
 * Sends log lines to the gateway in batches: every few seconds, and at once when the page is closing. Never throws. If
 * the queue is full, the oldest lines are dropped and counted.
 */
export class LogShipper {
  readonly #options: LogShipperOptions;
  #queue: Waiting[] = [];
  #dropped = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sending = false;
  #leaving = false;
  #closed = false;

  constructor(options: LogShipperOptions) {
    this.#options = options;
  }

  readonly log: ClientLog = (level, message, fields = {}) => {
    if (this.#closed) return;
    this.#push([asWaiting(toLine(this.#now(), level, message, fields))]);
    if (this.#leaving) this.flush();
    else this.#schedule();
  };

  /** While true, every line is sent at once, because the page may end at any moment. */
  setLeaving(leaving: boolean): void {
    this.#leaving = leaving;
    if (leaving) this.flush();
  }

  /** Sends the waiting lines now, even while another batch is being sent. */
  flush(): void {
    this.#disarm();
    if (this.#queue.length > 0) void this.#ship();
  }

  close(): void {
    this.#closed = true;
    this.#disarm();
    this.#queue = [];
  }

  #push(lines: readonly Waiting[]): void {
    this.#queue.push(...lines);
    const surplus = this.#queue.length - QUEUE_MAX;
    if (surplus <= 0) return;
    this.#queue.splice(0, surplus);
    this.#dropped += surplus;
  }

  #schedule(): void {
    if (this.#timer !== null || this.#sending || this.#closed) return;
    this.#timer = setTimeout(() => this.flush(), this.#delayMs());
  }

  #delayMs(): number {
    const { random = Math.random } = this.#options;
    if (this.#failures === 0) return SHIP_EVERY_MS;
    return backoffMs(this.#failures, { firstMs: SHIP_EVERY_MS, maxMs: BACKOFF_MAX_MS, random });
  }

  #disarm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #ship(): Promise<void> {
    const dropped = this.#dropped;
    const batch = this.#take();
    this.#sending = true;
    try {
      await this.#options.send({ sentAt: this.#now(), lines: batch.map(({ line }) => line) });
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.#handleRefused(batch, dropped, asFailure(error).retryable);
    } finally {
      this.#sending = false;
      if (this.#queue.length > 0) this.#schedule();
    }
  }

  /**
   * Removes as many lines from the queue as one request may hold. If lines were dropped before, the first line reports
   * their number.
   */
  #take(): Waiting[] {
    const batch = this.#dropped > 0 ? [this.#lossLine()] : [];
    this.#dropped = 0;
    let bytes = 0;
    while (this.#queue.length > 0 && batch.length < CLIENT_LOG_LINES_MAX) {
      bytes += this.#queue[0]?.bytes ?? 0;
      if (bytes > BATCH_BYTES_MAX && batch.length > 0) break;
      batch.push(...this.#queue.splice(0, 1));
    }
    return batch;
  }

  #lossLine(): Waiting {
    return asWaiting(toLine(this.#now(), 'warn', 'log lines were lost', { dropped: this.#dropped }));
  }

  /** Keeps the batch if the gateway may take it later, and drops it otherwise. */
  #handleRefused(batch: readonly Waiting[], dropped: number, retryable: boolean): void {
    if (this.#closed) return;
    const lines = dropped > 0 ? batch.slice(1) : batch;
    if (!retryable) {
      this.#dropped += dropped + lines.length;
      return;
    }
    this.#dropped += dropped;
    const newer = this.#queue;
    this.#queue = [];
    this.#push([...lines, ...newer]);
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}

const encoder = new TextEncoder();

function asWaiting(line: ClientLogLine): Waiting {
  return { line, bytes: encoder.encode(JSON.stringify(line)).length };
}
