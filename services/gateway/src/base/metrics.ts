import { ERROR_CODES, type ErrorCode } from '@parley/proto/errors';
import { ROUTES, type RouteName } from '@parley/proto/rest';
import { Counter, Histogram, type Registry } from 'prom-client';

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const METHODS = ['GET', 'POST', 'HEAD'];
const ROUTE_NAMES = Object.keys(ROUTES) as RouteName[];

/** `ok` or the error's code. */
type Outcome = ErrorCode | 'ok';

/** The gateway's metrics. Labels are closed sets: a route is a template of the contract or `unmatched`, never a path. */
export class GatewayMetrics {
  readonly #requests: Histogram<'route' | 'method' | 'status'>;
  readonly #limited: Counter<'route'>;
  readonly #authorizations: Counter<'outcome'>;
  readonly #uploads: Counter<'outcome'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#requests = new Histogram({
      name: 'parley_gateway_http_request_seconds',
      help: 'HTTP requests answered, by the template of the route and the status code',
      labelNames: ['route', 'method', 'status'],
      buckets: BUCKETS_SECONDS,
      registers,
    });
    this.#limited = new Counter({
      name: 'parley_gateway_rate_limited_total',
      help: 'HTTP requests refused because their client sent too many',
      labelNames: ['route'],
      registers,
    });
    this.#authorizations = new Counter({
      name: 'parley_gateway_join_authorizations_total',
      help: 'Requests for a join token, by outcome: ok or the code of the error',
      labelNames: ['outcome'],
      registers,
    });
    this.#uploads = new Counter({
      name: 'parley_gateway_file_uploads_total',
      help: 'Files of the chat, by outcome: ok or the code of the error',
      labelNames: ['outcome'],
      registers,
    });
    for (const name of ROUTE_NAMES) {
      const { method, path: route, status } = ROUTES[name];
      this.#requests.zero({ route, method, status: String(status) });
      this.#limited.inc({ route }, 0);
    }
    for (const outcome of ['ok', ...ERROR_CODES] as const) {
      this.#authorizations.inc({ outcome }, 0);
      this.#uploads.inc({ outcome }, 0);
    }
  }

  requestAnswered(route: string, method: string, status: number, seconds: number): void {
    const known = METHODS.includes(method) ? method : 'other';
    this.#requests.observe({ route, method: known, status: String(status) }, seconds);
  }

  rateLimited(name: RouteName): void {
    this.#limited.inc({ route: ROUTES[name].path });
  }

  fileUploaded(outcome: Outcome): void {
    this.#uploads.inc({ outcome });
  }

  joinAuthorized(outcome: Outcome): void {
    this.#authorizations.inc({ outcome });
  }
}
