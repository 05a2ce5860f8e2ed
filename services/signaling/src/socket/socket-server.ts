import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientAddress, clientKey, type OriginPolicy } from '@parley/common/limits';
import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto';
import { Server, type Socket } from 'socket.io';
import type { Authenticator } from './authenticator.ts';
import type { Identity } from '../peer/identity.ts';
import type { SignalingMetrics } from '../metrics.ts';
import { AddressCensus } from './address-census.ts';
import { Backlog } from './backlog.ts';
import { ClientConnection } from './client-connection.ts';
import type { Dispatcher } from './dispatcher.ts';
import { createRequestGuard } from './request-guard.ts';
import { VerbLimits } from './verb-limits.ts';

/** Limits the packets of a client. */
const FRAME_MAX_BYTES = 64 * 1024;
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** A whole request with its body, its header alone, and how often both are looked at. */
const REQUEST_TIMES = { requestTimeout: 10_000, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 };
/** A socket without a joined peer is closed after this. */
export const JOIN_TIMEOUT_MS = 60_000;
const PING_INTERVAL_MS = 10_000;
const PING_TIMEOUT_MS = 10_000;
/** An address may have this many times its sockets as transports whose handshake is not done. Further ones are refused. */
const TRANSPORT_ALLOWANCE = 2;

export type SocketServerOptions = {
  host: string;
  /** 0 lets the system choose. See `port`. */
  port: number;
  allowedOrigins: readonly string[];
  originPolicy: OriginPolicy;
  trustProxyHops: number;
  connectionsPerAddress: number;
  validateOutgoing: boolean;
  authenticator: Authenticator;
  dispatcher: Dispatcher;
  metrics: SignalingMetrics;
  logger: Logger;
  /** Called for each lost socket, whatever the cause. */
  onDisconnected: (connection: ClientConnection) => void;
};

type RefuseOrAllow = (error: string | null | undefined, success: boolean) => void;

/** The Socket.io server: decides who may connect, and hands every event to the dispatcher. */
export class SocketServer {
  readonly port: number;
  readonly #http: HttpServer;
  readonly #io: Server;
  readonly #options: SocketServerOptions;
  readonly #census = new AddressCensus();
  readonly #backlogs = new WeakMap<Socket['conn'], Backlog>();
  readonly #connections = new Set<ClientConnection>();
  #accepting = true;
  #closing: Promise<void> | undefined;

  private constructor(http: HttpServer, options: SocketServerOptions) {
    this.#http = http;
    this.port = (http.address() as AddressInfo).port;
    this.#options = options;
    this.#io = new Server(http, {
      transports: ['websocket', 'polling'],
      serveClient: false,
      maxHttpBufferSize: FRAME_MAX_BYTES,
      connectTimeout: HANDSHAKE_TIMEOUT_MS,
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      httpCompression: false,
      cors: { origin: [...options.allowedOrigins] },
      allowRequest: (request, decide) => this.#decide(request, decide),
    });
    this.#io.engine.use(createRequestGuard(options.originPolicy, options.metrics));
    this.#io.engine.on('connection', (transport: Socket['conn']) => this.#handleTransport(transport));
    this.#io.use((socket, next) => void this.#admit(socket, next));
    this.#io.on('connection', (socket) => this.#handleSocket(socket));
  }

  /** Starts to listen. Rejects if the port is taken. */
  static async create(options: SocketServerOptions): Promise<SocketServer> {
    const http = createServer(REQUEST_TIMES, (_request, response) => {
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen({ host: options.host, port: options.port }, resolve);
    });
    return new SocketServer(http, options);
  }

  get socketCount(): number {
    return this.#connections.size;
  }

  /** Addresses with a connection, for leak tests. */
  get addressCount(): number {
    return this.#census.size;
  }

  /** Refuses new sockets from now on. The present ones stay. */
  stopAccepting(): void {
    this.#accepting = false;
  }

  close(): Promise<void> {
    this.stopAccepting();
    this.#closing ??= new Promise((resolve) => {
      for (const connection of this.#connections) connection.close();
      void this.#io.close(() => resolve());
      this.#http.closeAllConnections();
    });
    return this.#closing;
  }

  /** Runs for each request that begins an Engine.io session, not for those that continue one. */
  #decide(request: IncomingMessage, decide: RefuseOrAllow): void {
    const { originPolicy, connectionsPerAddress, metrics } = this.#options;
    if (!originPolicy.allows(request)) {
      metrics.connectionRefused('origin');
      return decide('origin_not_allowed', false);
    }
    if (!this.#accepting) return decide('unavailable', false);
    if (this.#census.count(this.#address(request)) >= connectionsPerAddress * TRANSPORT_ALLOWANCE) {
      metrics.connectionRefused('address');
      return decide('rate_limited', false);
    }
    decide(null, true);
  }

  /** Counts also transports without a handshake, because refusals are answered on them. */
  #handleTransport(transport: Socket['conn']): void {
    transport.once('close', this.#census.enter(this.#address(transport.request)));
    const onStuck = (): void => this.#options.logger.warn('socket does not read');
    this.#backlogs.set(transport, new Backlog(transport, onStuck));
  }

  async #admit(socket: Socket, next: (error?: Error) => void): Promise<void> {
    try {
      socket.data = { identity: await this.#identify(socket) };
      next();
    } catch (error) {
      const known =
        error instanceof ParleyError ? error : new ParleyError('internal', undefined, { cause: error });
      if (known.code === 'internal') this.#options.logger.error({ err: error }, 'handshake failed');
      this.#options.metrics.connectionRefused(known.code);
      next(Object.assign(new Error(known.message), { data: known.toBody() }));
    }
  }

  async #identify(socket: Socket): Promise<Identity> {
    if (!this.#accepting) throw new ParleyError('unavailable');
    if (this.#census.count(this.#address(socket.request)) > this.#options.connectionsPerAddress) {
      throw new ParleyError('rate_limited');
    }
    return this.#options.authenticator.authenticate(socket.handshake.auth);
  }

  #handleSocket(socket: Socket): void {
    const { identity } = socket.data as { identity: Identity };
    const { code: roomCode, peerId, traceId } = identity;
    const logger = this.#options.logger.child({ roomCode, peerId, traceId });
    const { validateOutgoing } = this.#options;
    const backlog = this.#backlogs.get(socket.conn) as Backlog;
    const connection = new ClientConnection({ socket, backlog, identity, logger, validateOutgoing });
    this.#connections.add(connection);
    const limits = new VerbLimits();
    const joinTimer = setTimeout(() => {
      if (connection.session === undefined) connection.close();
    }, JOIN_TIMEOUT_MS).unref();
    socket.on('error', (error) => logger.debug({ err: error }, 'socket error'));
    socket.onAny((event: unknown, ...given: unknown[]) =>
      this.#options.dispatcher.dispatch(connection, limits, event, given),
    );
    socket.once('disconnect', (reason) => {
      clearTimeout(joinTimer);
      this.#connections.delete(connection);
      connection.disconnected();
      logger.debug({ reason }, 'socket closed');
      this.#options.onDisconnected(connection);
    });
    logger.debug('socket opened');
  }

  #address(request: IncomingMessage): string {
    return clientKey(clientAddress(request, this.#options.trustProxyHops));
  }
}
