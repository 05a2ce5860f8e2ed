import type { ErrorBody } from '@parley/proto/errors';
import { ROUTES, TRACE_HEADER, restErrorSchema, type RouteName, type RouteResult } from '@parley/proto/rest';

export type RestAnswer = { status: number; traceId: string | null; body: unknown };

/** Sends a request without checking it. */
export async function sendRequest(
  origin: string,
  method: string,
  path: string,
  options: { body?: string; headers?: Record<string, string> } = {},
): Promise<RestAnswer> {
  const headers = {
    ...(options.body !== undefined && { 'content-type': 'application/json' }),
    ...options.headers,
  };
  const response = await fetch(`${origin}${path}`, { method, headers, body: options.body });
  const text = await response.text();
  return {
    status: response.status,
    traceId: response.headers.get(TRACE_HEADER),
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** Calls a route of the contract and parses the answer with its schema. Throws if the status is not the expected one. */
export async function callRoute<N extends RouteName>(
  origin: string,
  name: N,
  options: { code?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<RouteResult<N>> {
  const { method, path, status, response } = ROUTES[name];
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const answer = await sendRequest(origin, method, path.replace('{code}', options.code ?? ''), {
    body,
    headers: options.headers,
  });
  if (answer.status !== status)
    throw new Error(`${method} ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
  return response.parse(answer.body) as RouteResult<N>;
}

export function errorOf(answer: RestAnswer): ErrorBody {
  return restErrorSchema.parse(answer.body).error;
}
