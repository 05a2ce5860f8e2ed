import {
  NOTIFICATIONS,
  replySchema,
  REQUESTS,
  type HandshakeAuth,
  type Notification,
  type NotificationName,
  type Reply,
  type RequestInput,
  type RequestName,
  type RequestResult,
} from '@parley/proto/requests';
import type { Goodbye } from '@parley/proto/room';
import { io, type Socket } from 'socket.io-client';
import { asFailure, CallFailure } from '../base/call-failure.ts';
import { newUuid } from '../base/ids.ts';
import type { ClientLog } from '../base/log.ts';

/** Long polling opens in any network in which people can talk. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Some proxies and virus scanners take the request for a WebSocket and never answer. */
const WEBSOCKET_WAIT_MS = 4_000;
const REQUEST_TIMEOUT_MS = 10_000;
/** Longer than a round trip in any network in which people can talk. */
const PING_TIMEOUT_MS = 2_000;

/** What the sockets of one page have learnt about its network. */
export type KnownWays = {
  /** Whether the network lets long polling through and leaves WebSockets without an answer. Socket.io then tries the WebSocket afterwards. */
  pollsFirst: boolean;
};

/**
 * Turns off the compiled parsers of Zod: for the few messages of a call, compiling takes longer than it saves, and a
 * strict Content-Security-Policy forbids it.
 */
const PLAIN = { jitless: true };

/** A notification with its name, so that a switch over the name knows the payload. */
export type NotificationEvent = {
  [N in NotificationName]: { name: N; payload: Notification<N> };
}[NotificationName];

export type ConnectionOptions = {
  /** Scheme, host and port of the edge. */
  origin: string;
  /** Not called after `close()`. */
  onNotification: (event: NotificationEvent) => void;
  /** The open socket was lost. Not called after `close()`. */
  onLost: (reason: string) => void;
  log: ClientLog;
  /** Shared with the other connections of the page. */
  ways?: KnownWays;
  webSocketWaitMs?: number;
};

