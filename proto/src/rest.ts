import { z } from 'zod';
import { errorBodySchema } from './errors.ts';
import { peerIdSchema, roomCodeSchema, traceIdSchema } from './ids.ts';
import { displayNameSchema, permissionSchema } from './records.ts';
import { iceServerSchema } from './rtp.ts';
import { CLIENT_LOG_BODY_MAX_BYTES, clientLogsSchema, clientMetricsSchema } from './telemetry.ts';

const roomInfoSchema = z.strictObject({
  code: roomCodeSchema,
  title: z.string().max(120),
  /** Milliseconds since the Unix epoch. */
  createdAt: z.int().min(0),
  peerCount: z.int().min(0),
  peerLimit: z.int().min(1),
});
export type RoomInfo = z.infer<typeof roomInfoSchema>;

const codeParams = z.strictObject({ code: roomCodeSchema });

/** A trace id the browser chose; the gateway makes one where it is absent. Returned in the same header. */
export const TRACE_HEADER = 'x-parley-trace-id';

type RouteContract = {
  method: 'GET' | 'POST';
  /** With {name} where OpenAPI has it. */
  path: string;
  summary: string;
  params?: z.ZodType;
  body?: z.ZodType;
  /** Where it may be larger than others. */
  bodyMaxBytes?: number;
  status: number;
  /** Nothing at all with status 204. */
  response: z.ZodType;
};

/** Every REST route under the public origin. Errors are `{ "error": ErrorBody }` with the status of their code. */
export const ROUTES = {
  createRoom: {
    method: 'POST',
    path: '/api/rooms',
    summary: 'Make a room',
    body: z.strictObject({ title: z.string().trim().max(120).optional() }),
    status: 201,
    response: roomInfoSchema,
  },
  getRoom: {
    method: 'GET',
    path: '/api/rooms/{code}',
    summary: 'Look at a room before joining it',
    params: codeParams,
    status: 200,
    response: roomInfoSchema,
  },
  joinRoom: {
    method: 'POST',
    path: '/api/rooms/{code}/join',
    summary: 'Ask for a join token as a guest',
    params: codeParams,
    body: z.strictObject({ displayName: displayNameSchema }),
    status: 200,
    response: z.strictObject({
      token: z.string(),
      peerId: peerIdSchema,
      /** Milliseconds since the Unix epoch; the socket must be opened before. */
      expiresAt: z.int().min(0),
      traceId: traceIdSchema,
      /** Whether this stay is one of those that tell how it goes; see `sendClientMetrics`. */
      reportMetrics: z.boolean().default(false),
    }),
  },
  getIceServers: {
    method: 'GET',
    path: '/api/ice-servers',
    summary: 'STUN servers. TURN servers, with credentials that end, are in the reply to who joins',
    status: 200,
    response: z.strictObject({ iceServers: z.array(iceServerSchema).max(16) }),
  },
  getHealth: {
    method: 'GET',
    path: '/api/healthz',
    summary: 'Whether the edge and the gateway answer',
    status: 200,
    response: z.strictObject({ status: z.literal('ok') }),
  },
  sendClientLogs: {
    method: 'POST',
    path: '/api/client-logs',
    summary: 'Hand over log lines of a browser',
    body: clientLogsSchema,
    bodyMaxBytes: CLIENT_LOG_BODY_MAX_BYTES,
    status: 204,
    response: z.void(),
  },
  sendClientMetrics: {
    method: 'POST',
    path: '/api/client-metrics',
    summary: 'Tell how a stay in a call was since the last time',
    body: clientMetricsSchema,
    status: 204,
    response: z.void(),
  },
} as const satisfies Record<string, RouteContract>;

export type Routes = typeof ROUTES;
export type RouteName = keyof Routes;
export type RouteResult<N extends RouteName> = z.output<Routes[N]['response']>;

export const restErrorSchema = z.strictObject({ error: errorBodySchema });

/** The claims of a join token (JWT, HS256). Minutes, not days; signaling signs and verifies. */
export const joinTokenClaimsSchema = z.object({
  iss: z.literal('parley'),
  aud: z.literal('parley-signaling'),
  /** The peer. */
  sub: peerIdSchema,
  room: roomCodeSchema,
  name: displayNameSchema,
  permissions: z.array(permissionSchema).max(16),
  trace: traceIdSchema,
  iat: z.int(),
  exp: z.int(),
});
export type JoinTokenClaims = z.infer<typeof joinTokenClaimsSchema>;
