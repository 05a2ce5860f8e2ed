import { RateLimiter } from '@parley/common/limits';

const PER_CLIENT = { burst: 5, perSecond: 1 / 20 };
/** The limit for all clients together, because one person may have many addresses. */
const TOTAL = { burst: 60, perSecond: 1 };
const NETWORKS_MAX = 2_000;

/** Limits how often a password may be tried. `now` gives milliseconds of a clock that never goes back. */
export function createLoginLimiter(now?: () => number): RateLimiter {
  return new RateLimiter(PER_CLIENT, { total: TOTAL, networksMax: NETWORKS_MAX, ...(now && { now }) });
}
