import { traceIdSchema, type TraceId } from '@parley/proto/ids';
import {
  restErrorSchema,
  REPORT_PASS_HEADER,
  ROUTES,
  TRACE_HEADER,
  type RouteContract,
  type RouteName,
  type RouteResult,
  type Routes,
} from '@parley/proto/rest';
import type { z } from 'zod';
import { CallFailure } from './call-failure.ts';
import type { Credentials } from './credentials.ts';

const REST_TIMEOUT_MS = 10_000;

export type RestOptions = {
  /** Scheme, host and port; empty: where the page came from. */
  origin: string;
  traceId: () => TraceId | null;
  timeoutMs?: number;
  /** As whom the requests are made. Default: as a guest. */
  credentials?: Credentials | undefined;
  /** The permission of the call to report, once it has one; see REPORT_PASS_HEADER. */
  reportPass?: () => string | null;
  /** The gateway gave the call that permission. */
  onReportPass?: (pass: string) => void;
  /** Requests outlive the page; what all of them carry at a time is 64 KB at most. */
  keepalive?: boolean;
};

type Params<N extends RouteName> = Routes[N] extends { params: infer S extends z.ZodType }
  ? { params: z.input<S> }
  : unknown;
type Body<N extends RouteName> = Routes[N] extends { body: infer S extends z.ZodType }
  ? { body: z.input<S> }
  : unknown;
type Query<N extends RouteName> = Routes[N] extends { query: infer S extends z.ZodType }
  ? { query?: z.input<S> }
  : unknown;
export type RestInput<N extends RouteName> = Params<N> & Query<N> & Body<N>;

/** Typed over ROUTES. Rejects with CallFailure only. */
export class RestClient {
  readonly #options: RestOptions;

  constructor(options: RestOptions) {
    this.#options = options;
  }

  /** If the server does not know the access token any more, the request is repeated once, with another one. */
  async call<N extends RouteName>(name: N, input: RestInput<N>): Promise<RouteResult<N>> {
    const { credentials } = this.#options;
    // Without credentials the request leaves in this task, also while the page is closing.
    const token = credentials === undefined ? null : await credentials.token(ROUTES[name].access);
    try {
      return await this.#ask(name, input, token);
    } catch (error) {
      const isRefused = error instanceof CallFailure && error.code === 'unauthenticated';
      if (credentials === undefined || !isRefused) throw error;
      const { traceId } = error;
      const next = token === null ? null : await credentials.renew(token);
      if (next === null) throw new CallFailure('logged_out', { traceId, cause: error });
      return this.#ask(name, input, next);
    }
  }

  async #ask<N extends RouteName>(
    name: N,
    input: RestInput<N>,
    token: string | null,
  ): Promise<RouteResult<N>> {
    const route = ROUTES[name];
    const { params, query, body } = input as {
      params?: Record<string, string>;
      query?: Record<string, string | number | undefined>;
      body?: unknown;
    };
    const response = await this.#fetch(
      `${this.#options.origin}${fillPath(route.path, params ?? {})}${toQuery(query ?? {})}`,
      route.method,
      body,
      token,
    );
    const pass = response.headers.get(REPORT_PASS_HEADER);
    if (pass !== null) this.#options.onReportPass?.(pass);
    const traceId =
      traceIdSchema.safeParse(response.headers.get(TRACE_HEADER)).data ?? this.#options.traceId();
    const payload = isText(route, response) ? await response.text() : await readJson(response);
    if (isFromTheNetwork(response, payload)) throw new CallFailure('network_sign_in', { traceId });
    if (!response.ok) throw toFailure(response, payload, traceId);
    const parsed = route.response.safeParse(payload);
    if (!parsed.success) throw new CallFailure('internal', { traceId, cause: parsed.error });
    return parsed.data as RouteResult<N>;
  }

  async #fetch(url: string, method: string, body: unknown, token: string | null): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    const traceId = this.#options.traceId();
    if (traceId !== null) headers[TRACE_HEADER] = traceId;
    const pass = this.#options.reportPass?.() ?? null;
    if (pass !== null) headers[REPORT_PASS_HEADER] = pass;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const signal = AbortSignal.timeout(this.#options.timeoutMs ?? REST_TIMEOUT_MS);
    try {
      return await fetch(url, {
        method,
        headers,
        signal,
        cache: 'no-store',
        // The server never redirects these requests.
        redirect: 'manual',
        keepalive: this.#options.keepalive ?? false,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw new CallFailure(signal.aborted ? 'timeout' : 'network_unreachable', { traceId, cause: error });
    }
  }
}

/** For what everybody may ask: asks where the page came from, as a guest, and leaves the trace id to the gateway. */
export const pageRest = new RestClient({ origin: '', traceId: () => null });

export function fillPath(path: string, params: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

/** Whether this is the text that a route answers with, and neither an error nor the page of a network in between. */
function isText({ contentTypes }: RouteContract, response: Response): boolean {
  const type = response.headers.get('content-type') ?? '';
  return response.ok && contentTypes?.some((given) => type.startsWith(given)) === true;
}

export async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** RFC 6585: Network Authentication Required. */
const SIGN_IN_STATUS = 511;

/**
 * Whether a network in between answered: one that wants people to sign in first (hotel, train) redirects every request to its
 * own page, or answers with that page as if all were well.
 */
export function isFromTheNetwork(response: Response, payload: unknown): boolean {
  if (response.type === 'opaqueredirect' || response.status === SIGN_IN_STATUS) return true;
  if (response.status >= 300 && response.status < 400) return true;
  const isPage = /^text\/html|^application\/xhtml/i.test(response.headers.get('content-type') ?? '');
  return response.ok && payload === undefined && isPage;
}

/** An answer without an error body of the contract comes from a proxy, not from the gateway: the gateway is unavailable. */
function toFailure(response: Response, payload: unknown, traceId: TraceId | null): CallFailure {
  const parsed = restErrorSchema.safeParse(payload);
  if (parsed.success) {
    const { code, message, retryAfterMs } = parsed.data.error;
    return new CallFailure(code, {
      message,
      retryAfterMs,
      traceId: traceIdSchema.safeParse(parsed.data.error.traceId).data ?? traceId,
    });
  }
  if (response.status === 429) return new CallFailure('rate_limited', { traceId });
  if (response.status === 504) return new CallFailure('timeout', { traceId });
  return new CallFailure('unavailable', { traceId });
}

/** Empty where nothing is asked for. */
function toQuery(query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
