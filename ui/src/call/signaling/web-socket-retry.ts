import type { HandshakeAuth } from '@parley/proto/requests';
import type { Dialed, Sockets } from './sockets.ts';

/** A client that could not open a WebSocket tries again this often, because long polling costs both sides more. */
export const WEBSOCKET_AGAIN_MS = 60_000;

type WebSocketRetryOptions = {
  sockets: Sockets;
  /** The credentials for a second socket; null while the call cannot move to one. */
  auth: () => Promise<HandshakeAuth> | null;
  /** The network lets a WebSocket through. Returns whether the call moves to it. */
  onOpened: (second: Dialed) => boolean;
};

/** Moves from long polling to a WebSocket as soon as the network lets one through. */
export class WebSocketRetry {
  readonly #options: WebSocketRetryOptions;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #closed = false;

  constructor(options: WebSocketRetryOptions) {
    this.#options = options;
  }

  /** Called when another socket is in use. */
  start(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#closed || this.#options.sockets.current?.overWebSocket !== false) return;
    this.#timer = setTimeout(() => void this.#try(), WEBSOCKET_AGAIN_MS);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  async #try(): Promise<void> {
    const { sockets, auth, onOpened } = this.#options;
    const { current } = sockets;
    const given = auth();
    // Socket.io moves over by itself in the first seconds, if it can.
    if (given === null || current?.overWebSocket !== false) return this.start();
    const second = sockets.dial(given, 'openWebSocket');
    const isOpen = await second.opened.then(
      () => true,
      () => false,
    );
    if (this.#closed || sockets.current !== current) return second.connection.close();
    if (isOpen && onOpened(second)) return;
    second.connection.close();
    this.start();
  }
}
