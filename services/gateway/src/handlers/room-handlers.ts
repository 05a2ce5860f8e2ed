import { ParleyError } from '@parley/proto/errors';
import { REPORT_PASS_HEADER, type RoomRouteName } from '@parley/proto/rest';
import { exportCall } from '../rooms/call-export.ts';
import type { Logger } from '@parley/common/logging';
import type { Handlers } from '../http/handler-types.ts';
import type { ReportPasses } from '../reports/report-passes.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { GatewayMetrics } from '../base/metrics.ts';

export type RoomHandlerDependencies = {
  rooms: Rooms;
  passes: ReportPasses;
  metrics: GatewayMetrics;
  /** How many of a hundred calls are asked to report their quality. */
  clientMetricsPercent: number;
  logger: Logger;
};

/** The routes of rooms. The owner of the rooms decides what the caller may. */
export function createRoomHandlers(dependencies: RoomHandlerDependencies): Pick<Handlers, RoomRouteName> {
  const { rooms, passes, metrics, clientMetricsPercent, logger } = dependencies;
  return {
    createRoom: ({ body, ...by }) => rooms.create(body, by),
    listRooms: ({ query, ...by }) => rooms.list(query.before, by),
    getRoom: ({ params, ...by }) => rooms.get(params.code, by),
    changeRoom: ({ params, body, ...by }) => rooms.change(params.code, body, by),
    deleteRoom: ({ params, ...by }) => rooms.remove(params.code, by),
    joinRoom: async ({ params, body, caller, traceId, setHeader }) => {
      // The first line of the trace on our side: it is written before any other service acts.
      logger.info({ traceId, room: params.code }, 'join requested');
      const grant = await counted(rooms.authorizeJoin(params.code, body, { caller, traceId }), metrics);
      setHeader(REPORT_PASS_HEADER, passes.issue(traceId));
      return { ...grant, traceId, reportMetrics: Math.random() * 100 < clientMetricsPercent };
    },
    sayGoodbye: ({ params, body, traceId }) => rooms.sayGoodbye(params.code, body, traceId),
    listBans: async ({ params, ...by }) => ({ bans: await rooms.listBans(params.code, by) }),
    liftBan: ({ params, ...by }) => rooms.liftBan(params.code, params.banId, by),
    listCalls: ({ params, query, ...by }) => rooms.listCalls(params.code, query.before, by),
    getCall: ({ params, ...by }) => rooms.getCall(params.code, params.callId, by),
    exportCall: async ({ params, setHeader, ...by }) => {
      const details = await rooms.getCall(params.code, params.callId, by);
      const { text, contentType, name } = exportCall(details, params.code, params.file);
      setHeader('content-type', contentType);
      setHeader('content-disposition', `attachment; filename="${name}"`);
      return text;
    },
    listVisits: ({ query, ...by }) => rooms.listVisits(query.before, by),
  };
}

/** Counts the joins that signaling decided. Requests that were limited or malformed show in the metrics of the route. */
async function counted<T>(authorization: Promise<T>, metrics: GatewayMetrics): Promise<T> {
  try {
    const grant = await authorization;
    metrics.joinAuthorized('ok');
    return grant;
  } catch (error) {
    metrics.joinAuthorized(error instanceof ParleyError ? error.code : 'internal');
    throw error;
  }
}
