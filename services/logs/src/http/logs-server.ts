import type { AddressInfo } from 'node:net';
import fastifyCookie from '@fastify/cookie';
import fastifyFormbody from '@fastify/formbody';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type HTTPMethods,
} from 'fastify';
import { newTraceId, type Logger } from '@parley/common/logging';
import { ERRORS, ParleyError } from '@parley/proto/errors';
import type { LogFolder } from '../files/log-folder.ts';
import type { Tail } from '../lines/tail.ts';
import type { RoomAliases } from '../search/room-aliases.ts';
import { registerAssets } from './assets.ts';
import { LineRoutes } from './line-routes.ts';
import { guard } from './login-guard.ts';
import { LoginRoutes, type LoginRoutesOptions } from './login-routes.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { TailRoute } from './tail-route.ts';

const FORM_BYTES_MAX = 4_096;
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
/** How often the two are looked at. */
const CHECK_EVERY_MS = 1_000;
/** A connection on which nothing moves for so long is closed. A live tail has its heartbeat. */
const IDLE_TIMEOUT_MS = 120_000;
const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST'];

type LogsServerOptions = LoginRoutesOptions & {
  host: string;
  port: number;
  folder: LogFolder;
  tail: Tail;
  aliases: RoomAliases;
};

/** The HTTP server of the viewer. */
export class LogsServer {
  /** Every route, as method and path: `GET /api/lines`. */
  readonly routes: readonly string[];
  readonly #app: FastifyInstance;

  private constructor(app: FastifyInstance, routes: readonly string[]) {
    this.#app = app;
    this.routes = routes;
  }

  /** Listens. Throws when the port is taken. */
  static async create(options: LogsServerOptions): Promise<LogsServer> {
    const app = createApp(options.logger);
    const routes: string[] = [];
    app.addHook('onRoute', ({ method, url }) => {
      routes.push(...[method].flat().map((each) => `${each} ${url}`));
    });
    app.removeAllContentTypeParsers();
    await app.register(fastifyFormbody);
    await app.register(fastifyCookie);
    app.addHook('onRequest', async (request, reply) => {
      reply.headers(SECURITY_HEADERS);
      guard(request, reply, options.logins);
    });
    await registerAssets(app);
    new LoginRoutes(options).register(app);
    new LineRoutes(options.folder, options.aliases, options.metrics).register(app);
    new TailRoute(options.tail, options.aliases, options.logins, options.metrics).register(app);
    app.setErrorHandler(sendError);
    app.setNotFoundHandler((request, reply) => sendError(notFound(app, request, reply), request, reply));
    await app.listen({ host: options.host, port: options.port });
    return new LogsServer(app, routes);
  }

  get port(): number {
    return (this.#app.server.address() as AddressInfo).port;
  }

  /** Cuts off searches, downloads and tails: nobody can wait for the end of a tail. */
  async close(): Promise<void> {
    await this.#app.close();
  }
}

function createApp(logger: Logger): FastifyInstance {
  // Fastify's own lines about each request carry addresses in their text, and nothing that an operator needs.
  const loggerInstance: FastifyBaseLogger = logger.child({}, { level: 'warn' });
  return fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'traceId' }),
    childLoggerFactory: (_own, bindings) => logger.child(bindings),
    genReqId: () => newTraceId(),
    bodyLimit: FORM_BYTES_MAX,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CHECK_EVERY_MS },
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_TIMEOUT_MS,
    forceCloseConnections: true,
    // A request whose address has a malformed escape reaches no hook, and gets its answer here.
    frameworkErrors: (error, request, reply) => {
      reply.headers(SECURITY_HEADERS);
      sendError(error, request, reply);
    },
  });
}

/** Answers with the error's code. A search that failed may have set headers for its lines: they go. */
function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = toParleyError(error);
  if (known.code === 'internal') request.log.error({ err: error }, 'request failed');
  void reply
    .code(ERRORS[known.code].http)
    .removeHeader('content-disposition')
    .type('application/json; charset=utf-8')
    .send({ error: known.toBody(request.id) });
}

function toParleyError(error: unknown): ParleyError {
  if (error instanceof ParleyError) return error;
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode === 413) return new ParleyError('payload_too_large');
  return new ParleyError(statusCode < 500 ? 'invalid_request' : 'internal', undefined, { cause: error });
}

/** A path that exists with another method says which in its `Allow` header. */
function notFound(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): ParleyError {
  const [url = ''] = request.url.split('?');
  const allowed = METHODS.filter((method) => app.hasRoute({ method, url }));
  if (allowed.length === 0) return new ParleyError('not_found');
  reply.header('allow', allowed.join(', '));
  return new ParleyError('method_not_allowed', `This path takes ${allowed.join(', ')}.`);
}
