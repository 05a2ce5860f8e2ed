import type { Logger } from '@parley/common/logging';
import { LogFolder } from './files/log-folder.ts';
import { LogsServer } from './http/logs-server.ts';
import { Tail } from './lines/tail.ts';
import { createLoginLimiter } from './login/login-limiter.ts';
import { Logins } from './login/logins.ts';
import type { LogsMetrics } from './http/metrics.ts';
import { RoomAliases } from './search/room-aliases.ts';

type LogViewerOptions = {
  host: string;
  /** 0 lets the system choose; see `port`. */
  port: number;
  directory: string;
  password: string;
  loginSecret: string;
  /** The key of the names that rooms have in the logs. Without it, no room is found by its code. */
  roomKey?: string | undefined;
  proxyHops: number;
  metrics: LogsMetrics;
  logger: Logger;
};

/** The log viewer: the folder of log files, its tail, and the server that shows both. */
export class LogViewer {
  readonly #folder: LogFolder;
  readonly #tail: Tail;
  readonly #server: LogsServer;

  private constructor(folder: LogFolder, tail: Tail, server: LogsServer) {
    this.#folder = folder;
    this.#tail = tail;
    this.#server = server;
  }

  /** Listens. Throws when the port is taken. */
  static async create(options: LogViewerOptions): Promise<LogViewer> {
    const { directory, password, loginSecret, roomKey, ...shared } = options;
    const aliases = new RoomAliases(roomKey);
    const folder = new LogFolder(directory, options.logger);
    const tail = new Tail(folder, options.logger);
    const logins = new Logins(password, loginSecret);
    const limiter = createLoginLimiter();
    const server = await LogsServer.create({ ...shared, aliases, folder, tail, logins, limiter });
    return new LogViewer(folder, tail, server);
  }

  get port(): number {
    return this.#server.port;
  }

  /** Every route of the server, as method and path. */
  get routes(): readonly string[] {
    return this.#server.routes;
  }

  /** Rejects when the folder cannot be read. */
  async check(): Promise<void> {
    await this.#folder.files();
  }

  /** Ends every tail and search. */
  async close(): Promise<void> {
    this.#tail.close();
    await this.#server.close();
  }
}
