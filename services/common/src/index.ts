export { ConfigError, readConfig } from './config.ts';
export { envSchema, parseHostPort } from './env-schema.ts';
export { logShape } from './service-logger.ts';
export { createLogger, type Logger } from './logger.ts';
export { LogFiles } from './log-files.ts';
export {
  logFilesOptions,
  logFilesShape,
  type LogFilesConfig,
  type LogFilesOptions,
} from './log-files-options.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { AdminServer, type ReadinessCheck } from './admin-server.ts';
export { runService, type ServiceContext } from './run-service.ts';
export { GrpcServer, type GrpcContext, type GrpcHandlers, type GrpcServerOptions } from './grpc-server.ts';
export { GrpcServerStream } from './grpc-server-stream.ts';
export { GrpcClient, type GrpcCallOptions, type GrpcClientOptions } from './grpc-client.ts';
export { GrpcClientStream } from './grpc-client-stream.ts';
export { fromGrpcError, toGrpcStatus, toParleyError } from './grpc-errors.ts';
export type { GrpcService } from './grpc-types.ts';
export { createPool, DatabasePool, type Queryable } from './database.ts';
export { exportConsulMetrics } from './consul-metrics.ts';
export { exportPoolMetrics } from './database-metrics.ts';
export { isUniqueViolation, mapDatabaseError } from './database-errors.ts';
export {
  createRedis,
  RedisConnection,
  type RedisArgument,
  type RedisOptions,
  type RedisScript,
} from './redis.ts';
export { mapRedisError } from './redis-errors.ts';
export { migrate } from './migrate.ts';
export { ConsulRegistry } from './consul-registry.ts';
export { ConsulRegistration } from './consul-registration.ts';
export { createRegistry, discoveryShape, registerService, type DiscoveryConfig } from './discovery.ts';
export { StaticRegistry, type ServiceInstance, type ServiceRegistry } from './service-registry.ts';
export {
  buildIceServers,
  checkIceConfig,
  iceConfigShape,
  WITH_OTHER_PROBLEMS,
  type IceConfig,
} from './ice-servers.ts';
export { clientAddress, clientKey } from './client-address.ts';
export { KeyedQueue } from './keyed-queue.ts';
export { TokenBucket } from './token-bucket.ts';
export { acceptTraceId, newTraceId } from './trace-id.ts';
