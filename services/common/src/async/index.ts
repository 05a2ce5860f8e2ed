export { backoffMs, jittered, type BackoffLimits } from './backoff.ts';
export { KeyedQueue } from './keyed-queue.ts';
export { withDeadline } from './with-deadline.ts';
