import { RateLimiter, type Rate } from '@parley/common/limits';
import { ROUTES, type RouteName, type RouteRate } from '@parley/proto/rest';

/** Log lines of browsers: a bound for the disk and for the people who read them. A page that comes back may bring 300. */
const CLIENT_LOG_LINES: RouteRate = {
  perClient: { burst: 2_000, perSecond: 50 },
  total: { burst: 10_000, perSecond: 1_000 },
};
/**
 * The bytes of these log lines, by the file that they go to: nobody replaces what is kept in it within a day. A page writes some 10 kB at its
 * join.
 */
const CLIENT_LOG_BYTES: Readonly<Record<'usual' | 'trouble', RouteRate>> = {
  usual: {
    perClient: { burst: 8_388_608, perSecond: 8_192 },
    total: { burst: 67_108_864, perSecond: 262_144 },
  },
  trouble: {
    perClient: { burst: 2_097_152, perSecond: 2_048 },
    total: { burst: 16_777_216, perSecond: 65_536 },
  },
};
/** Reports of one call, which sends one every 10 to 15 seconds, and one when it ends. */
const CALL_REPORTS: RouteRate = { perClient: { burst: 6, perSecond: 0.2 } };

export type RouteLimiters = Readonly<Record<RouteName, RateLimiter | undefined>>;

/** One limiter per route of the contract, with its rates times `factor`; none where the route has no rate or `factor` is 0. */
export function createRateLimiters(factor: number): RouteLimiters {
  const limiters = Object.entries(ROUTES).map(([name, { rate }]) => [name, createLimiter(rate, factor)]);
  return Object.fromEntries(limiters) as RouteLimiters;
}

/** What the browsers of an address may write into the log. `trouble`: lines of level warn and error. */
export type ClientLogLimits = Readonly<
  Record<'lines' | 'usualBytes' | 'troubleBytes', RateLimiter | undefined>
>;

/** Undefined where `factor` lifts the limits. */
export function createClientLogLimits(factor: number): ClientLogLimits {
  return {
    lines: createLimiter(CLIENT_LOG_LINES, factor),
    usualBytes: createLimiter(CLIENT_LOG_BYTES.usual, factor),
    troubleBytes: createLimiter(CLIENT_LOG_BYTES.trouble, factor),
  };
}

/** Takes reports of a trace; undefined where `factor` lifts the limit. */
export function createCallReportLimiter(factor: number): RateLimiter | undefined {
  return createLimiter(CALL_REPORTS, factor);
}

function createLimiter(rate: RouteRate | null, factor: number): RateLimiter | undefined {
  if (rate === null || factor === 0) return undefined;
  return new RateLimiter(times(rate.perClient, factor), { total: rate.total && times(rate.total, factor) });
}

function times(rate: Rate, factor: number): Rate {
  return { burst: rate.burst * factor, perSecond: rate.perSecond * factor };
}
