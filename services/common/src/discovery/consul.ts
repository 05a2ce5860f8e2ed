export { exportConsulMetrics } from './consul-metrics.ts';
export { ConsulRegistration } from './consul-registration.ts';
export { ConsulRegistry } from './consul-registry.ts';
