import type { z } from 'zod';
import { buildIceServers, type IceConfig } from '@parley/common';
import type { RouteName, Routes, TraceId } from '@parley/proto';
import type { Rooms } from './rooms.ts';

type Parsed<N extends RouteName, P extends 'params' | 'body'> =
  Routes[N] extends Record<P, infer S extends z.ZodType> ? z.output<S> : undefined;

export type RouteInput<N extends RouteName> = {
  readonly params: Parsed<N, 'params'>;
  readonly body: Parsed<N, 'body'>;
  readonly traceId: TraceId;
};

/** One per route of the contract: takes what was parsed, gives what will be checked. */
export type Handlers = {
  readonly [N in RouteName]: (input: RouteInput<N>) => Promise<z.input<Routes[N]['response']>>;
};

export function createHandlers(rooms: Rooms, iceConfig: IceConfig): Handlers {
  return {
    createRoom: ({ body, traceId }) => rooms.create(body.title ?? '', traceId),
    getRoom: ({ params, traceId }) => rooms.get(params.code, traceId),
    joinRoom: async ({ params, body, traceId }) => {
      const grant = await rooms.authorizeJoin(params.code, body.displayName, traceId);
      return { ...grant, traceId };
    },
    // Nobody is a peer yet, so TURN knows the person by the trace.
    getIceServers: async ({ traceId }) => ({ iceServers: buildIceServers(iceConfig, traceId) }),
    getHealth: async () => ({ status: 'ok' }),
  };
}
