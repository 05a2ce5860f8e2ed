export { exportConsulMetrics } from './consul-metrics.ts';
export { ConsulRegistry } from './consul-registry.ts';
export { ConsulRegistration } from './consul-registration.ts';
export { createRegistry, discoveryShape, registerService, type DiscoveryConfig } from './discovery.ts';
export { StaticRegistry, type ServiceInstance, type ServiceRegistry } from './service-registry.ts';
