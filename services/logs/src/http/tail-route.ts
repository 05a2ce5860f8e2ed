import { PassThrough } from 'node:stream';
import { ParleyError } from '@parley/proto/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toWire, type LogLine } from '../lines/log-line.ts';
import type { Tail } from '../lines/tail.ts';
import type { Logins } from '../login/logins.ts';
import type { LogsMetrics } from './metrics.ts';
import { filterSchema } from '../search/filter.ts';
import { LineMatcher } from '../search/line-matcher.ts';
import type { RoomAliases } from '../search/room-aliases.ts';
import { requireLogin } from './login-guard.ts';
import { readQuery } from './query.ts';

const TAILS_MAX = 32;
const LINES_MAX = 300;
const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 2_000;
/** A client that is this far behind gets no lines until it has caught up. */
const WAITING_BYTES_MAX = 2 * 1024 * 1024;

/** Sends new lines as server-sent events, until the client goes or its login expires. */
export class TailRoute {
  readonly #tail: Tail;
  readonly #aliases: RoomAliases;
  readonly #logins: Logins;
  readonly #metrics: LogsMetrics;

  constructor(tail: Tail, aliases: RoomAliases, logins: Logins, metrics: LogsMetrics) {
    this.#tail = tail;
    this.#aliases = aliases;
    this.#logins = logins;
    this.#metrics = metrics;
  }

  register(app: FastifyInstance): void {
    app.get('/api/tail', { exposeHeadRoute: false }, (request, reply) => this.#open(request, reply));
  }

  async #open(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const matcher = new LineMatcher(readQuery(filterSchema, request.query), this.#aliases);
    const { expiresAt } = requireLogin(request, this.#logins);
    if (this.#tail.listeners >= TAILS_MAX)
      throw new ParleyError('rate_limited', 'Too many live tails are open. Try again later.');
    const stream = new EventStream();
    let skipped = 0;
    const stop = await this.#tail.listen(({ lines, skippedBytes }) => {
      const matching = lines.filter((line) => isWanted(line, matcher));
      const shown = stream.waitingBytes > WAITING_BYTES_MAX ? [] : matching.slice(-LINES_MAX);
      skipped += matching.length - shown.length;
      if (shown.length === 0) return;
      stream.send('lines', { lines: shown.map(toWire), skipped, skippedBytes });
      skipped = 0;
    });
    const expiry = setTimeout(() => stream.end(), expiresAt - Date.now());
    this.#metrics.tails.inc();
    stream.once('close', () => {
      stop();
      clearTimeout(expiry);
      this.#metrics.tails.dec();
    });
    stream.send('ready', {});
    return reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no').send(stream);
  }
}

/** Server-sent events, with a comment now and then so that no proxy takes the connection for dead. */
class EventStream extends PassThrough {
  constructor() {
    super();
    this.write(`retry: ${RECONNECT_MS}\n\n`);
    const heartbeat = setInterval(() => this.writable && this.write(':\n\n'), HEARTBEAT_MS);
    this.once('close', () => clearInterval(heartbeat));
  }

  /** How much the client has not taken yet. */
  get waitingBytes(): number {
    return this.writableLength + this.readableLength;
  }

  send(event: string, data: object): void {
    if (this.writable) this.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}

function isWanted(line: LogLine, matcher: LineMatcher): boolean {
  return matcher.matches(line) && matcher.admitsInstance(line.instance);
}
