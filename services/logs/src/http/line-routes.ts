import { Readable } from 'node:stream';
import { ParleyError } from '@parley/proto/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { LogFolder } from '../files/log-folder.ts';
import { lineCursorSchema } from '../lines/line-cursor.ts';
import { toNdjson, toWire } from '../lines/log-line.ts';
import type { LogsMetrics } from './metrics.ts';
import { filterSchema, filterShape } from '../search/filter.ts';
import { LineMatcher } from '../search/line-matcher.ts';
import type { RoomAliases } from '../search/room-aliases.ts';
import { Search, type SearchOptions } from '../search/search.ts';
import { readQuery } from './query.ts';

const PAGE_LINES = 200;
const PAGE_LINES_MAX = 500;
const PAGE_CHARACTERS_MAX = 16 * 1024 * 1024;
const DOWNLOAD_LINES_HELD = 20_000;
const DOWNLOAD_CHARACTERS_HELD = 32 * 1024 * 1024;
const RUNNING_MAX = 4;

const orderSchema = z.enum(['newest', 'oldest']).default('newest');
const pageQuerySchema = z.strictObject({
  ...filterShape,
  order: orderSchema,
  cursor: lineCursorSchema.optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(PAGE_LINES_MAX))
    .default(PAGE_LINES),
});
const downloadQuerySchema = z.strictObject({ ...filterShape, order: orderSchema });

type SearchPlan = Omit<SearchOptions, 'files' | 'signal'>;

/** Answers with lines: one search for each request, and only a few at the same time. */
export class LineRoutes {
  readonly #folder: LogFolder;
  readonly #aliases: RoomAliases;
  readonly #metrics: LogsMetrics;
  #running = 0;

  constructor(folder: LogFolder, aliases: RoomAliases, metrics: LogsMetrics) {
    this.#folder = folder;
    this.#aliases = aliases;
    this.#metrics = metrics;
  }

  register(app: FastifyInstance): void {
    app.get('/api/sources', () => this.#sources());
    app.get('/api/lines', { exposeHeadRoute: false }, (request, reply) => this.#sendPage(request, reply));
    app.get('/api/download', { exposeHeadRoute: false }, (request, reply) => this.#download(request, reply));
  }

  /** The services with their instances, and how many files and bytes there are. */
  async #sources() {
    const services = new Map<string, Set<string>>();
    const files = await this.#folder.files();
    for (const file of files) {
      const instances = services.get(file.service) ?? new Set();
      services.set(file.service, instances.add(file.instance));
    }
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const list = [...services].map(([name, instances]) => ({ name, instances: [...instances].sort() }));
    return { services: list.sort((a, b) => (a.name < b.name ? -1 : 1)), files: files.length, bytes };
  }

  #sendPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { order, cursor, limit, ...filter } = readQuery(pageQuerySchema, request.query);
    const plan: SearchPlan = {
      matcher: new LineMatcher(filterSchema.parse(filter), this.#aliases),
      order,
      after: cursor,
      linesMax: limit + 1,
      charactersMax: PAGE_CHARACTERS_MAX,
    };
    return this.#stream(request, reply, plan, (search) => pageEvents(search, limit));
  }

  /** Sends the whole result as a file of JSON lines. */
  #download(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { order, ...filter } = readQuery(downloadQuerySchema, request.query);
    const stamp = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '');
    reply.header('content-disposition', `attachment; filename="parley-logs-${stamp}Z.ndjson"`);
    const plan: SearchPlan = {
      matcher: new LineMatcher(filterSchema.parse(filter), this.#aliases),
      order,
      after: undefined,
      linesMax: DOWNLOAD_LINES_HELD,
      charactersMax: DOWNLOAD_CHARACTERS_HELD,
    };
    return this.#stream(request, reply, plan, downloadedLines);
  }

  /** Runs a search as fast as the client takes its text, and ends the search when the client is gone. */
  #stream(
    request: FastifyRequest,
    reply: FastifyReply,
    plan: SearchPlan,
    toText: (search: Search) => AsyncGenerator<string>,
  ): FastifyReply {
    if (this.#running >= RUNNING_MAX)
      throw new ParleyError('rate_limited', 'Too many searches run at the same time. Try again in a moment.');
    this.#running += 1;
    const stopTimer = this.#metrics.searchSeconds.startTimer();
    const { signal } = request;
    const stream = Readable.from(this.#run(plan, signal, toText));
    stream.once('error', (error) => {
      // The answer has begun, so no error handler runs: Fastify breaks the connection, and the client sees the failure.
      if (reply.raw.headersSent && !signal.aborted) request.log.error({ err: error }, 'request failed');
    });
    stream.once('close', () => {
      this.#running -= 1;
      stopTimer({ outcome: stream.readableEnded ? 'ok' : signal.aborted ? 'cancelled' : 'failed' });
    });
    return reply.type('application/x-ndjson; charset=utf-8').header('x-accel-buffering', 'no').send(stream);
  }

  async *#run(
    plan: SearchPlan,
    signal: AbortSignal,
    toText: (search: Search) => AsyncGenerator<string>,
  ): AsyncGenerator<string> {
    const search = new Search({ ...plan, files: await this.#folder.files(), signal });
    try {
      yield* toText(search);
    } finally {
      this.#metrics.searchedBytes.inc(search.progress.searchedBytes);
    }
  }
}

/**
 * One page as JSON lines: `{ lines, progress }` at the start, every moment and as soon as the place of lines is
 * certain, and at last `{ end: { next, progress } }`, where `next` is the cursor of the next page or null.
 */
async function* pageEvents(search: Search, limit: number): AsyncGenerator<string> {
  const toText = (event: object) => `${JSON.stringify(event)}\n`;
  yield toText({ lines: [], progress: search.progress });
  let left = limit;
  let next: string | null = null;
  let last: string | null = null;
  for await (const batch of search.run()) {
    const lines = batch.slice(0, left).map(toWire);
    left -= lines.length;
    last = lines.at(-1)?.id ?? last;
    yield toText({ lines, progress: search.progress });
    if (batch.length > lines.length) {
      next = last;
      break;
    }
  }
  yield toText({ end: { next, progress: search.progress } });
}

async function* downloadedLines(search: Search): AsyncGenerator<string> {
  for await (const batch of search.run()) {
    if (batch.length > 0) yield batch.map(toNdjson).join('');
  }
}
