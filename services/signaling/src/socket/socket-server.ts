import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientAddress, RateLimiter, type OriginPolicy } from '@parley/common/limits';
import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import { Server, type Socket } from 'socket.io';
import type { Limits } from '../limits/settings.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { PeerIdentity } from '../peer/peer-identity.ts';
import { AddressCensus } from './limits/address-census.ts';
import type { Authenticator } from './authenticator.ts';
import { boundedWebSockets } from './limits/bounded-web-sockets.ts';
import { ClientConnection } from './client-connection.ts';
import type { Dispatcher } from './dispatcher.ts';
import { Door } from './door.ts';
import { HalfOpen } from './limits/half-open.ts';
import { EXCESS } from './limits/packet-limit.ts';
import { createRequestGuard } from './request-guard.ts';
import { Transport } from './transport.ts';

/** Limits the packets of a client. */
const FRAME_MAX_BYTES = 64 * 1024;
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** A whole request with its body, its header alone, and how often both are looked at. */
const REQUEST_TIMES = { requestTimeout: 10_000, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 };
/** A socket is closed after this if its peer is not in the room and does not wait before it, and no request is about to change that. */
export const JOIN_TIMEOUT_MS = 60_000;
const PING_INTERVAL_MS = 10_000;
const PING_TIMEOUT_MS = 10_000;

