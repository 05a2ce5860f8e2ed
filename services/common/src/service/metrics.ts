import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

type GrpcHistogram = Histogram<'method' | 'code'>;

/** The registry that the admin server serves, and the metrics that every service has. */
export type Metrics = {
  registry: Registry;
  /** Seconds, by method (`RoomService/GetRoom`) and code (`ok` or a stable error code). */
  grpcServerCallSeconds: GrpcHistogram;
  grpcClientCallSeconds: GrpcHistogram;
  /** Open server streams by method. A stream lives as long as its subject, so it is not timed like a call. */
  grpcServerStreams: Gauge<'method'>;
};

const CALL_BUCKETS_SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
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
      help: 'gRPC streams that are open to their readers',
      labelNames: ['method'],
      registers: [registry],
    }),
  };
}
