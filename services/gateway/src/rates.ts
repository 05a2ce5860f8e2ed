import type { RouteName } from '@parley/proto';
import { RateLimiter, type Rate } from './rate-limiter.ts';

/** Per client address. Bursts are generous, as a whole office may share one address. */
const RATES: Record<RouteName, Rate | undefined> = {
  createRoom: { burst: 30, perSecond: 0.5 },
  getRoom: { burst: 200, perSecond: 10 },
  joinRoom: { burst: 120, perSecond: 2 },
  getIceServers: { burst: 120, perSecond: 2 },
  getHealth: undefined,
};

/** undefined where a route has no limit. */
export function createRateLimiters(factor: number): Record<RouteName, RateLimiter | undefined> {
  const limiter = (rate: Rate | undefined): RateLimiter | undefined =>
    rate === undefined || factor === 0
      ? undefined
      : new RateLimiter({ burst: rate.burst * factor, perSecond: rate.perSecond * factor });
  return {
    createRoom: limiter(RATES.createRoom),
    getRoom: limiter(RATES.getRoom),
    joinRoom: limiter(RATES.joinRoom),
    getIceServers: limiter(RATES.getIceServers),
    getHealth: limiter(RATES.getHealth),
  };
}
