import type { TraceId } from '@parley/proto/ids';
import { CLIENT_LOG_LINES_MAX, type ClientLogLine, type ClientLogs } from '@parley/proto/rest';
import { backoffMs } from '../base/time/backoff.ts';
import { asFailure } from '../base/call-failure.ts';
import { toLine } from './log-line.ts';
import type { ClientLog } from '../base/log.ts';

export const SHIP_EVERY_MS = 3_000;
export const BACKOFF_MAX_MS = 5 * 60_000;
export const QUEUE_MAX = 300;
/** Calls of one page whose passes are kept. Lines of older ones have been sent. */
const PASSES_MAX = 8;
/** Browsers limit the total size of the requests that a closing page may send. Two batches are below that limit. */
const BATCH_BYTES_MAX = 28 * 1024;

export type LogShipperOptions = {
  /**
   * The request must continue after the page is closed. Rejects with CallFailure if the gateway did not take the lines.
   * `pass` is the permission of the call to which the lines belong.
   */
  send: (logs: ClientLogs, pass: string) => Promise<void>;
  now?: () => number;
  random?: () => number;
};

type Waiting = { line: ClientLogLine; bytes: number };

/**
 * Sends log lines to the gateway in batches: every few seconds, and at once when the page is closing. The lines of a call
 * wait until the gateway has given the call a join token, and with it the permission to send them. Never throws. If the
 * queue is full, the oldest lines are dropped and counted.
 */
export class LogShipper {
  readonly #options: LogShipperOptions;
  #queue: Waiting[] = [];
  /** The newest is the last. */
  readonly #passes = new Map<TraceId, string>();
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

  /** From now on the lines of this trace may be sent. */
  admit(traceId: TraceId, pass: string): void {
    this.#passes.delete(traceId);
    this.#passes.set(traceId, pass);
    const [oldest] = this.#passes.keys();
    if (this.#passes.size > PASSES_MAX && oldest !== undefined) this.#passes.delete(oldest);
    this.#schedule();
  }

  /** While true, every line is sent at once, because the page may end at any moment. */
  setLeaving(leaving: boolean): void {
    this.#leaving = leaving;
    if (leaving) this.flush();
  }

  /** Sends the waiting lines now, even while another batch is being sent. */
  flush(): void {
    this.#disarm();
    const pass = this.#nextPass();
    if (pass !== undefined) void this.#ship(pass);
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
    if (this.#timer !== null || this.#sending || this.#closed || this.#nextPass() === undefined) return;
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

  async #ship(pass: string): Promise<void> {
    const dropped = this.#dropped;
    const batch = this.#take(pass);
    this.#sending = true;
    try {
      await this.#options.send({ sentAt: this.#now(), lines: batch.map(({ line }) => line) }, pass);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.#handleRefused(batch, dropped, asFailure(error).retryable);
    } finally {
      this.#sending = false;
      this.#schedule();
    }
  }

  /** The pass of the first line that may be sent. */
  #nextPass(): string | undefined {
    for (const waiting of this.#queue) {
      const pass = this.#passOf(waiting);
      if (pass !== undefined) return pass;
    }
    return undefined;
  }

  /** A line without a trace belongs to the page, and goes with those of its newest call. */
  #passOf({ line: { traceId } }: Waiting): string | undefined {
    return traceId === undefined ? [...this.#passes.values()].at(-1) : this.#passes.get(traceId);
  }

  /**
   * Removes as many lines with this pass from the queue as one request may hold. If lines were dropped before, the first
   * line reports their number.
   */
  #take(pass: string): Waiting[] {
    const batch = this.#dropped > 0 ? [this.#lossLine()] : [];
    this.#dropped = 0;
    let bytes = 0;
    let isFull = false;
    this.#queue = this.#queue.filter((waiting) => {
      if (isFull || this.#passOf(waiting) !== pass) return true;
      bytes += waiting.bytes;
      isFull = batch.length >= CLIENT_LOG_LINES_MAX || (bytes > BATCH_BYTES_MAX && batch.length > 0);
      if (!isFull) batch.push(waiting);
      return isFull;
    });
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
