import { Buffer } from 'node:buffer';
import { EventEmitter } from 'node:events';
import type { Socket } from 'socket.io';
import type { WebSocket } from 'ws';
import { Backlog } from './limits/backlog.ts';
import { PacketLimit, type PacketRates, type TakeExcess } from './limits/packet-limit.ts';

type Connection = Socket['conn'];
type Packet = { readonly type: string; readonly data?: unknown };

export const TRANSPORT_ENDS = [
  /** More packets or bytes than it may send. */
  'flood',
  /** A second CONNECT, or one to a namespace that is not there. */
  'connect',
  /** The oldest that was not in a room, when its address had too many. */
  'half-open',
  /** It does not read. */
  'unread',
  /** The handshake was refused, or Socket.io disconnected. */
  'refused',
] as const;
export type TransportEnd = (typeof TRANSPORT_ENDS)[number];

type Events = {
  /** This server cuts the transport. Once, and before the connection closes. */
  cut: [why: TransportEnd];
  /** Nothing of it is left. Once. */
  closed: [];
};

/** The type of a Socket.io packet that asks for a namespace. */
const CONNECT = '0';
/** A packet of another namespace than `/`: type, perhaps a number of attachments, and the name. */
const OTHER_NAMESPACE = /^\d(?:\d+-)?\/[^,]/;

/**
 * One Engine.io session, over long polling, a WebSocket, or the change from one to the other. It may ask for the namespace
 * once in its life, so that no new Socket.io socket on it begins with new limits, and everything it sends counts
 * before it is parsed.
 */
export class Transport extends EventEmitter<Events> {
  readonly address: string;
  readonly backlog: Backlog;
  /** Whether a request before the join is under way on it. */
  busy = false;
  readonly #connection: Connection;
  readonly #limit: PacketLimit;
  #connects = 0;
  #cut = false;

  constructor(connection: Connection, address: string, rates: PacketRates, takeExcess?: TakeExcess) {
    super();
    this.address = address;
    this.#connection = connection;
    this.#limit = new PacketLimit(rates, takeExcess);
    this.backlog = new Backlog(connection, () => this.cut('unread'));
    connection.on('packet', (packet: Packet) => this.#check(packet));
    // A probe on the WebSocket that the session may change to. Each is answered.
    connection.on('upgrading', () => this.#count(0));
    connection.once('close', () => this.#handleClose());
  }

  /** Whether it takes packets. One that closes in order may wait half a minute for a client that does not read. */
  get open(): boolean {
    return this.#connection.readyState === 'open';
  }

  evict(): void {
    this.cut('half-open');
  }

  /**
   * Ends the connection at once: nothing that was read already is parsed any more. An orderly close would wait behind
   * unread packets and keep them in memory for half a minute.
   */
  cut(why: TransportEnd): void {
    if (this.#cut) return;
    this.#cut = true;
    this.emit('cut', why);
    const webSocket = this.#webSocket;
    this.#connection.close(true);
    webSocket?.terminate();
  }

  /** Ends the connection after the packets that were sent on it. */
  close(): void {
    this.#connection.close();
  }

  /** A client that does not close its end holds a WebSocket of this server for a while (`CLOSE_MAX_MS`): it counts until then. */
  #handleClose(): void {
    const webSocket = this.#webSocket;
    if (webSocket === undefined || webSocket.readyState === webSocket.CLOSED) this.emit('closed');
    else webSocket.once('close', () => this.emit('closed'));
  }

  /** Undefined while the session polls. */
  get #webSocket(): WebSocket | undefined {
    return (this.#connection.transport as unknown as { socket?: WebSocket }).socket;
  }

  #check({ type, data }: Packet): void {
    if (!this.#count(sizeOf(data)) || type !== 'message' || typeof data !== 'string') return;
    if (data.startsWith(CONNECT)) this.#connects += 1;
    if (this.#connects > 1 || OTHER_NAMESPACE.test(data)) this.cut('connect');
  }

  #count(bytes: number): boolean {
    if (this.#limit.takePacket(bytes)) return true;
    this.cut('flood');
    return false;
  }
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  return data instanceof Uint8Array ? data.byteLength : 0;
}
