import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { logHealth } from '../logging/log-health.ts';

type GrpcHistogram = Histogram<'method' | 'code'>;

/** The registry that the admin server serves, and the metrics that every service has. */
export type Metrics = {
  registry: Registry;
  /** Seconds, by method (`RoomService/GetRoom`) and code (`ok` or a stable error code). */
  grpcServerCallSeconds: GrpcHistogram;
  grpcClientCallSeconds: GrpcHistogram;
  /** Open streams by method, exchanges included. A stream lives as long as its subject, so it is not timed like a call. */
  grpcServerStreams: Gauge<'method'>;
};

const CALL_BUCKETS_SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * For a service that has the process to itself. The metrics of the process (CPU, memory, event loop, garbage collection) are measured by timers
 * and observers that prom-client never ends.
 */
export function createProcessMetrics(service: string): Metrics {
  const metrics = createMetrics(service);
  collectDefaultMetrics({ register: metrics.registry });
  return metrics;
}

export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  exportLogHealth(registry);
  const histogram = (name: string, help: string): GrpcHistogram =>
    new Histogram({
      name,
      help,
      labelNames: ['method', 'code'],
      buckets: CALL_BUCKETS_SECONDS,
      registers: [registry],
    });
  return {
    registry,
    grpcServerCallSeconds: histogram('parley_grpc_server_call_seconds', 'gRPC calls answered'),
    grpcClientCallSeconds: histogram('parley_grpc_client_call_seconds', 'gRPC calls made'),
    grpcServerStreams: new Gauge({
      name: 'parley_grpc_server_streams',
      help: 'gRPC streams that are open: to readers, or as exchanges',
      labelNames: ['method'],
      registers: [registry],
    }),
  };
}

function exportLogHealth(registry: Registry): void {
  let counted = 0;
  const lost = new Counter({
    name: 'parley_log_lines_lost_total',
    help: 'Log lines that could not be written and did not fit into the buffer',
    registers: [],
    collect() {
      this.inc(logHealth.lost - counted);
      counted = logHealth.lost;
    },
  });
  const failing = new Gauge({
    name: 'parley_log_files_failing',
    help: 'Log files that cannot be written now, because the disk is full or the folder is gone',
    registers: [],
    collect() {
      this.set(logHealth.failing);
    },
  });
  registry.registerMetric(lost);
  registry.registerMetric(failing);
}
