export { limitBodyTime } from './body-deadline.ts';
export { clientAddress, clientKey, clientNetworks, type ClientNetwork } from './client-address.ts';
export { networkName } from './network-name.ts';
export { OriginPolicy } from './origin-policy.ts';
export { RateLimiter } from './rate-limiter.ts';
export { RecentNetworks } from './recent-networks.ts';
export { BackedBuckets, MemoryBuckets, type NamedBucket, type SharedBuckets } from './shared-buckets.ts';
export { TokenBucket, type Rate } from './token-bucket.ts';
