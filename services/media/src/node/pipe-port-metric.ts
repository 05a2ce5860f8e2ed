import { Gauge, type Registry } from 'prom-client';

/** Exports the ports that are left for links, which the placement of people looks at. */
export function exportPipePorts(registry: Registry, node: { readonly freePipePorts: number }): void {
  const gauge = new Gauge({
    name: 'parley_media_free_pipe_ports',
    help: 'Ports that are left for links to other media nodes',
    registers: [],
    collect() {
      this.set(node.freePipePorts);
    },
  });
  registry.registerMetric(gauge);
}
