import type { IncomingMessage } from 'node:http';

/**
 * Calls `onLate` if the request with its body has not arrived in time. Node's own `requestTimeout` is one for all requests of a server,
 * and a server that takes files needs a longer one for these.
 */
export function limitBodyTime(request: IncomingMessage, timeoutMs: number, onLate: () => void): void {
  const timer = setTimeout(() => {
    if (!request.complete && !request.destroyed) onLate();
  }, timeoutMs).unref();
  const stop = (): void => clearTimeout(timer);
  request.once('end', stop);
  request.once('close', stop);
}
