import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

type AdminServerOptions = { host: string; port: number; registry: Registry };

/** Serves `/healthz`, `/readyz` and `/metrics` of the server of the pages, in the form of the other services, on a port that is not public. */
export class AdminServer {
  readonly port: number;
  readonly #server: Server;
  readonly #registry: Registry;

  private constructor(server: Server, registry: Registry) {
    this.#server = server;
    this.#registry = registry;
    this.port = (server.address() as AddressInfo).port;
    server.on('request', (request, response) => {
      request.resume();
      void this.#answer(request.method, request.url?.split('?')[0], response);
    });
    // This server must not keep the process alive: Next decides when it ends.
    server.unref();
  }

  /** Listens. Throws if the port is taken. */
  static async create({ host, port, registry }: AdminServerOptions): Promise<AdminServer> {
    const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000 });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, resolve);
    });
    return new AdminServer(server, registry);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(
    method: string | undefined,
    path: string | undefined,
    response: ServerResponse,
  ): Promise<void> {
    if (method !== 'GET' && method !== 'HEAD') sendJson(response, 405, { status: 'method_not_allowed' });
    else if (path === '/healthz') sendJson(response, 200, { status: 'ok' });
    // The pages depend on no other service: a server that answers is ready.
    else if (path === '/readyz') sendJson(response, 200, { status: 'ready', failed: [] });
    else if (path === '/metrics')
      send(response, 200, this.#registry.contentType, await this.#registry.metrics());
    else sendJson(response, 404, { status: 'not_found' });
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

function send(response: ServerResponse, status: number, contentType: string, text: string): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(text);
}
