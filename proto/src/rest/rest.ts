import { z } from 'zod';
import { FILE_MAX_BYTES, UPLOAD_PATH } from '../base/edge.ts';
import { ACCOUNT_ROUTES } from './accounts.ts';
import { errorBodySchema } from '../base/error-body.ts';
import { fileIdSchema, peerIdSchema, roomCodeSchema, traceIdSchema } from '../base/ids.ts';
import { REGIONS_MAX, regionSchema } from '../base/regions.ts';
import { identitySchema } from '../room/identity.ts';
import { roleSchema } from '../room/roles.ts';
import { LIVE_ROOM_ROUTES } from './live-room-routes.ts';
import { ROOM_ROUTES } from './room-routes.ts';
import type { RouteContract, RouteRate } from './route-contract.ts';
import { iceServerSchema } from '../rtp/rtp.ts';
import { CLIENT_LOG_BODY_MAX_BYTES, clientLogsSchema, clientMetricsSchema } from './telemetry.ts';
import { displayNameSchema } from '../base/text.ts';

/** Carries the trace id that the browser chose, or that the gateway made where the request has none; the answer has it too. */
export const TRACE_HEADER = 'x-parley-trace-id';

/**
 * The answer to `joinRoom` carries the permission of the call to send log lines and reports of its quality, and those requests
 * carry it back. Headers and no part of the bodies, which pages of other versions read strictly.
 */
export const REPORT_PASS_HEADER = 'x-parley-report-pass';

const TELEMETRY_RATE: RouteRate = {
  perClient: { burst: 100, perSecond: 20 },
  total: { burst: 500, perSecond: 200 },
};

/** Carries the pass of an upload. */
export const UPLOAD_PASS_HEADER = 'x-parley-upload-pass';

/** Every REST route under the public origin. Errors are `{ "error": ErrorBody }` with the status of their code. */
export const ROUTES = {
  ...ROOM_ROUTES,
  getIceServers: {
    method: 'GET',
    path: '/api/ice-servers',
    access: 'anybody',
    description:
      'Returns the STUN servers. TURN servers need credentials, which come with the answer to `room:join`.',
    rate: { perClient: { burst: 120, perSecond: 2 } },
    status: 200,
    response: z.strictObject({ iceServers: z.array(iceServerSchema).max(16) }),
  },
  listRegions: {
    method: 'GET',
    path: '/api/regions',
    access: 'anybody',
    description:
      'Returns the regions in which the server has media nodes that accept people now, each with addresses that answer STUN binding requests over UDP: how long such an answer takes is for `regionTimes` of `room:join`. Nothing is to be measured where there are fewer than two.',
    rate: { perClient: { burst: 120, perSecond: 2 } },
    status: 200,
    response: z.strictObject({ regions: z.array(regionSchema).max(REGIONS_MAX) }),
  },
  getHealth: {
    method: 'GET',
    path: '/api/healthz',
    access: 'anybody',
    description: 'Answers when the edge and the gateway run. It says nothing about the services behind them.',
    rate: null,
    status: 200,
    response: z.strictObject({ status: z.literal('ok') }),
  },
  sendClientLogs: {
    method: 'POST',
    path: '/api/client-logs',
    access: 'anybody',
    description:
      'Takes log lines of a call and writes them to the log of the service `browser`. Needs the header `x-parley-report-pass` that came with the join token.',
    rate: TELEMETRY_RATE,
    body: clientLogsSchema,
    bodyMaxBytes: CLIENT_LOG_BODY_MAX_BYTES,
    status: 204,
    response: z.void(),
  },
  sendClientMetrics: {
    method: 'POST',
    path: '/api/client-metrics',
    access: 'anybody',
    description:
      'Takes a report of the quality of one call since its last report, and counts it in the metrics. Needs the header `x-parley-report-pass` that came with the join token.',
    rate: TELEMETRY_RATE,
    body: clientMetricsSchema,
    status: 204,
    response: z.void(),
  },
  uploadFile: {
    method: 'POST',
    path: UPLOAD_PATH,
    access: 'anybody',
    description:
      'Takes a file of the chat: its bytes as `application/octet-stream`, as many as were announced. Needs the header `x-parley-upload-pass` with the pass that `chat:offer-file` gave. What does not arrive whole is deleted.',
    rate: { perClient: { burst: 60, perSecond: 1 }, total: { burst: 200, perSecond: 20 } },
    file: 'upload',
    bodyMaxBytes: FILE_MAX_BYTES,
    status: 201,
    response: z.strictObject({ fileId: fileIdSchema }),
  },
  downloadFile: {
    method: 'GET',
    path: '/api/files/{link}',
    access: 'anybody',
    description:
      'Answers with a file of the chat as an attachment, never as a page or a picture of this origin. The link comes from `chat:link-file` and ends after ten minutes.',
    rate: { perClient: { burst: 200, perSecond: 10 } },
    params: z.strictObject({ link: z.string().min(1).max(200) }),
    file: 'download',
    status: 200,
    response: z.any(),
  },
  ...ACCOUNT_ROUTES,
  ...LIVE_ROOM_ROUTES,
} as const satisfies Record<string, RouteContract>;

export type Routes = typeof ROUTES;
export type RouteName = keyof Routes;
export type RouteResult<N extends RouteName> = z.output<Routes[N]['response']>;

export const restErrorSchema = z.strictObject({ error: errorBodySchema });

/** The claims of a join token, a JWT (HS256) that lives for minutes. Signaling signs and verifies it. */
export const joinTokenClaimsSchema = z.object({
  iss: z.literal('parley'),
  aud: z.literal('parley-signaling'),
  sub: peerIdSchema,
  room: roomCodeSchema,
  name: displayNameSchema,
  identity: identitySchema,
  role: roleSchema,
  waits: z.boolean().describe('Whether a host has to admit the peer.'),
  passcode: z
    .string()
    .max(64)
    .nullable()
    .default(null)
    .describe('Names the passcode that the person gave, and does not hold it; null for none.'),
  addressHash: z.string().max(64).describe('The network that the token was made for, as bans name it.'),
  trace: traceIdSchema,
  iat: z.int(),
  exp: z.int(),
});
export type JoinTokenClaims = z.infer<typeof joinTokenClaimsSchema>;
