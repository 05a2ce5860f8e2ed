import { RateLimiter, TokenBucket, type Rate } from '@parley/common/limits';
import { ROUTES, type RouteName, type RouteRate } from '@parley/proto';

/** Log lines of all browsers together: a bound for the disk and for the people who read them. */
const CLIENT_LOG_LINES: Rate = { burst: 10_000, perSecond: 1_000 };

export type RouteLimiters = Readonly<Record<RouteName, RateLimiter | undefined>>;

/** One limiter per route of the contract, with its rates times `factor`; none where the route has no rate or `factor` is 0. */
export function createRateLimiters(factor: number): RouteLimiters {
  const limiters = Object.entries(ROUTES).map(([name, { rate }]) => [name, createLimiter(rate, factor)]);
  return Object.fromEntries(limiters) as RouteLimiters;
}

/** undefined where `factor` lifts the limit. */
export function createClientLogLimit(factor: number): TokenBucket | undefined {
  return factor === 0 ? undefined : new TokenBucket(times(CLIENT_LOG_LINES, factor));
}

function createLimiter(rate: RouteRate | null, factor: number): RateLimiter | undefined {
  if (rate === null || factor === 0) return undefined;
  return new RateLimiter(times(rate.perClient, factor), { total: rate.total && times(rate.total, factor) });
}

function times(rate: Rate, factor: number): Rate {
  return { burst: rate.burst * factor, perSecond: rate.perSecond * factor };
}
