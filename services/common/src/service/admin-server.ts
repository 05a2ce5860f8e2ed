import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gauge, type Registry } from 'prom-client';
import type { Logger } from '../logging/logger.ts';
import type { Readiness } from './readiness.ts';

/** A function whose result is the JSON answer to `GET` on the path of the route. */
type JsonRoute = () => unknown;

type AdminServerOptions = {
  host: string;
  /** 0 lets the system choose; see `port`. */
  port: number;
  registry: Registry;
  readiness: Readiness;
  /** Further routes of the service, by path. */
  routes?: Readonly<Record<string, JsonRoute>>;
  logger: Logger;
};

/** `/healthz` (the process lives), `/readyz` (it can do its work) and `/metrics`, on a port that is not public. */
export class AdminServer {
  readonly port: number;
  readonly #server: Server;
  readonly #options: AdminServerOptions;
  #closing: Promise<void> | undefined;

  private constructor(server: Server, port: number, options: AdminServerOptions) {
    this.#server = server;
    this.port = port;
    this.#options = options;
    server.on('request', (request, response) => this.#handle(request, response));
    this.#exportReadiness(options);
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

  close(): Promise<void> {
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
    const { readiness } = this.#options;
    if (readiness.stopping) return sendJson(response, 503, { status: 'stopping', failed: [] });
    const failed = (await readiness.check()).filter((result) => !result.ok).map((result) => result.name);
    if (failed.length === 0) sendJson(response, 200, { status: 'ready', failed });
    else sendJson(response, 503, { status: 'not_ready', failed });
  }

  /** Exports each readiness check, so that the metrics alone show which part is away. */
  #exportReadiness({ registry, readiness }: AdminServerOptions): void {
    const gauge = new Gauge({
      name: 'parley_ready',
      help: 'Whether a readiness check passes: 1, or 0',
      labelNames: ['check'],
      registers: [],
      async collect() {
        for (const { name, ok } of await readiness.check()) this.set({ check: name }, ok ? 1 : 0);
      },
    });
    registry.registerMetric(gauge);
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
