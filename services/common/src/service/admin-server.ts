import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gauge, type Registry } from 'prom-client';
import { withDeadline } from '../async/with-deadline.ts';
import type { Logger } from '../logging/logger.ts';

/** Throws or rejects when the thing it looks at does not work. */
export type ReadinessCheck = () => void | Promise<void>;

/** Answers `GET` on its path with what will be sent as JSON. */
type JsonRoute = () => unknown;

type AdminServerOptions = {
  host: string;
  /** 0 lets the system choose; see `port`. */
  port: number;
  registry: Registry;
  checks: Readonly<Record<string, ReadinessCheck>>;
  /** What a service has besides, by path. */
  routes?: Readonly<Record<string, JsonRoute>>;
  logger: Logger;
  checkTimeoutMs?: number;
};

type CheckResult = { name: string; ok: boolean };

const CHECK_TIMEOUT_MS = 2_000;

/** `/healthz` (the process lives), `/readyz` (it can do its work) and `/metrics`, on a port that is not public. */
export class AdminServer {
  readonly port: number;
  readonly #server: Server;
  readonly #options: AdminServerOptions;
  readonly #failing = new Set<string>();
  #running: Promise<CheckResult[]> | undefined;
  #stopping = false;
  #closing: Promise<void> | undefined;

  private constructor(server: Server, port: number, options: AdminServerOptions) {
    this.#server = server;
    this.port = port;
    this.#options = options;
    server.on('request', (request, response) => this.#handle(request, response));
    this.#exportReadiness(options.registry);
  }

  /** Listens. Throws when the port is taken. */
  static async create(options: AdminServerOptions): Promise<AdminServer> {
    const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000 });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: options.host, port: options.port }, resolve);
    });
    return new AdminServer(server, (server.address() as AddressInfo).port, options);
  }

  /** From now on `/readyz` says no, so that nothing new is sent here. */
  markStopping(): void {
    this.#stopping = true;
  }

  close(): Promise<void> {
    this.#stopping = true;
    this.#closing ??= new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
    return this.#closing;
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    this.#route(request, response).catch((error: unknown) => {
      this.#options.logger.error({ err: error }, 'admin request failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    const path = request.url?.split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD')
      sendJson(response, 405, { status: 'method_not_allowed' });
    else if (path === '/healthz') sendJson(response, 200, { status: 'ok' });
    else if (path === '/readyz') await this.#sendReadiness(response);
    else if (path === '/metrics') await this.#sendMetrics(response);
    else await this.#sendOther(path ?? '/', response);
  }

  async #sendOther(path: string, response: ServerResponse): Promise<void> {
    const { routes = {} } = this.#options;
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route === undefined) sendJson(response, 404, { status: 'not_found' });
    else sendJson(response, 200, await route());
  }

  async #sendReadiness(response: ServerResponse): Promise<void> {
    if (this.#stopping) return sendJson(response, 503, { status: 'stopping', failed: [] });
    const failed = (await this.#check()).filter((result) => !result.ok).map((result) => result.name);
    if (failed.length === 0) sendJson(response, 200, { status: 'ready', failed });
    else sendJson(response, 503, { status: 'not_ready', failed });
  }

  /** Whoever asks while the checks run gets their answer too: asking often costs nothing more. */
  #check(): Promise<CheckResult[]> {
    this.#running ??= this.#runChecks().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** So that somebody who looks at the metrics only sees which part is away. */
  #exportReadiness(registry: Registry): void {
    const check = (): Promise<CheckResult[]> => this.#check();
    const gauge = new Gauge({
      name: 'parley_ready',
      help: 'Whether a readiness check passes: 1, or 0',
      labelNames: ['check'],
      registers: [],
      async collect() {
        for (const { name, ok } of await check()) this.set({ check: name }, ok ? 1 : 0);
      },
    });
    registry.registerMetric(gauge);
  }

  #runChecks(): Promise<CheckResult[]> {
    return Promise.all(
      Object.entries(this.#options.checks).map(([name, check]) => this.#runCheck(name, check)),
    );
  }

  async #runCheck(name: string, check: ReadinessCheck): Promise<CheckResult> {
    const timeoutMs = this.#options.checkTimeoutMs ?? CHECK_TIMEOUT_MS;
    try {
      await withDeadline(Promise.resolve().then(check), timeoutMs, () => {
        throw new Error(`no answer within ${timeoutMs} ms`);
      });
      if (this.#failing.delete(name)) this.#options.logger.info({ check: name }, 'readiness check recovered');
      return { name, ok: true };
    } catch (error) {
      // Probes come every second: only the change is worth a line.
      if (!this.#failing.has(name))
        this.#options.logger.warn({ check: name, err: error }, 'readiness check failed');
      this.#failing.add(name);
      return { name, ok: false };
    }
  }

  async #sendMetrics(response: ServerResponse): Promise<void> {
    const { registry } = this.#options;
    const text = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' });
    response.end(text);
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}
