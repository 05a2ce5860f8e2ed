import { Gauge, type Registry } from 'prom-client';
import type { DatabasePool } from './database.ts';

/** Exports how many connections to PostgreSQL there are and how many queries wait for one. */
export function exportPoolMetrics(registry: Registry, pool: DatabasePool): void {
  const connections = new Gauge({
    name: 'parley_postgres_connections',
    help: 'Connections to PostgreSQL, by state: busy, idle',
    labelNames: ['state'],
    registers: [],
    collect() {
      const { total, idle } = pool.usage;
      this.set({ state: 'busy' }, total - idle);
      this.set({ state: 'idle' }, idle);
    },
  });
  const waiting = new Gauge({
    name: 'parley_postgres_waiting_queries',
    help: 'Queries that wait for a connection to PostgreSQL',
    registers: [],
    collect() {
      this.set(pool.usage.waiting);
    },
  });
  for (const metric of [connections, waiting]) registry.registerMetric(metric);
}
