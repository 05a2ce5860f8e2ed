export { clientAddress, clientKey } from './client-address.ts';
export { TokenBucket } from './token-bucket.ts';
