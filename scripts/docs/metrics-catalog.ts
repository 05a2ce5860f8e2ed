import { join } from 'node:path';
import { Registry, type Metric } from 'prom-client';
import { ROOT } from '../lib/paths.mjs';

export type CatalogEntry = {
  /** The services that export it. */
  services: readonly string[];
  name: string;
  type: string;
  help: string;
  labels: readonly string[];
};

/** Brings metrics into a registry, as a service does at its start. */
type Exporter = (registry: Registry) => unknown;
type Constructor = new (registry: Registry) => Record<string, (...given: unknown[]) => void>;
type AdminServer = { create(options: object): Promise<{ close(): Promise<void> }> };

/** Every property of this object is 0. It stands in for the state that the metrics read. */
const zeros: object = new Proxy({}, { get: () => 0 });
const tablesOfZeros: object = new Proxy({}, { get: () => zeros });

/**
 * Every metric of every service, from the registries that the services make themselves. Those of Node and of the
 * process, which prom-client brings, are left out.
 */
export async function metricsCatalog(): Promise<CatalogEntry[]> {
  const entries = new Map<string, CatalogEntry>();
  const every = [exportReadiness, exportCommon];
  const exporters: Readonly<Record<string, readonly Exporter[]>> = {
    media: [...every, exportMedia],
    signaling: [...every, exportConsul, exportPool, exportSignaling],
    gateway: [...every, exportConsul, exportPool, exportGateway, exportClients],
    logs: [...every, exportLogs],
    ui: [exportPages],
  };
  for (const [service, own] of Object.entries(exporters)) {
    for (const metric of await metricsOf(own)) {
      const services = [...(entries.get(metric.name)?.services ?? []), service];
      entries.set(metric.name, { ...metric, services });
    }
  }
  return [...entries.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

async function exportReadiness(registry: Registry): Promise<void> {
  const { silentLogger: logger } = await common('testing');
  const server = (await common('service'))['AdminServer'] as AdminServer;
  const readiness = { check: async () => [] };
  await (await server.create({ host: '127.0.0.1', port: 0, readiness, logger, registry })).close();
}

/** What every service counts, besides what prom-client brings. */
async function exportCommon(registry: Registry): Promise<void> {
  const made = call(await common('service'), 'createMetrics', 'any') as { registry: Registry };
  for (const { name } of await made.registry.getMetricsAsJSON())
    if (name.startsWith('parley_')) registry.registerMetric(made.registry.getSingleMetric(name) as Metric);
}

async function exportConsul(registry: Registry): Promise<void> {
  call(await load('services/common/src/discovery/consul.ts'), 'exportConsulMetrics', registry, zeros);
}

async function exportPool(registry: Registry): Promise<void> {
  call(await common('postgres'), 'exportPoolMetrics', registry, tablesOfZeros);
}

async function exportMedia(registry: Registry): Promise<void> {
  await construct('services/media/src/room/room-metrics.ts', 'RoomMetrics', registry);
  await construct('services/media/src/worker/worker-metrics.ts', 'WorkerMetrics', registry);
  const states = await load('services/media/src/statistics/state-metrics.ts');
  call(states, 'exportStates', registry, () => tablesOfZeros);
  call(await load('services/media/src/node/pipe-port-metric.ts'), 'exportPipePorts', registry, zeros);
}

async function exportSignaling(registry: Registry): Promise<void> {
  const metrics = await construct('services/signaling/src/metrics.ts', 'SignalingMetrics', registry);
  metrics['observeCounts']?.(
    () => zeros,
    () => zeros,
  );
  metrics['observeInbox']?.(() => Promise.resolve(0));
  await construct('services/signaling/src/store/live-store-metrics.ts', 'LiveStoreMetrics', registry);
}

async function exportGateway(registry: Registry): Promise<void> {
  await construct('services/gateway/src/base/metrics.ts', 'GatewayMetrics', registry);
}

async function exportClients(registry: Registry): Promise<void> {
  call(await load('services/gateway/src/reports/client-metrics.ts'), 'createClientMetrics', registry);
}

async function exportLogs(registry: Registry): Promise<void> {
  await construct('services/logs/src/http/metrics.ts', 'LogsMetrics', registry);
}

async function exportPages(registry: Registry): Promise<void> {
  call(await load('ui/src/server/request-metrics.ts'), 'observeRequests', registry, 0);
}

async function metricsOf(exporters: readonly Exporter[]): Promise<Omit<CatalogEntry, 'services'>[]> {
  const registry = new Registry();
  for (const exporter of exporters) await exporter(registry);
  // prom-client's types leave out what its objects have.
  const metrics = registry.getMetricsAsArray() as unknown as {
    name: string;
    help: string;
    labelNames: string[];
    get(): Promise<{ type: string }>;
  }[];
  return Promise.all(
    metrics.map(async (metric) => ({
      name: metric.name,
      type: (await metric.get()).type,
      help: metric.help,
      labels: metric.labelNames.filter((label) => label !== 'le'),
    })),
  );
}

function common(subpath: string): Promise<Record<string, unknown>> {
  return load(`services/common/src/${subpath}/index.ts`);
}

/** Loads a file by its path: the services do not export their metrics. */
async function load(path: string): Promise<Record<string, unknown>> {
  return (await import(join(ROOT, path))) as Record<string, unknown>;
}

function call(from: Record<string, unknown>, name: string, ...given: unknown[]): unknown {
  return (from[name] as (...given: unknown[]) => unknown)(...given);
}

async function construct(path: string, name: string, registry: Registry): Promise<InstanceType<Constructor>> {
  const constructor = (await load(path))[name] as Constructor;
  return new constructor(registry);
}
