export {
  checkDiscovery,
  createRegistry,
  discoveryShape,
  reachableHost,
  registerService,
  type DiscoveryConfig,
} from './discovery.ts';
export { StaticRegistry, type ServiceInstance, type ServiceRegistry } from './service-registry.ts';
