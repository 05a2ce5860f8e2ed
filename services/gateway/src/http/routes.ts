import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { clientAddress } from '@parley/common/limits';
import { ParleyError } from '@parley/proto/errors';
import { traceIdSchema } from '@parley/proto/ids';
import { ROUTES, type RouteAccess, type RouteName } from '@parley/proto/rest';
import type { Caller } from '@parley/proto/room';
import { roomAlias } from '@parley/proto/room-alias';
import type { Login } from '../accounts/sessions.ts';
import { assertAccess, isSecure, type Callers } from './callers.ts';
import { registerFileRoutes } from '../files/file-routes.ts';
import type { Files } from '../files/files.ts';
import type { Handlers, PlainRouteName } from './handler-types.ts';
import { describeInvalid } from './http-errors.ts';
import type { GatewayMetrics } from '../base/metrics.ts';
import type { RouteLimiters } from '../base/rates.ts';

export type RouteDependencies = {
  callers: Callers;
  handlers: Handlers;
  limiters: RouteLimiters;
  metrics: GatewayMetrics;
  /** Undefined if this gateway has no place for files. */
  files: Files | undefined;
  trustProxyHops: number;
  /** LOG_KEY. Without it no answer names its room. */
  roomKey: string | undefined;
};

type Contract = {
  access: RouteAccess;
  givesBrowserId?: true;
  rate: unknown;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  bodyMaxBytes?: number;
  status: number;
  response: z.ZodType;
};
type AnyHandler = (input: {
  params: unknown;
  query: unknown;
  body: unknown;
  caller: Caller;
  login: Login | undefined;
  traceId: string;
  address: string;
  headers: IncomingHttpHeaders;
  search: string;
  isSecure: boolean;
  setHeader: (name: string, value: string) => void;
}) => Promise<unknown>;

/** Registers every route of the contract: limit, recognise the caller, parse, call the handler, check its result. */
export function registerRoutes(app: FastifyInstance, dependencies: RouteDependencies): void {
  const addressOf = (request: FastifyRequest): string => clientAddress(request, dependencies.trustProxyHops);
  registerFileRoutes(app, {
    files: dependencies.files,
    addressOf,
    limit: async (name, request, reply) => {
      limit(name, request, reply, dependencies);
      dependencies.callers.assertNotBlocked(addressOf(request));
    },
  });
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const contract: Contract = ROUTES[name];
    if (!isPlain(name)) continue;
    const handler = dependencies.handlers[name] as AnyHandler;
    app.route({
      method: ROUTES[name].method,
      url: ROUTES[name].path.replace(/\{(\w+)\}/g, ':$1'),
      config: { route: name },
      ...(contract.bodyMaxBytes === undefined ? {} : { bodyLimit: contract.bodyMaxBytes }),
      onRequest: async (request, reply) => limit(name, request, reply, dependencies),
      handler: async (request, reply) => {
        const address = clientAddress(request, dependencies.trustProxyHops);
        const asking = { headers: request.headers, address };
        const { callers } = dependencies;
        const { caller, login, cookie } = await callers.recognise(asking, contract);
        assertAccess(contract.access, caller, callers.policy);
        if (cookie !== undefined) reply.header('set-cookie', cookie);
        const params =
          contract.params === undefined ? undefined : parseParams(contract.params, request.params);
        hintRoom(params, reply, dependencies.roomKey);
        const query = contract.query === undefined ? undefined : parseQuery(contract.query, request.query);
        const body = contract.body === undefined ? undefined : parseBody(contract.body, request.body);
        const result = await handler({
          params,
          query,
          body,
          caller,
          login,
          traceId: traceIdSchema.parse(request.id),
          address,
          headers: request.headers,
          search: new URL(request.url, 'http://localhost').search,
          isSecure: isSecure(request.headers),
          setHeader: (header, value) => void reply.header(header, value),
        });
        return reply.code(contract.status).send(checkAnswer(contract.response, result));
      },
    });
  }
}

/** The others have files as bodies, see `registerFileRoutes`. */
function isPlain(name: RouteName): name is PlainRouteName {
  return !('file' in ROUTES[name]);
}

function limit(
  name: RouteName,
  request: FastifyRequest,
  reply: FastifyReply,
  dependencies: RouteDependencies,
): void {
  const limiter = dependencies.limiters[name];
  if (limiter === undefined) return;
  const waitMs = limiter.take(clientAddress(request, dependencies.trustProxyHops));
  if (waitMs === 0) return;
  dependencies.metrics.rateLimited(name);
  reply.header('retry-after', Math.ceil(waitMs / 1000));
  throw new ParleyError('rate_limited');
}

/** The edge logs the room of a request under its name in logs, and takes the header out of the answer. */
function hintRoom(params: unknown, reply: FastifyReply, roomKey: string | undefined): void {
  const { code } = (params ?? {}) as { code?: unknown };
  if (roomKey !== undefined && typeof code === 'string')
    reply.header('x-parley-room', roomAlias(roomKey, code));
}

function parseParams(schema: z.ZodType, given: unknown): unknown {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  if (result.error.issues.some((issue) => issue.path[0] === 'code'))
    throw new ParleyError('invalid_room_code');
  throw describeInvalid('path', result.error);
}

function parseQuery(schema: z.ZodType, given: unknown): unknown {
  const result = schema.safeParse(given);
  if (!result.success) throw describeInvalid('query', result.error);
  return result.data;
}

/** A request without a body counts as one with `{}`. */
function parseBody(schema: z.ZodType, given: unknown): unknown {
  const result = schema.safeParse(given === undefined ? {} : given);
  if (!result.success) throw describeInvalid('body', result.error);
  return result.data;
}

/** A result that breaks the contract is our mistake: the client gets `internal`, and the cause goes to the log. */
function checkAnswer(schema: z.ZodType, result: unknown): unknown {
  const checked = schema.safeParse(result);
  if (!checked.success) throw new ParleyError('internal', undefined, { cause: checked.error });
  return checked.data;
}
