import { TokenBucket } from '@parley/common/limits';
import type { RouteName } from '@parley/proto';
import { RateLimiter, type Rate } from './rate-limiter.ts';

type RouteRate = {
  /** Bursts are generous, as a whole office may share one address. */
  client: Rate;
  /** For all addresses together: what costs even when each of many sends little. */
  total?: Rate;
};

const RATES: Record<RouteName, RouteRate | undefined> = {
  createRoom: { client: { burst: 30, perSecond: 0.5 } },
  getRoom: { client: { burst: 200, perSecond: 10 } },
  joinRoom: { client: { burst: 120, perSecond: 2 } },
  getIceServers: { client: { burst: 120, perSecond: 2 } },
  getHealth: undefined,
  sendClientLogs: { client: { burst: 100, perSecond: 20 }, total: { burst: 500, perSecond: 200 } },
  sendClientMetrics: { client: { burst: 100, perSecond: 20 }, total: { burst: 500, perSecond: 200 } },
};

/** Log lines of all browsers together: what they may cost in disk and in the time of who reads them. */
const CLIENT_LOG_LINES: Rate = { burst: 10_000, perSecond: 1_000 };

/** undefined where a route has no limit. */
export function createRateLimiters(factor: number): Record<RouteName, RateLimiter | undefined> {
  const limiters = Object.entries(RATES).map(([name, rate]) => [name, limiter(rate, factor)]);
  return Object.fromEntries(limiters) as Record<RouteName, RateLimiter | undefined>;
}

/** undefined: no limit. */
export function createClientLogLimit(factor: number): TokenBucket | undefined {
  if (factor === 0) return undefined;
  const { burst, perSecond } = times(CLIENT_LOG_LINES, factor);
  return new TokenBucket({ capacity: burst, refillPerSecond: perSecond });
}

function limiter(rate: RouteRate | undefined, factor: number): RateLimiter | undefined {
  if (rate === undefined || factor === 0) return undefined;
  const total = rate.total === undefined ? undefined : times(rate.total, factor);
  return new RateLimiter(times(rate.client, factor), { total });
}

function times(rate: Rate, factor: number): Rate {
  return { burst: rate.burst * factor, perSecond: rate.perSecond * factor };
}