export type SocketServerOptions = {
  host: string;
  /** 0 lets the system choose. See `port`. */
  port: number;
  allowedOrigins: readonly string[];
  originPolicy: OriginPolicy;
  trustProxyHops: number;
  limits: Limits;
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
  readonly #door: Door;
  readonly #census: AddressCensus;
  readonly #halfOpen: HalfOpen<Transport>;
  readonly #excess = new RateLimiter(EXCESS);
  /** By the id of the Engine.io session. */
  readonly #transports = new Map<string, Transport>();
  readonly #connections = new Set<ClientConnection>();
  #closing: Promise<void> | undefined;

  private constructor(http: HttpServer, options: SocketServerOptions) {
    const { limits, metrics } = options;
    this.#http = http;
    this.port = (http.address() as AddressInfo).port;
    this.#options = options;
    this.#census = new AddressCensus(limits.connectionsPerAddress);
    this.#halfOpen = new HalfOpen({ perAddress: limits.halfOpenPerAddress, total: limits.halfOpenTotal });
    this.#door = new Door({
      limits,
      originPolicy: options.originPolicy,
      addressOf: (request) => this.#address(request),
      continues: (request) => this.#transports.get(sessionOf(request))?.open === true,
      onRefused: (reason) => metrics.connectionRefused(reason),
    });
    this.#io = new Server(http, {
      transports: ['websocket', 'polling'],
      serveClient: false,
      maxHttpBufferSize: FRAME_MAX_BYTES,
      connectTimeout: HANDSHAKE_TIMEOUT_MS,
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      httpCompression: false,
      cors: { origin: [...options.allowedOrigins] },
      wsEngine: boundedWebSockets(limits, () => metrics.transportCut('flood')),
      allowRequest: (request, decide) => this.#decide(request, decide),
    });
    this.#io.engine.use((request: IncomingMessage, response: ServerResponse, next: () => void) =>
      this.#door.limit(request, response, next),
    );
    this.#io.engine.use(createRequestGuard(options.originPolicy, options.metrics));
    this.#io.engine.on('connection', (connection: Socket['conn']) => this.#addTransport(connection));
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

  /** Transports whose peer is not in a room yet. */
  get halfOpenCount(): number {
    return this.#halfOpen.size;
  }

  /** Networks with a connection, for leak tests. */
  get addressCount(): number {
    return this.#census.size;
  }

  /** Refuses new sockets from now on. The present ones stay. */
  stopAccepting(): void {
    this.#door.shut();
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
    const refusal = this.#door.refusal(request);
    decide(refusal, refusal === undefined);
  }

  #addTransport(connection: Socket['conn']): void {
    const { limits, metrics, logger } = this.#options;
    const { id } = connection as unknown as { id: string };
    const address = this.#address(connection.request);
    const takeExcess = (count: number): boolean => this.#excess.take(address, count) === 0;
    const transport = new Transport(connection, address, limits, takeExcess);
    this.#transports.set(id, transport);
    transport.on('cut', (why) => {
      metrics.transportCut(why);
      logger.info({ why }, 'transport cut');
    });
    transport.once('closed', () => {
      this.#transports.delete(id);
      this.#halfOpen.remove(transport);
    });
    this.#halfOpen.add(transport);
  }

  async #admit(socket: Socket, next: (error?: Error) => void): Promise<void> {
    const transport = this.#transportOf(socket);
    // Socket.io makes its socket later than the packet, and the transport may have been cut in between.
    if (transport === undefined) return next(new ParleyError('closed'));
    try {
      const identity = await this.#identify(socket, transport);
      // It may have closed while its credentials were checked.
      if (!transport.open) throw new ParleyError('closed');
      // Without a wait before it, or several sockets of one address could pass together.
      if (!this.#census.hasRoom(transport.address)) throw new ParleyError('rate_limited');
      transport.once('closed', this.#census.enter(transport.address));
      socket.data = { identity };
      next();
    } catch (error) {
      const known =
        error instanceof ParleyError ? error : new ParleyError('internal', undefined, { cause: error });
      if (known.code === 'internal') this.#options.logger.error({ err: error }, 'handshake failed');
      this.#options.metrics.connectionRefused(known.code);
      next(Object.assign(new Error(known.message), { data: known.toBody() }));
      // After the refusal, which Socket.io sends in the next tick.
      setImmediate(() => transport.close());
    }
  }

  async #identify(socket: Socket, { address }: Transport): Promise<PeerIdentity> {
    if (!this.#door.accepting) throw new ParleyError('unavailable');
    if (!this.#census.hasRoom(address)) throw new ParleyError('rate_limited');
    return this.#options.authenticator.authenticate(socket.handshake.auth, address);
  }

  #handleSocket(socket: Socket): void {
    const { identity } = socket.data as { identity: PeerIdentity };
    const { code: roomCode, peerId, traceId } = identity;
    const logger = this.#options.logger.child({ roomCode, peerId, traceId });
    const { validateOutgoing } = this.#options;
    const transport = this.#transportOf(socket);
    if (transport === undefined) return void socket.disconnect(true);
    const connection = new ClientConnection({ socket, transport, identity, logger, validateOutgoing });
    this.#connections.add(connection);
    const joinTimer = setInterval(() => connection.expire(), JOIN_TIMEOUT_MS).unref();
    connection.once('attached', () => this.#halfOpen.remove(transport));
    socket.on('error', (error) => logger.debug({ err: error }, 'socket error'));
    socket.onAny((event: unknown, ...given: unknown[]) =>
      this.#options.dispatcher.dispatch(connection, event, given),
    );
    socket.once('disconnect', (reason) => {
      clearInterval(joinTimer);
      this.#connections.delete(connection);
      connection.disconnected();
      // A client may leave the namespace and stay. It could not come back on this transport.
      transport.close();
      logger.debug({ reason }, 'socket closed');
      this.#options.onDisconnected(connection);
    });
    logger.debug('socket opened');
  }

  /** Undefined if the transport is closed by now. */
  #transportOf(socket: Socket): Transport | undefined {
    const { id } = socket.conn as unknown as { id: string };
    return this.#transports.get(id);
  }

  #address(request: IncomingMessage): string {
    return clientAddress(request, this.#options.trustProxyHops);
  }
}

/** The id of the Engine.io session that a request names, or an empty text. Engine.io has parsed it before. */
function sessionOf(request: IncomingMessage): string {
  const { _query: query } = request as IncomingMessage & { _query?: { sid?: unknown } };
  return typeof query?.sid === 'string' ? query.sid : '';
}
