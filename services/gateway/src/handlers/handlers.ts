import type { RateLimiter } from '@parley/common/limits';
import { ParleyError } from '@parley/proto/errors';
import { REPORT_PASS_HEADER } from '@parley/proto/rest';
import { createAccountHandlers } from './account-handlers.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { ClientLogIntake } from '../reports/client-log-intake.ts';
import type { ClientMetricsSink } from '../reports/client-metrics.ts';
import type { Handlers } from '../http/handler-types.ts';
import type { SignalingRegions } from '../rooms/signaling-regions.ts';
import { createLiveRoomHandlers } from './live-room-handlers.ts';
import { createOperatorHandlers } from './operator-handlers.ts';
import { createRoomHandlers, type RoomHandlerDependencies } from './room-handlers.ts';

/** The same for everybody, and good for the seconds in which many open a link. */
const REGIONS_CACHE = 'public, max-age=5';

export type HandlerDependencies = RoomHandlerDependencies & {
  /** Undefined on a server without accounts. */
  accounts: Accounts | undefined;
  stunUrls: readonly string[];
  regions: Pick<SignalingRegions, 'list'>;
  clientLogs: ClientLogIntake;
  clientMetrics: ClientMetricsSink;
  /** Limits the reports of each trace; undefined for no limit. */
  reportLimiter: RateLimiter | undefined;
};

/** One function for each route of the contract. */
export function createHandlers(dependencies: HandlerDependencies): Handlers {
  const { stunUrls, regions, clientLogs, clientMetrics, passes, reportLimiter, accounts } = dependencies;
  return {
    ...createRoomHandlers(dependencies),
    // Anybody may call this route, so the answer has no TURN credentials; peers receive them with their join.
    getIceServers: async () => ({ iceServers: stunUrls.length === 0 ? [] : [{ urls: [...stunUrls] }] }),
    listRegions: async ({ traceId, setHeader }) => {
      const found = await regions.list(traceId);
      setHeader('cache-control', REGIONS_CACHE);
      return { regions: found };
    },
    getHealth: async () => ({ status: 'ok' }),
    sendClientLogs: async ({ body, headers, address }) =>
      clientLogs.write(body, passes.verify(headers[REPORT_PASS_HEADER]), address),
    sendClientMetrics: async ({ body, headers, address }) => {
      const reported = passes.verify(headers[REPORT_PASS_HEADER]);
      if (reportLimiter !== undefined && reportLimiter.take(reported) > 0)
        throw new ParleyError('rate_limited');
      clientMetrics.observe(body, address);
    },
    ...createAccountHandlers(accounts, dependencies.rooms),
    ...createOperatorHandlers(accounts),
    ...createLiveRoomHandlers(accounts, dependencies.rooms),
  };
}
