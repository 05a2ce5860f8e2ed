import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Histogram, type Registry } from 'prom-client';

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

type HttpEvent = { request: IncomingMessage; response: ServerResponse };

/**
 * Measures every request that this process answers, except those of the admin server. Next has no hook for that; Node reports each
 * request on diagnostics channels.
 */
export function observeRequests(registry: Registry, adminPort: number): void {
  const seconds = new Histogram({
    name: 'parley_ui_request_seconds',
    help: 'Requests for pages and their files answered',
    labelNames: ['kind', 'status'],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  const begun = new WeakMap<IncomingMessage, number>();
  subscribe('http.server.request.start', (message) => {
    const { request } = message as HttpEvent;
    if (request.socket.localPort !== adminPort) begun.set(request, performance.now());
  });
  subscribe('http.server.response.finish', (message) => {
    const { request, response } = message as HttpEvent;
    const startedAt = begun.get(request);
    if (startedAt === undefined) return;
    const labels = { kind: kindOf(request.url), status: `${Math.floor(response.statusCode / 100)}xx` };
    seconds.observe(labels, (performance.now() - startedAt) / 1000);
  });
}

/** Two values only: a path names a room and must not become a label. */
function kindOf(url: string | undefined): 'file' | 'page' {
  return url?.startsWith('/_next/') ? 'file' : 'page';
}
