import { Counter, Histogram, type Registry } from 'prom-client';

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Labels are closed sets: a route of the contract or `unmatched`, never a path. */
export type HttpMetrics = {
  observe(route: string, method: string, status: number, seconds: number): void;
  rateLimited(route: string): void;
};

export function createHttpMetrics(registry: Registry): HttpMetrics {
  const seconds = new Histogram({
    name: 'parley_http_request_seconds',
    help: 'HTTP requests answered',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  const limited = new Counter({
    name: 'parley_http_rate_limited_total',
    help: 'HTTP requests refused because their client sent too many',
    labelNames: ['route'],
    registers: [registry],
  });
  return {
    observe: (route, method, status, value) => {
      const known = method === 'GET' || method === 'POST' || method === 'HEAD' ? method : 'other';
      seconds.observe({ route, method: known, status: `${Math.floor(status / 100)}xx` }, value);
    },
    rateLimited: (route) => limited.inc({ route }),
  };
}
