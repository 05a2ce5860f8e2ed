import type { AddressInfo } from 'node:net';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { limitBodyTime, type OriginPolicy } from '@parley/common/limits';
import { acceptTraceId, type Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import { ROUTES, TRACE_HEADER } from '@parley/proto/rest';
import { AnswerLog } from './answer-log.ts';
import type { ClientMetricsSink } from '../reports/client-metrics.ts';
import { errorReply, httpStatus, toHttpError } from './http-errors.ts';
import { buildOpenApi } from './openapi.ts';
import { refuseSocket } from './refuse-socket.ts';
import { registerRoutes, type RouteDependencies } from './routes.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route's name in logs. */
    route?: string;
  }
}

const BODY_MAX_BYTES = 16 * 1024;
const REQUEST_TIMEOUT_MS = 10_000;
/** 20 MB take nine minutes over an uplink of 300 kbit/s. */
const UPLOAD_TIMEOUT_MS = 10 * 60_000;
/** Longer than a proxy keeps an idle connection, so that it is never closed under a request on its way. */
const KEEP_ALIVE_MS = 75_000;
/** Shorter than the time that a service has to stop. */
const DRAIN_MS = 2_500;
/** Longer than any room code, so that a wrong code gets `invalid_room_code` and not an error of the router. */
const PARAM_MAX_LENGTH = 1024;

type GatewayServerOptions = RouteDependencies & {
  host: string;
  port: number;
  logger: Logger;
  clientMetrics: Pick<ClientMetricsSink, 'reportAnswered'>;
  /** The pages that may write. */
  originPolicy: OriginPolicy;
  requestTimeoutMs?: number;
};

/** The public HTTP edge: the routes of the contract and `/api/openapi.json`. */
export class GatewayServer {
  readonly #app: FastifyInstance;
  #closing: Promise<void> | undefined;

  private constructor(app: FastifyInstance) {
    this.#app = app;
  }

  /** Listens. Throws when the port is taken. */
  static async create(options: GatewayServerOptions): Promise<GatewayServer> {
    const app = createApp(options.logger, options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS);
    addHooks(app, options);
    addParsers(app);
    registerRoutes(app, options);
    const openApi = buildOpenApi();
    app.get('/api/openapi.json', { config: { route: 'getOpenApi' } }, async () => openApi);
    app.setErrorHandler((error, request, reply) => sendError(error, request, reply));
    app.setNotFoundHandler((request, reply) => sendError(notFound(request, reply), request, reply));
    await app.listen({ host: options.host, port: options.port });
    return new GatewayServer(app);
  }

  get port(): number {
    return (this.#app.server.address() as AddressInfo).port;
  }

  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** Takes no new connection, answers requests in progress for `graceMs`, then closes the remaining connections. */
  close(graceMs = DRAIN_MS): Promise<void> {
    this.#closing ??= this.#drain(graceMs);
    return this.#closing;
  }

  async #drain(graceMs: number): Promise<void> {
    // A connection without a complete request would keep the server open.
    const cutOff = setTimeout(() => this.#app.server.closeAllConnections(), graceMs);
    await this.#app.close();
    clearTimeout(cutOff);
  }
}

function createApp(logger: Logger, requestTimeoutMs: number): FastifyInstance {
  // Fastify's own log lines have addresses in their text, so the hooks write ours instead.
  const loggerInstance: FastifyBaseLogger = logger.child({}, { level: 'warn' });
  return fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'traceId' }),
    childLoggerFactory: (_own, bindings) => logger.child(bindings),
    genReqId: (request) => acceptTraceId(request.headers[TRACE_HEADER]),
    requestIdHeader: false,
    bodyLimit: BODY_MAX_BYTES,
    // The time of a whole request with its body, and how often it is looked at. `addHooks` bounds those without a file.
    requestTimeout: UPLOAD_TIMEOUT_MS,
    http: {
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs / 4),
    },
    keepAliveTimeout: KEEP_ALIVE_MS,
    // While the server drains, a request on an open connection is still served.
    return503OnClosing: false,
    routerOptions: { maxParamLength: PARAM_MAX_LENGTH },
    frameworkErrors: (error, request, reply) => {
      addHeaders(request, reply);
      sendError(error, request, reply);
    },
    clientErrorHandler: refuseSocket,
  });
}

function addHooks(app: FastifyInstance, options: GatewayServerOptions): void {
  const timeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const answerLog = new AnswerLog();
  app.addHook('onRequest', async (request, reply) => {
    addHeaders(request, reply);
    // Nobody reads the rest of an upload that is refused, so its connection ends with the answer.
    if (request.routeOptions.config.route === 'uploadFile') reply.header('connection', 'close');
    else
      limitBodyTime(request.raw, timeoutMs, () =>
        refuseSocket({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, request.raw.socket),
      );
    if (!mayWrite(request, options.originPolicy)) throw new ParleyError('origin_not_allowed');
  });
  app.addHook('onSend', async (_request, reply) => {
    // While the server drains, an open connection would wait for another request until its keep-alive time is over.
    if (!app.server.listening) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const { config, url = '' } = request.routeOptions;
    const route = config.route ?? 'unmatched';
    const status = reply.statusCode;
    const template = config.route === undefined ? 'unmatched' : url.replace(/:(\w+)/g, '{$1}');
    options.metrics.requestAnswered(template, request.method, status, reply.elapsedTime / 1000);
    if (route === 'sendClientMetrics') options.clientMetrics.reportAnswered(status);
    const durationMs = Math.round(reply.elapsedTime);
    answerLog.answered(request.log, { route, method: request.method, status, durationMs });
  });
}

/** Reading is not checked: browsers let no page of another origin see the answer. */
function mayWrite({ raw, headers }: FastifyRequest, policy: OriginPolicy): boolean {
  if (raw.method === 'GET' || raw.method === 'HEAD') return true;
  const site = headers['sec-fetch-site'];
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none';
  return headers.origin === undefined ? isOwnSite : policy.allows(raw);
}

function addHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({ ...SECURITY_HEADERS, [TRACE_HEADER]: request.id });
}

/** JSON and nothing else; an empty body counts as none. */
function addParsers(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parseJson(request, String(body), done);
  });
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = toHttpError(error);
  if (known.code === 'internal') request.log.error({ err: known }, 'request failed');
  else request.log.debug({ code: known.code }, 'request refused');
  void reply.code(httpStatus(known)).send(errorReply(known, request.id));
}

/** For a path that exists with other methods, the error names them. */
function notFound(request: FastifyRequest, reply: FastifyReply): ParleyError {
  const path = request.url.split('?')[0] ?? '';
  const allowed = Object.values(ROUTES)
    .filter((route) => new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .map((route) => route.method);
  if (allowed.length === 0) return new ParleyError('not_found', 'There is no such route.');
  reply.header('allow', allowed.join(', '));
  return new ParleyError('method_not_allowed', `This path takes ${allowed.join(', ')}.`);
}
