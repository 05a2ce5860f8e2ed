import { ParleyError } from '@parley/proto';
import { z } from 'zod';
import { filterSchema, filterShape, type Filter } from '../search/filter.ts';
import { lineCursorSchema, encodeCursor } from '../lines/line-cursor.ts';
import { LineMatcher } from '../search/line-matcher.ts';
import type { LogFolder } from '../files/log-folder.ts';
import type { LineKey } from '../lines/line-key.ts';
import { toNdjson, toWire, type LogLine } from '../lines/log-line.ts';
import type { LogsMetrics } from '../metrics.ts';
import { Search } from '../search/search.ts';
import { readQuery, type OperatorContext } from './requests.ts';
import { sendJson, writeAll } from './responses.ts';

const PAGE_LINES = 200;
const PAGE_LINES_MAX = 500;
const PAGE_CHARACTERS_MAX = 16 * 1024 * 1024;
const DOWNLOAD_LINES_HELD = 20_000;
const DOWNLOAD_CHARACTERS_HELD = 32 * 1024 * 1024;
const PROGRESS_EVERY_MS = 150;
const RUNNING_MAX = 4;

const orderSchema = z.enum(['newest', 'oldest']).default('newest');
const linesQuerySchema = z.strictObject({
  ...filterShape,
  order: orderSchema,
  cursor: lineCursorSchema.optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(PAGE_LINES_MAX))
    .optional(),
});
const downloadQuerySchema = z.strictObject({ ...filterShape, order: orderSchema });

type Page = { order: 'newest' | 'oldest'; cursor?: LineKey | undefined; limit: number };

/** Searches the lines for one request each, only a few at a time. */
export class LineRoutes {
  readonly #folder: LogFolder;
  readonly #metrics: LogsMetrics;
  #running = 0;

  constructor(folder: LogFolder, metrics: LogsMetrics) {
    this.#folder = folder;
    this.#metrics = metrics;
  }

  /** What there is: services with their instances, files, bytes. */
  async sources({ response }: OperatorContext): Promise<void> {
    const services = new Map<string, Set<string>>();
    const files = await this.#folder.files();
    for (const file of files) {
      const instances = services.get(file.service) ?? new Set();
      services.set(file.service, instances.add(file.instance));
    }
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const list = [...services].map(([name, instances]) => ({ name, instances: [...instances].sort() }));
    sendJson(response, 200, {
      services: list.sort((a, b) => (a.name < b.name ? -1 : 1)),
      files: files.length,
      bytes,
    });
  }

  /**
   * One page, as JSON lines: `{ progress }` now and then, `{ lines }` as soon as their place is certain, and at last
   * `{ end: { next } }` with the cursor of the next page, or `{ error }`.
   */
  async page(context: OperatorContext): Promise<void> {
    const { order, cursor, limit = PAGE_LINES, ...filter } = readQuery(linesQuerySchema, context.query);
    await this.#run(context.signal, async () => {
      const page = { order, cursor, limit };
      const search = await this.#prepare(filter, page, [limit + 1, PAGE_CHARACTERS_MAX], context.signal);
      context.response.writeHead(200, {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'x-accel-buffering': 'no',
      });
      context.response.flushHeaders();
      const send = (event: object) =>
        writeAll(context.response, `${JSON.stringify(event)}\n`, context.signal);
      const timer = setInterval(() => void send({ progress: search.progress }), PROGRESS_EVERY_MS);
      try {
        const last = await this.#sendPage(search, limit, send);
        await send({
          end: { next: last === undefined ? null : encodeCursor(last), progress: search.progress },
        });
      } finally {
        clearInterval(timer);
        this.#metrics.searchedBytes.inc(search.progress.searchedBytes);
      }
      context.response.end();
    });
  }

  /** Returns the last line of the page if there are more. */
  async #sendPage(
    search: Search,
    limit: number,
    send: (event: object) => Promise<void>,
  ): Promise<LogLine | undefined> {
    let left = limit;
    let last: LogLine | undefined;
    for await (const batch of search.run()) {
      const lines = batch.slice(0, left);
      left -= lines.length;
      last = lines.at(-1) ?? last;
      if (lines.length > 0) await send({ lines: lines.map(toWire) });
      if (batch.length > lines.length) return last;
    }
    return undefined;
  }

  /** The whole result as a file of JSON lines. */
  async download(context: OperatorContext): Promise<void> {
    const { order, ...filter } = readQuery(downloadQuerySchema, context.query);
    await this.#run(context.signal, async () => {
      const held = [DOWNLOAD_LINES_HELD, DOWNLOAD_CHARACTERS_HELD] as const;
      const search = await this.#prepare(filter, { order, limit: 0 }, held, context.signal);
      const stamp = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '');
      context.response.writeHead(200, {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': `attachment; filename="parley-logs-${stamp}Z.ndjson"`,
        'x-accel-buffering': 'no',
      });
      for await (const batch of search.run()) {
        await writeAll(context.response, batch.map(toNdjson).join(''), context.signal);
      }
      context.response.end();
      this.#metrics.searchedBytes.inc(search.progress.searchedBytes);
    });
  }

  async #prepare(
    filter: Filter,
    page: Page,
    held: readonly [number, number],
    signal: AbortSignal,
  ): Promise<Search> {
    return new Search({
      files: await this.#folder.files(),
      matcher: new LineMatcher(filterSchema.parse(filter)),
      order: page.order,
      after: page.cursor,
      linesMax: held[0],
      charactersMax: held[1],
      signal,
    });
  }

  async #run(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    if (this.#running >= RUNNING_MAX) throw new ParleyError('rate_limited', 'Too many searches at once.');
    this.#running += 1;
    const stop = this.#metrics.searchSeconds.startTimer();
    let outcome = 'failed';
    try {
      await work();
      outcome = 'ok';
    } catch (error) {
      if (signal.aborted) outcome = 'cancelled';
      throw error;
    } finally {
      this.#running -= 1;
      stop({ outcome });
    }
  }
}
