import { ParleyError } from '@parley/proto';
import { filterSchema } from '../search/filter.ts';
import { LineMatcher } from '../search/line-matcher.ts';
import { toWire } from '../lines/log-line.ts';
import type { LogsMetrics } from '../metrics.ts';
import type { Tail, TailBatch } from '../lines/tail.ts';
import { readQuery, type OperatorContext } from './requests.ts';

const TAILS_MAX = 32;
const LINES_MAX = 300;
const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 2_000;
/** A client that is this much behind gets nothing until it has caught up. */
const WAITING_BYTES_MAX = 2 * 1024 * 1024;

/** Sends the lines that are written from now on as server-sent events, until the client goes or its session ends. */
export class TailRoute {
  readonly #tail: Tail;
  readonly #metrics: LogsMetrics;

  constructor(tail: Tail, metrics: LogsMetrics) {
    this.#tail = tail;
    this.#metrics = metrics;
  }

  async open({ response, query, signal, session }: OperatorContext): Promise<void> {
    const matcher = new LineMatcher(readQuery(filterSchema, query));
    if (this.#tail.listeners >= TAILS_MAX) throw new ParleyError('rate_limited', 'Too many live tails.');
    let skipped = 0;
    const send = (event: string, data: object) =>
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const stop = await this.#tail.listen((batch) => {
      const lines = matching(batch, matcher);
      const shown = response.writableLength > WAITING_BYTES_MAX ? [] : lines.slice(-LINES_MAX);
      skipped += lines.length - shown.length;
      if (shown.length === 0) return;
      send('lines', { lines: shown.map(toWire), skipped, skippedBytes: batch.skippedBytes });
      skipped = 0;
    });
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    response.write(`retry: ${RECONNECT_MS}\n\n`);
    send('ready', {});
    const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS);
    const expiry = setTimeout(() => response.end(), session.expiresAt - Date.now());
    this.#metrics.tails.inc();
    await closed(signal);
    this.#metrics.tails.dec();
    clearInterval(heartbeat);
    clearTimeout(expiry);
    stop();
  }
}

function matching(batch: TailBatch, matcher: LineMatcher) {
  return batch.lines.filter((line) => matcher.matches(line) && matcher.admitsInstance(line.instance));
}

function closed(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
