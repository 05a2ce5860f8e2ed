import type { IncomingHttpHeaders } from 'node:http';
import type { TraceId } from '@parley/proto/ids';
import type { RouteName, Routes } from '@parley/proto/rest';
import type { Caller } from '@parley/proto/room';
import type { z } from 'zod';
import type { Login } from '../accounts/sessions.ts';

/** The routes whose body and answer are no files. */
export type PlainRouteName = {
  [N in RouteName]: Routes[N] extends { file: string } ? never : N;
}[RouteName];

type Parsed<N extends RouteName, P extends 'params' | 'query' | 'body'> =
  Routes[N] extends Record<P, infer S extends z.ZodType> ? z.output<S> : undefined;

export type RouteInput<N extends PlainRouteName> = {
  readonly params: Parsed<N, 'params'>;
  readonly query: Parsed<N, 'query'>;
  readonly body: Parsed<N, 'body'>;
  /** The account or the guest that makes the request, as the gateway has found out. */
  readonly caller: Caller;
  /** The log-in of an account, if the database could be asked about it. */
  readonly login: Login | undefined;
  readonly traceId: TraceId;
  /** The address of the client. */
  readonly address: string;
  readonly headers: IncomingHttpHeaders;
  /** What stands behind the path, as it was sent. */
  readonly search: string;
  /** Whether the page came over https. */
  readonly isSecure: boolean;
  /** Adds a header to the answer. */
  readonly setHeader: (name: string, value: string) => void;
};

/** One handler per route of the contract. The input is parsed already, and the result is checked before it is sent. */
export type Handlers = {
  readonly [N in PlainRouteName]: (input: RouteInput<N>) => Promise<z.input<Routes[N]['response']>>;
};
