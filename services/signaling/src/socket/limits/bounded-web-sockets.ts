import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { TokenBucket } from '@parley/common/limits';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { gatherWrites } from './gathered-writes.ts';
import { PacketLimit, type PacketRates } from './packet-limit.ts';

/** Pings and pongs of the WebSocket protocol. Browsers send none on their own, and this server sends no ping. */
const CONTROL_FRAMES = { burst: 20, perSecond: 1 };
/** How long a client may take to close its end after this server has closed the WebSocket in order. */
const CLOSE_MAX_MS = 1_000;
const BOUNDS = {
  /** Our client sends whole messages. */
  maxFragments: 64,
  closeTimeout: CLOSE_MAX_MS,
  /** One message of each WebSocket in a turn of the event loop, so that somebody who sends many at once delays others by one of each sender. */
  allowSynchronousEvents: false,
};

/**
 * The WebSockets of Engine.io with a bound for what Engine.io does not see: control frames, fragments, closing, and frames on a
 * WebSocket that a polling session has not changed to yet. Packets are counted in `Transport`.
 */
export function boundedWebSockets(rates: PacketRates, onFlood: () => void): typeof WebSocketServer {
  return class extends WebSocketServer {
    constructor(options: ServerOptions) {
      super({ ...options, ...BOUNDS });
    }

    override handleUpgrade(
      request: IncomingMessage,
      socket: Duplex,
      head: Buffer,
      callback: (webSocket: InstanceType<typeof WebSocket>, request: IncomingMessage) => void,
    ): void {
      super.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
        bound(webSocket, socket, rates, onFlood);
        gatherWrites(socket);
        callback(webSocket, request);
      });
    }
  } as typeof WebSocketServer;
}

function bound(webSocket: WebSocket, socket: Duplex, rates: PacketRates, onFlood: () => void): void {
  const limit = new PacketLimit(rates);
  const controls = new TokenBucket(CONTROL_FRAMES);
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    onFlood();
    webSocket.terminate();
  };
  socket.on('data', (chunk: Buffer) => limit.takeBytes(chunk.length) || end());
  const control = (): void => void (controls.take() || end());
  webSocket.on('ping', control);
  webSocket.on('pong', control);
}
