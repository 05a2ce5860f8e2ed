import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newTraceId, type Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto';
import type { Logins } from '../login/logins.ts';
import { redirect, sendError, setSecurityHeaders } from './responses.ts';
import type { OperatorContext, RequestContext } from './requests.ts';
import { readSessionCookie } from './login-cookie.ts';

const IDLE_TIMEOUT_MS = 120_000;

/** `page` sends who is not logged in to the login page; `operator` refuses them; `public` does not ask. */
export type Route =
  | { access: 'public'; handle: (context: RequestContext) => void | Promise<void> }
  | { access: 'page' | 'operator'; handle: (context: OperatorContext) => void | Promise<void> };

/** By method and path: `GET /api/lines`. */
export type RouteTable = ReadonlyMap<string, Route>;

type ServerOptions = { host: string; port: number; routes: RouteTable; sessions: Logins; logger: Logger };

/** The viewer's HTTP server: who may ask what, and how a failure looks. */
export class LogsServer {
  readonly port: number;
  readonly #server: Server;
  readonly #options: ServerOptions;
  #closing: Promise<void> | undefined;

  private constructor(server: Server, port: number, options: ServerOptions) {
    this.port = port;
    this.#server = server;
    this.#options = options;
    server.on('request', (request, response) => void this.#handle(request, response));
  }

  /** Listens. Throws when the port is taken. */
  static async create(options: ServerOptions): Promise<LogsServer> {
    const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 16_384 });
    // Who takes nothing of an answer for so long gives up what it holds. A live tail has its heartbeat.
    server.setTimeout(IDLE_TIMEOUT_MS);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: options.host, port: options.port }, resolve);
    });
    return new LogsServer(server, (server.address() as AddressInfo).port, options);
  }

  /** Ends what is under way: searches and tails are for somebody who looks at them. */
  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
    return this.#closing;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    try {
      setSecurityHeaders(response);
      const url = new URL(request.url ?? '/', 'http://localhost');
      await this.#dispatch(url.pathname, { request, response, query: url.searchParams, signal: gone.signal });
    } catch (error) {
      if (!gone.signal.aborted) this.#fail(response, error);
    }
  }

  async #dispatch(path: string, context: RequestContext): Promise<void> {
    const route = this.#options.routes.get(`${context.request.method} ${path}`);
    if (route?.access === 'public') return route.handle(context);
    const session = this.#options.sessions.verify(readSessionCookie(context.request));
    if (session === undefined) {
      if (route?.access === 'page') return redirect(context.response, 'login');
      throw new ParleyError('unauthenticated');
    }
    if (route === undefined) throw new ParleyError('not_found');
    await route.handle({ ...context, session });
  }

  #fail(response: ServerResponse, error: unknown): void {
    const known = error instanceof ParleyError ? error : undefined;
    const traceId = newTraceId();
    if (known === undefined) this.#options.logger.error({ err: error, traceId }, 'request failed');
    // A part of the answer is out: only a connection that breaks tells the client that it is not all of it.
    if (response.headersSent) response.destroy();
    else sendError(response, known ?? new ParleyError('internal'), traceId);
  }
}
