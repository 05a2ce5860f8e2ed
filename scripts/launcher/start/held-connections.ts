import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { clientKey } from '@parley/common/limits';

const SWEEP_EVERY_MS = 1_000;
/** A connection counts after this, so that many people who arrive at the same moment from one address are all served. */
const HELD_AFTER_MS = 1_000;
/** Beyond this many times its limit, an address gets no further connection at all. */
const BURST = 5;

/** `heldSince` is the time (`performance.now()`) from which the client has had the turn. Undefined while it waits for an answer. */
type Connection = { readonly socket: Socket; heldSince: number | undefined };

/**
 * Limits the connections of each address that wait for the client: those without a request, and those whose request is not
 * complete. A WebSocket is not one of them, nor is a request that waits for its answer, as in long polling. Beyond the limit
 * those that are held for the longest time are cut off.
 */
export class HeldConnections {
  readonly #limit: number;
  /** The connections of each client by the port at its end, which TLS sockets share with the TCP socket below. */
  readonly #byClient = new Map<string, Map<number, Connection>>();
  readonly #timer: NodeJS.Timeout;

  constructor(limit: number) {
    this.#limit = limit;
    this.#timer = setInterval(() => this.sweep(), SWEEP_EVERY_MS).unref();
  }

  /** Clients with a connection. */
  get size(): number {
    return this.#byClient.size;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#byClient.clear();
  }

  /** Returns false, and does not count the connection, if its client has far too many. */
  enter(socket: Socket): boolean {
    const { client, port } = place(socket);
    const own = this.#byClient.get(client) ?? new Map<number, Connection>();
    if (own.size >= this.#limit * BURST) return false;
    own.set(port, { socket, heldSince: performance.now() });
    this.#byClient.set(client, own);
    socket.once('close', () => this.#remove(client, port));
    return true;
  }

  /** From now on the connection is a WebSocket, and does not count. */
  leave(socket: Socket): void {
    const { client, port } = place(socket);
    this.#remove(client, port);
  }

  /** The connection is not held from the end of the request to the end of its answer. */
  answers(request: IncomingMessage, response: ServerResponse): void {
    const { client, port } = place(request.socket);
    const connection = this.#byClient.get(client)?.get(port);
    if (connection === undefined) return;
    request.once('end', () => (connection.heldSince = undefined));
    response.once('close', () => (connection.heldSince = performance.now()));
  }

  /** Cuts off what is beyond the limit. Runs every second. */
  sweep(now = performance.now()): void {
    for (const own of this.#byClient.values()) {
      if (own.size <= this.#limit) continue;
      const held = [...own.values()].filter(({ heldSince = now }) => now - heldSince >= HELD_AFTER_MS);
      const oldestFirst = held.toSorted((one, other) => (one.heldSince ?? 0) - (other.heldSince ?? 0));
      for (const { socket } of oldestFirst.slice(0, Math.max(0, held.length - this.#limit))) socket.destroy();
    }
  }

  #remove(client: string, port: number): void {
    const own = this.#byClient.get(client);
    own?.delete(port);
    if (own?.size === 0) this.#byClient.delete(client);
  }
}

function place({ remoteAddress = '', remotePort = 0 }: Socket): { client: string; port: number } {
  // A server that listens on IPv6 as well sees IPv4 addresses in their mapped form.
  return { client: clientKey(remoteAddress.replace(/^::ffff:(?=\d+\.)/i, '')), port: remotePort };
}
