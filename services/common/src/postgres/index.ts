export { createPool, DatabasePool, type Queryable } from './database.ts';
export { WaryClient } from './wary-client.ts';
export { exportPoolMetrics } from './database-metrics.ts';
export { isUniqueViolation, mapDatabaseError } from './database-errors.ts';
export { migrate } from './migrate.ts';
export { ensureSchemaOwner } from './schema-owner.ts';
