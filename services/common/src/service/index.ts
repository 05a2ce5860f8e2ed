export { createMetrics, type Metrics } from './metrics.ts';
export { AdminServer, type ReadinessCheck } from './admin-server.ts';
export { runService, type ServiceContext } from './run-service.ts';
