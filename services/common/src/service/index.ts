export { createMetrics, createProcessMetrics, type Metrics } from './metrics.ts';
export { AdminServer } from './admin-server.ts';
export { assertFreeDescriptors } from './free-descriptors.ts';
export { Readiness, type ReadinessCheck } from './readiness.ts';
export { runService, type ServiceContext } from './run-service.ts';
