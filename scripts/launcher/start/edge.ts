import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { limitBodyTime } from '@parley/common/limits';
import { FILE_MAX_BYTES, UPLOAD_PATH } from '@parley/proto/edge';
import { LaunchError } from '../base/launch-error.ts';
import { HEADERS_MAX_BYTES } from '../services/node-service.ts';
import { isPage, sendAwayPage } from './away-page.ts';
import { Forwarder } from './forwarder.ts';
import { HeldConnections } from './held-connections.ts';
import { HostNames } from './host-names.ts';
import { keepOwnCookies } from './own-cookies.ts';
import { TrustedProxies } from './visitor.ts';

/** Base addresses of the services behind the edge. */
export interface EdgeTargets {
  readonly gateway: string;
  readonly signaling: string;
  readonly ui: string;
  /** Whether WebSockets may go to the UI. Only its development server uses one. */
  readonly uiHasWebSocket: boolean;
}

/** A certificate and its key, as PEM texts. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

type Service = 'gateway' | 'signaling' | 'ui';

/**
 * Larger than any body that a service accepts. The edge refuses such a body itself: a service that refuses one
 * closes the connection while the edge still writes, and the answer of the service is lost.
 */
const MAX_BODY_BYTES = 128 * 1024;
/** Files of the chat are larger, and take longer: 20 MB over an uplink of 300 kbit/s. */
const UPLOAD_MS = 10 * 60_000;

/** A whole request with its body, unless it is a file, and its header alone. Answers may take longer. */
const REQUEST_MS = 10_000;
const HEADER_MS = 10_000;
/** A connection on which nothing moves for so long is closed. A long poll is answered earlier, and WebSockets are not meant. */
const IDLE_MS = 60_000;
/** How often the times above are looked at. */
const CHECK_EVERY_MS = 1_000;
const TIMES = {
  requestTimeout: REQUEST_MS,
  headersTimeout: HEADER_MS,
  connectionsCheckingInterval: CHECK_EVERY_MS,
} as const;
const SIZES = { maxHeaderSize: HEADERS_MAX_BYTES } as const;
const CONNECTIONS_MAX = 10_000;
const CONNECTIONS_PER_ADDRESS = 100;

// A client may write anything into these headers. The services receive only what the edge has seen itself, or a listed proxy.
const UNTRUSTED_HEADERS = ['forwarded', 'x-forwarded-port', 'x-real-ip'];

/** Which service answers a path. */
export function route(url: string): Service {
  const path = url.split('?', 1)[0] ?? url;
  if (path === '/api' || path.startsWith('/api/')) return 'gateway';
  return path.startsWith('/socket.io/') ? 'signaling' : 'ui';
}

interface Place {
  readonly port: number;
  readonly host: string;
  /** The variable that sets the port. */
  readonly variable: string;
}

export interface EdgeOptions {
  readonly trustedProxies?: TrustedProxies;
  /** The names that are answered besides addresses and localhost. */
  readonly names?: HostNames;
  /** How many connections without a complete request one address may have. Those of listed proxies have no limit. */
  readonly connectionsPerAddress?: number;
  readonly times?: Partial<Record<keyof typeof TIMES, number>>;
}

