import type { Logger } from '@parley/common/logging';
import { Assets } from './http/assets.ts';
import { LineRoutes } from './http/line-routes.ts';
import { LoginRoutes } from './http/login-routes.ts';
import { LogsServer, type Route, type RouteTable } from './http/logs-server.ts';
import type { RequestContext } from './http/requests.ts';
import { sendPage } from './http/responses.ts';
import { TailRoute } from './http/tail-route.ts';
import { LogFolder } from './files/log-folder.ts';
import { LoginLimiter } from './login/login-limiter.ts';
import type { LogsMetrics } from './metrics.ts';
import { Logins } from './login/logins.ts';
import { Tail } from './lines/tail.ts';

type ViewerOptions = {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  directory: string;
  password: string;
  sessionSecret: string;
  proxyHops: number;
  metrics: LogsMetrics;
  logger: Logger;
};

/** The log viewer: the folder, its tail, and the server that shows them. */
export class LogViewer {
  readonly routes: RouteTable;
  readonly #folder: LogFolder;
  readonly #tail: Tail;
  readonly #server: LogsServer;

  private constructor(routes: RouteTable, folder: LogFolder, tail: Tail, server: LogsServer) {
    this.routes = routes;
    this.#folder = folder;
    this.#tail = tail;
    this.#server = server;
  }

  /** Listens. Throws when the port is taken. */
  static async create(options: ViewerOptions): Promise<LogViewer> {
    const { host, port, logger } = options;
    const folder = new LogFolder(options.directory, logger);
    const tail = new Tail(folder, logger);
    const sessions = new Logins(options.password, options.sessionSecret);
    const routes = createRoutes(options, folder, tail, sessions);
    const server = await LogsServer.create({ host, port, routes, sessions, logger });
    return new LogViewer(routes, folder, tail, server);
  }

  get port(): number {
    return this.#server.port;
  }

  /** Rejects when the folder cannot be read. */
  async check(): Promise<void> {
    await this.#folder.files();
  }

  async close(): Promise<void> {
    this.#tail.close();
    await this.#server.close();
  }
}

function createRoutes(options: ViewerOptions, folder: LogFolder, tail: Tail, sessions: Logins): RouteTable {
  const assets = new Assets();
  const { metrics, logger, proxyHops } = options;
  const limiter = new LoginLimiter();
  const login = new LoginRoutes({ page: assets.loginPage, sessions, limiter, proxyHops, metrics, logger });
  const lines = new LineRoutes(folder, metrics);
  const live = new TailRoute(tail, metrics);
  const routes: Record<string, Route> = {
    'GET /login': { access: 'public', handle: (context) => login.show(context) },
    'POST /login': { access: 'public', handle: (context) => login.logIn(context) },
    'POST /logout': { access: 'operator', handle: (context) => login.logOut(context) },
    'GET /': { access: 'page', handle: ({ response }) => sendPage(response, 200, assets.page) },
    'GET /api/sources': { access: 'operator', handle: (context) => lines.sources(context) },
    'GET /api/lines': { access: 'operator', handle: (context) => lines.page(context) },
    'GET /api/download': { access: 'operator', handle: (context) => lines.download(context) },
    'GET /api/tail': { access: 'operator', handle: (context) => live.open(context) },
  };
  for (const name of assets.names) {
    const handle = (context: RequestContext) => assets.send(context, name);
    routes[`GET /assets/${name}`] = { access: assets.isPublic(name) ? 'public' : 'operator', handle };
  }
  return new Map(Object.entries(routes));
}