/** One socket. Its owner makes another connection for the next one, because each needs its own credentials. */
export class SignalingConnection {
  readonly #options: ConnectionOptions;
  readonly #ways: KnownWays;
  #socket: Socket | null = null;
  /** Ends the attempt to open `#socket`, while there is one. */
  #giveUp: (() => void) | null = null;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#ways = options.ways ?? { pollsFirst: false };
  }

  get connected(): boolean {
    return this.#socket?.connected ?? false;
  }

  /** Whether the socket uses a WebSocket now. In networks that block WebSockets, the socket uses long polling. */
  get overWebSocket(): boolean {
    return this.#socket?.io.engine.transport.name === 'websocket';
  }

  /**
   * Connects while the credentials are still being fetched, so that the two round trips overlap. Rejects with
   * CallFailure. Call it once.
   */
  async open(auth: Promise<HandshakeAuth>): Promise<void> {
    if (this.#closed) throw new CallFailure('closed');
    const { webSocketWaitMs = WEBSOCKET_WAIT_MS, log } = this.#options;
    if (this.#ways.pollsFirst) return this.#openBy(['polling', 'websocket'], CONNECT_TIMEOUT_MS, auth);
    try {
      await this.#openBy(['websocket', 'polling'], webSocketWaitMs, auth);
    } catch (error) {
      if (!isTimeout(error)) throw error;
      await this.#openBy(['polling', 'websocket'], CONNECT_TIMEOUT_MS, auth);
      log('warn', 'no answer to a WebSocket');
      this.#ways.pollsFirst = true;
    }
  }

  /** Opens the socket as `open` does, but without long polling: for a network that may let WebSockets through by now. */
  async openWebSocket(auth: Promise<HandshakeAuth>): Promise<void> {
    if (this.#closed) throw new CallFailure('closed');
    await this.#openBy(['websocket'], this.#options.webSocketWaitMs ?? WEBSOCKET_WAIT_MS, auth);
    this.#ways.pollsFirst = false;
  }

  async #openBy(
    transports: ('websocket' | 'polling')[],
    timeout: number,
    auth: Promise<HandshakeAuth>,
  ): Promise<void> {
    this.#drop();
    const socket = io(this.#options.origin, {
      path: '/socket.io/',
      transports,
      tryAllTransports: true,
      reconnection: false,
      forceNew: true,
      autoConnect: false,
      timeout,
      // The edge sends all long-polling requests with the same `k` to the same instance. A new `k` for each socket may
      // lead to another instance than the one that just failed.
      query: { k: newUuid() },
      auth: (give) => void auth.then(give, () => socket.disconnect()),
    });
    this.#socket = socket;
    socket.onAny((name: string, payload: unknown) => this.#receive(name, payload));
    await this.#connect(socket, auth);
    socket.on('disconnect', (reason) => {
      this.#drop();
      this.#options.onLost(reason);
    });
  }

  /**
   * Rejects with CallFailure: the server's error, `timeout`, `network_unreachable`, or `internal` if the reply is
   * malformed.
   */
  async request<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<RequestResult<N>> {
    const socket = this.#socket;
    if (socket === null || !socket.connected) throw new CallFailure('network_unreachable');
    let answer: unknown;
    try {
      answer = await socket.timeout(timeoutMs).emitWithAck(name, input);
    } catch (error) {
      throw new CallFailure(socket.connected ? 'timeout' : 'network_unreachable', { cause: error });
    }
    const parsed = replySchema(REQUESTS[name].response).safeParse(answer, PLAIN);
    if (!parsed.success)
      throw new CallFailure('internal', { message: `Unexpected reply to ${name}`, cause: parsed.error });
    const reply = parsed.data as Reply<RequestResult<N>>;
    if (!reply.ok) throw CallFailure.fromBody(reply.error);
    return reply.data;
  }

  /** Asks whether the open socket still carries anything, also before the join: a refusal is an answer. Resolves with false if none comes in time. */
  async answers(timeoutMs = PING_TIMEOUT_MS): Promise<boolean> {
    try {
      await this.#socket?.timeout(timeoutMs).emitWithAck('room:ping', {});
      return this.connected;
    } catch {
      return false;
    }
  }

  /** Sends the last request in the same task, because the page may be closing, and closes the socket. */
  closeWith(last: Goodbye): void {
    if (this.#socket?.connected === true) this.#socket.emit(last, {}, () => {});
    this.close();
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  async #connect(socket: Socket, auth: Promise<HandshakeAuth>): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        auth.catch((error: unknown) => reject(asFailure(error)));
        socket.once('connect', resolve);
        socket.once('connect_error', (error: Error & { data?: unknown }) => {
          reject(
            CallFailure.fromUnknownBody(error.data) ??
              new CallFailure('network_unreachable', { cause: error }),
          );
        });
        this.#giveUp = () => reject(new CallFailure(this.#closed ? 'closed' : 'network_unreachable'));
        socket.once('disconnect', this.#giveUp);
        socket.connect();
      });
      if (this.#socket !== socket || !socket.connected) throw new CallFailure('network_unreachable');
    } catch (error) {
      if (this.#socket === socket) this.#drop();
      throw error;
    } finally {
      socket.off();
    }
  }

  #receive(name: string, payload: unknown): void {
    if (!Object.hasOwn(NOTIFICATIONS, name)) {
      this.#options.log('warn', 'unknown notification', { name });
      return;
    }
    const parsed = NOTIFICATIONS[name as NotificationName].safeParse(payload, PLAIN);
    if (!parsed.success) {
      this.#options.log('warn', 'malformed notification', { name });
      return;
    }
    this.#options.onNotification({ name, payload: parsed.data } as NotificationEvent);
  }

  /** Ends the present socket without calling `onLost`. */
  #drop(): void {
    this.#giveUp?.();
    this.#giveUp = null;
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.offAny();
    socket.off();
    socket.disconnect();
  }
}

/** Whether no transport opened in time. */
function isTimeout(error: unknown): boolean {
  return error instanceof CallFailure && error.cause instanceof Error && error.cause.message === 'timeout';
}
