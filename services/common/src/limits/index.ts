export { clientAddress, clientKey } from './client-address.ts';
export { RateLimiter } from './rate-limiter.ts';
export { TokenBucket, type Rate } from './token-bucket.ts';
