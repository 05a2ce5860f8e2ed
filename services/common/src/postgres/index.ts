export { createPool, DatabasePool, type Queryable } from './database.ts';
export { WaryClient } from './wary-client.ts';
export { exportPoolMetrics } from './database-metrics.ts';
export { PostgresBuckets } from './postgres-buckets.ts';
export { isUniqueViolation, mapDatabaseError } from './database-errors.ts';
export { migrate } from './migrate.ts';
