import type { IncomingMessage } from 'node:http';

type Waiting = { readonly request: IncomingMessage; readonly begin: () => void };

/**
 * Begins one session in a turn of the event loop. Hundreds of clients may come in the same moment, and whoever is in a call is answered between two
 * of them.
 */
export class Turns {
  readonly #waiting: Waiting[] = [];

  /** Calls `begin` later, in the order of the calls, unless the client has gone by then. */
  wait(request: IncomingMessage, begin: () => void): void {
    // Of a request for a WebSocket nobody listens for errors before there is one.
    request.socket.on('error', ignore);
    if (this.#waiting.push({ request, begin }) === 1) setImmediate(() => this.#next());
  }

  #next(): void {
    const first = this.#waiting.shift();
    if (this.#waiting.length > 0) setImmediate(() => this.#next());
    if (first === undefined) return;
    first.request.socket.off('error', ignore);
    if (!first.request.socket.destroyed) first.begin();
  }
}

function ignore(): void {}