/** The address that browsers open: a proxy in front of gateway, signaling and UI. */
export class Edge {
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #forwarder = new Forwarder((response) =>
    refuse(response, 502, 'unavailable', 'This part of Parley is restarting. Try again in a moment.'),
  );
  readonly #trustedProxies: TrustedProxies;
  readonly #names: HostNames;
  readonly #held: HeldConnections;
  readonly #times: Readonly<Record<keyof typeof TIMES, number>>;
  #targets: EdgeTargets | undefined;

  /** Listens at once, so that a busy port is reported before any service starts. Answers 503 until `open()`. */
  static async create(port: number, hosts: readonly string[], options: EdgeOptions = {}): Promise<Edge> {
    const edge = new Edge(options);
    try {
      for (const host of hosts) await edge.#listenPlainly(port, host);
    } catch (error) {
      edge.close();
      throw error;
    }
    return edge;
  }

  private constructor(options: EdgeOptions) {
    this.#trustedProxies = options.trustedProxies ?? new TrustedProxies();
    this.#names = options.names ?? new HostNames();
    this.#held = new HeldConnections(options.connectionsPerAddress ?? CONNECTIONS_PER_ADDRESS);
    this.#times = { ...TIMES, ...options.times };
  }

  /** The port in use. It differs from the requested one only if that was 0. */
  get port(): number {
    const address = this.#servers[0]?.address();
    if (!address || typeof address === 'string') throw new Error('edge closed');
    return address.port;
  }

  /** Serves the same over https at another address. */
  async listenSecurely(port: number, host: string, keyPair: KeyPair): Promise<void> {
    const options = {
      ...keyPair,
      ...SIZES,
      ...this.#times,
      requestTimeout: UPLOAD_MS,
      handshakeTimeout: HEADER_MS,
    };
    const server = createSecureServer(options, (request, response) => this.#handle(request, response));
    // Track the encrypted socket as well as the TCP socket below it, so that `close()` ends both.
    server.on('secureConnection', (socket) => this.#track(socket));
    await this.#listen(server, { port, host, variable: 'HTTPS_PORT' });
  }

  open(targets: EdgeTargets): void {
    this.#targets = targets;
  }

  close(): void {
    this.#held.close();
    for (const server of this.#servers.splice(0)) server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#forwarder.close();
  }

  async #listenPlainly(port: number, host: string): Promise<void> {
    const isFirst = this.#servers.length === 0;
    const options = { ...SIZES, ...this.#times, requestTimeout: UPLOAD_MS };
    const server = createServer(options, (request, response) => this.#handle(request, response));
    try {
      await this.#listen(server, { port: isFirst ? port : this.port, host, variable: 'PORT' });
    } catch (error) {
      // On a machine without IPv6, the edge listens on IPv4 alone.
      if (isFirst || !(error instanceof NoSuchAddress)) throw error;
    }
  }

  #listen(server: Server, { port, host, variable }: Place): Promise<void> {
    server.maxConnections = CONNECTIONS_MAX;
    server.timeout = IDLE_MS;
    server.on('connection', (socket: Socket) => this.#accept(socket));
    server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) =>
      this.#upgrade(request, socket, head),
    );
    return new Promise((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        reject(listenError(error, { port, host, variable })),
      );
      server.listen({ port, host }, () => {
        this.#servers.push(server);
        resolve();
      });
    });
  }

  #accept(socket: Socket): void {
    this.#track(socket);
    // A listed proxy brings everybody's requests.
    if (this.#trustedProxies.includes(socket.remoteAddress ?? '')) return;
    if (!this.#held.enter(socket)) socket.destroy();
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    this.#held.answers(request, response);
    const { host } = this.#trustedProxies.visitorOf(request);
    if (!this.#names.includes(host)) return refuseName(response, host);
    if (!this.#targets)
      return refuse(response, 503, 'unavailable', 'Parley is starting. Try again in a moment.');
    const isUpload = isFile(request);
    if (!isUpload) limitBodyTime(request, this.#times.requestTimeout, () => endLate(request.socket));
    const maxBytes = isUpload ? FILE_MAX_BYTES : MAX_BODY_BYTES;
    if (Number(request.headers['content-length'] ?? 0) > maxBytes)
      return refuse(response, 413, 'payload_too_large', 'The request is too large.');
    const service = route(request.url ?? '/');
    this.#vouch(request, service);
    this.#forwarder.web(request, response, this.#targets[service]);
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const service = route(request.url ?? '/');
    const allowed = service === 'signaling' || (service === 'ui' && this.#targets?.uiHasWebSocket === true);
    if (!this.#names.includes(this.#trustedProxies.visitorOf(request).host))
      return endUpgrade(socket, '421 Misdirected Request');
    if (!this.#targets || !allowed) return endUpgrade(socket, '400 Bad Request');
    this.#held.leave(socket);
    this.#vouch(request, service);
    this.#forwarder.webSocket(request, socket, head, this.#targets[service]);
  }

  /** Replaces the headers in which a client describes itself by what the edge knows. */
  #vouch(request: IncomingMessage, service: Service): void {
    const { address, scheme, host } = this.#trustedProxies.visitorOf(request);
    for (const name of UNTRUSTED_HEADERS) delete request.headers[name];
    if (service !== 'ui') keepOwnCookies(request.headers, service);
    request.headers.host = host;
    request.headers['x-forwarded-for'] = address;
    request.headers['x-forwarded-proto'] = scheme;
    request.headers['x-forwarded-host'] = host;
  }
}

function isFile({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && url.split('?', 1)[0] === UPLOAD_PATH;
}

/** Ends a connection with the answer that Node gives to a request whose time is over. */
function endLate(socket: Socket): void {
  socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
}

function endUpgrade(socket: Socket, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** In words, because a person with a browser may have opened this name. */
function refuseName(response: ServerResponse, host: string): void {
  response.writeHead(421, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(
    `Parley does not know the name ${host}. If it is a name of this machine, start Parley with it: EDGE_NAMES=${host.replace(/:\d+$/, '')} npm start\n`,
  );
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (code === 'unavailable' && isPage(response.req)) return sendAwayPage(response, status);
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...(code === 'unavailable' && { 'retry-after': '1' }),
  });
  response.end(JSON.stringify({ error: { code, message } }));
}

class NoSuchAddress extends LaunchError {}

function listenError(error: NodeJS.ErrnoException, { port, host, variable }: Place): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new LaunchError(
        `Port ${port} is in use by another program. Stop it, or choose another port: ${variable}=${port + 1} npm start`,
      );
    case 'EACCES':
      return new LaunchError(
        `This user may not listen on port ${port}. Choose one above 1023 with ${variable}.`,
      );
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return new NoSuchAddress(`This machine does not have the address ${host}.`);
    default:
      return error;
  }
}
