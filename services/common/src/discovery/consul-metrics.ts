import { Gauge, type Registry } from 'prom-client';
import type { ConsulRegistry } from './consul-registry.ts';

/** Exports whether Consul answers. Services go on with what they know, so it is no matter of readiness. */
export function exportConsulMetrics(registry: Registry, consul: Pick<ConsulRegistry, 'reachable'>): void {
  const gauge = new Gauge({
    name: 'parley_consul_reachable',
    help: 'Whether Consul answers: 1, or 0',
    registers: [],
    collect() {
      this.set(consul.reachable ? 1 : 0);
    },
  });
  registry.registerMetric(gauge);
}
