import type { RateLimiter } from '@parley/common/limits';
import type { Logger } from '@parley/common/logging';
import { ParleyError, REPORT_PASS_HEADER } from '@parley/proto';
import { createAccountHandlers } from './account-handlers.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { ClientLogIntake } from './client-log-intake.ts';
import type { ClientMetricsSink } from './client-metrics.ts';
import type { Handlers } from './handler-types.ts';
import type { GatewayMetrics } from './metrics.ts';
import { createOperatorHandlers } from './operator-handlers.ts';
import type { ReportPasses } from './report-passes.ts';
import type { Rooms } from './rooms.ts';

export type HandlerDependencies = {
  rooms: Rooms;
  /** Undefined on a server without accounts. */
  accounts: Accounts | undefined;
  stunUrls: readonly string[];
  clientLogs: ClientLogIntake;
  clientMetrics: ClientMetricsSink;
  passes: ReportPasses;
  /** Limits the reports of each trace; undefined for no limit. */
  reportLimiter: RateLimiter | undefined;
  metrics: GatewayMetrics;
  /** Of a hundred calls, how many are asked to report their quality. */
  clientMetricsPercent: number;
  logger: Logger;
};

export function createHandlers(dependencies: HandlerDependencies): Handlers {
  const { rooms, stunUrls, clientLogs, clientMetrics, metrics, clientMetricsPercent, logger } = dependencies;
  const { passes, reportLimiter, accounts } = dependencies;
  return {
    createRoom: ({ body, caller, traceId }) => rooms.create(body.title ?? '', { caller, traceId }),
    getRoom: ({ params, traceId }) => rooms.get(params.code, traceId),
    joinRoom: async ({ params, body, caller, traceId, setHeader }) => {
      // The first line of the trace on our side: it is written before any other service acts.
      logger.info({ traceId, room: params.code }, 'join requested');
      const grant = await counted(
        rooms.authorizeJoin(params.code, body.displayName, { caller, traceId }),
        metrics,
      );
      setHeader(REPORT_PASS_HEADER, passes.issue(traceId));
      return { ...grant, traceId, reportMetrics: Math.random() * 100 < clientMetricsPercent };
    },
    // Anybody may call this route, so the answer has no TURN credentials; peers receive them with their join.
    getIceServers: async () => ({ iceServers: stunUrls.length === 0 ? [] : [{ urls: [...stunUrls] }] }),
    getHealth: async () => ({ status: 'ok' }),
    sendClientLogs: async ({ body, headers, address }) =>
      clientLogs.write(body, passes.verify(headers[REPORT_PASS_HEADER]), address),
    sendClientMetrics: async ({ body, headers, address }) => {
      const reported = passes.verify(headers[REPORT_PASS_HEADER]);
      if (reportLimiter !== undefined && reportLimiter.take(reported) > 0)
        throw new ParleyError('rate_limited');
      clientMetrics.observe(body, address);
    },
    ...createAccountHandlers(accounts),
    ...createOperatorHandlers(accounts),
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
