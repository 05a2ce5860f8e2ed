import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ErrorBody } from '@parley/proto/errors';
import { handshakeAuthSchema } from '@parley/proto/requests';
import { Server, type Socket } from 'socket.io';
import { problem, requestProblem, routeProblem } from './contract.ts';

type Ack = (reply: unknown) => void;
export type Handler = (input: unknown, socket: Socket) => unknown;
export type RestHandler = (path: string) => { status: number; body: unknown };

/**
 * A real Socket.io server with an HTTP side, that answers what the test says. What the client sends is parsed with the
 * contract's schemas: `stop` rejects if any of it was refused.
 */
export class SignalingServer {
  readonly origin: string;
  readonly sockets: Socket[] = [];
  readonly auths: unknown[] = [];
  readonly requests: string[] = [];
  readonly restBodies: string[] = [];
  readonly handlers = new Map<string, Handler>();
  readonly transports: string[] = [];
  /** Refuses the handshake with this; null: lets in. */
  refuseWith: ErrorBody | null = null;
  rest: RestHandler = () => ({ status: 404, body: {} });
  readonly #violations: string[] = [];
  readonly #swallowed = new Set<Duplex>();
  #restCount = 0;
  readonly #http: HttpServer;
  readonly #io: Server;

  static async start(): Promise<SignalingServer> {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return new SignalingServer(http);
  }

  private constructor(http: HttpServer) {
    this.#http = http;
    this.origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    http.on('request', (request, response) => {
      if (request.url?.startsWith('/socket.io') === true) return;
      this.#restCount += 1;
      let sent = '';
      request.on('data', (part: Buffer) => (sent += part.toString()));
      request.on('end', () => {
        this.#note(routeProblem(request.method ?? '', request.url ?? '', sent));
        this.restBodies.push(sent);
        const { status, body } = this.rest(request.url ?? '');
        response.writeHead(status).end(JSON.stringify(body));
      });
    });
    this.#io = new Server(http);
    this.#io.use((socket, next) => {
      this.auths.push(socket.handshake.auth);
      this.#note(problem('handshake', handshakeAuthSchema, socket.handshake.auth));
      if (this.refuseWith === null) next();
      else next(Object.assign(new Error('refused'), { data: this.refuseWith }));
    });
    this.#io.on('connection', (socket) => this.#accept(socket));
  }

  get restCount(): number {
    return this.#restCount;
  }

  get connected(): Socket[] {
    return this.sockets.filter((socket) => socket.connected);
  }

  notify(name: string, payload: unknown): void {
    this.#io.emit(name, payload);
  }

  /** The number of WebSockets that are without an answer. */
  get swallowed(): number {
    return this.#swallowed.size;
  }

  /** As some proxies do it: takes the requests for WebSockets and never answers them. */
  swallowWebSockets(): void {
    this.#http.removeAllListeners('upgrade');
    this.#http.on('upgrade', (_request, socket) => {
      this.#swallowed.add(socket);
      socket.on('error', () => socket.destroy());
    });
  }

  /** As a lost network does it: no goodbye. */
  cut(): void {
    for (const socket of this.connected) socket.conn.close();
  }

  async stop(): Promise<void> {
    for (const socket of this.#swallowed) socket.destroy();
    await this.#io.close();
    this.#http.closeAllConnections();
    if (this.#violations.length > 0) throw new Error(`Against the contract: ${this.#violations.join('; ')}`);
  }

  #note(violation: string | null): void {
    if (violation !== null) this.#violations.push(violation);
  }

  #accept(socket: Socket): void {
    this.sockets.push(socket);
    this.transports.push(socket.conn.transport.name);
    socket.onAny((name: string, input: unknown, ack?: Ack) => {
      this.requests.push(name);
      this.#note(requestProblem(name, input));
      void Promise.resolve(this.handlers.get(name)?.(input, socket)).then((answer) => {
        if (answer !== undefined) ack?.(answer);
      });
    });
  }
}

export const ok = (data: unknown) => ({ ok: true, data });
export const refused = (code: string, message = 'No.') => ({ ok: false, error: { code, message } });
