import { createRegistry, registerService } from '@parley/common/discovery';
import { trustOf } from '@parley/common/grpc';
import { OriginPolicy } from '@parley/common/limits';
import type { Logger } from '@parley/common/logging';
import {
  AdminServer,
  assertFreeDescriptors,
  createProcessMetrics,
  Readiness,
  runService,
} from '@parley/common/service';
import type { Registry } from 'prom-client';
import type { Accounts } from './accounts/accounts.ts';
import { Callers } from './http/callers.ts';
import { readGatewayConfig, type GatewayConfig } from './gateway-config.ts';
import { openFileStore } from './files/file-place.ts';
import { Files } from './files/files.ts';
import { SignalingFiles } from './files/signaling-files.ts';
import { GatewayServer } from './http/gateway-server.ts';
import { createHandlers } from './handlers/handlers.ts';
import { GatewayMetrics } from './base/metrics.ts';
import { ClientLogIntake } from './reports/client-log-intake.ts';
import { createClientMetrics } from './reports/client-metrics.ts';
import { metricsTargets, REGISTERED_SERVICES } from './metrics-targets.ts';
import { createCallReportLimiter, createClientLogLimits, createRateLimiters } from './base/rates.ts';
import { ReportPasses } from './reports/report-passes.ts';
import { SignalingInstances } from './rooms/signaling-instances.ts';
import { SignalingRegions } from './rooms/signaling-regions.ts';
import { SignalingRooms } from './rooms/signaling-rooms.ts';
import { startAccounts } from './start-accounts.ts';

const NOBODY = Object.fromEntries(REGISTERED_SERVICES.map((service) => [service, []]));

await runService('gateway', async ({ env, logger, loggerOf, onStop }) => {
  const config = readGatewayConfig(env);
  const serviceMetrics = createProcessMetrics('gateway');
  const metrics = new GatewayMetrics(serviceMetrics.registry);

  const services = { ...NOBODY, signaling: config.SIGNALING_ADDRESSES };
  const registry = await createRegistry({ config, services, logger, metrics: serviceMetrics, onStop });

  const signaling = new SignalingInstances({
    registry,
    ...trustOf(config, config.SIGNALING_GRPC_SECRET),
    logger,
    metrics: serviceMetrics,
  });
  onStop('signaling clients', () => signaling.close());

  const accounts = await startAccounts(config, logger, serviceMetrics.registry, onStop);
  const readiness = createReadiness(signaling, accounts, logger);
  const admin = await AdminServer.create({
    host: config.GATEWAY_ADMIN_HOST,
    port: config.GATEWAY_ADMIN_PORT,
    registry: serviceMetrics.registry,
    readiness,
    routes: { '/targets': () => metricsTargets(registry, config.METRICS_TARGETS) },
    logger,
  });
  onStop('admin server', () => admin.close());

  const reports = createReports(config, loggerOf('browser', { timestamp: false }), serviceMetrics.registry);
  const files = await openFiles(config, { signaling, metrics, logger, onStop });
  const server = await GatewayServer.create({
    host: config.GATEWAY_HOST,
    port: config.GATEWAY_PORT,
    logger,
    handlers: createHandlers({
      ...ownedBy(signaling),
      accounts,
      stunUrls: config.STUN_URLS,
      ...reports,
      metrics,
      clientMetricsPercent: config.CLIENT_METRICS_PERCENT,
      logger,
    }),
    callers: new Callers(config.IDENTITY_KEY, accounts),
    clientMetrics: reports.clientMetrics,
    originPolicy: new OriginPolicy({ allowedOrigins: config.ALLOWED_ORIGINS, allowMissing: true }),
    limiters: createRateLimiters(config.RATE_LIMIT_FACTOR),
    metrics,
    files,
    trustProxyHops: config.TRUST_PROXY_HOPS,
    roomKey: config.LOG_KEY,
  });
  onStop('http server', () => server.close());
  onStop('readiness', () => readiness.markStopping());
  await registerService({
    config,
    service: 'gateway',
    listener: { host: config.GATEWAY_HOST, port: server.port },
    admin: { host: config.GATEWAY_ADMIN_HOST, port: admin.port },
    logger,
    onStop,
  });
  logger.info({ host: config.GATEWAY_HOST, port: server.port, adminPort: admin.port }, 'gateway listening');
});

type OnStop = (name: string, stop: () => void | Promise<void>) => void;
type FileParts = { signaling: SignalingInstances; metrics: GatewayMetrics; logger: Logger; onStop: OnStop };

async function openFiles(
  config: GatewayConfig,
  { signaling, metrics, logger, onStop }: FileParts,
): Promise<Files | undefined> {
  const store = await openFileStore(config);
  if (store === undefined) logger.warn('no place for files, nobody can send any');
  const files = store && new Files({ owner: new SignalingFiles(signaling), store, metrics, logger });
  onStop('files', () => files?.close());
  return files;
}

function createReadiness(
  instances: SignalingInstances,
  accounts: Accounts | undefined,
  logger: Logger,
): Readiness {
  const signaling = () => instances.check();
  const database = accounts && (() => accounts.database.check());
  const checks = { signaling, descriptors: assertFreeDescriptors, ...(database && { database }) };
  return new Readiness({ checks, logger });
}

/** What the gateway asks signaling for. */
function ownedBy(signaling: SignalingInstances) {
  return { rooms: new SignalingRooms(signaling), regions: new SignalingRegions(signaling) };
}

/** What takes the log lines and the reports of browsers. */
function createReports(config: GatewayConfig, logger: Logger, registry: Registry) {
  const factor = config.RATE_LIMIT_FACTOR;
  return {
    clientLogs: new ClientLogIntake({ logger, limits: createClientLogLimits(factor) }),
    clientMetrics: createClientMetrics(registry),
    passes: new ReportPasses(config.LOG_KEY),
    reportLimiter: createCallReportLimiter(factor),
  };
}
