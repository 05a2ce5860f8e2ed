import type { RateLimiter } from '@parley/common/limits';
import { ParleyError } from '@parley/proto/errors';

/** Takes one from what the address may do. Throws `rate_limited` with the time after which it may again. */
export function chargeAddress(limiter: RateLimiter, address: string): void {
  const retryAfterMs = limiter.take(address);
  if (retryAfterMs > 0) throw new ParleyError('rate_limited', undefined, { retryAfterMs });
}
