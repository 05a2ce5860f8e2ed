import { readConfig } from '@parley/common/config';
import { registerService } from '@parley/common/discovery';
import { AdminServer, createProcessMetrics, Readiness, runService } from '@parley/common/service';
import { logsConfigSchema } from './config.ts';
import { LogViewer } from './log-viewer.ts';
import { LogsMetrics } from './http/metrics.ts';

await runService('logs', async ({ env, logger, onStop }) => {
  const config = readConfig(logsConfigSchema, env);
  const { registry } = createProcessMetrics('logs');

  const viewer = await LogViewer.create({
    host: config.LOGS_HOST,
    port: config.LOGS_PORT,
    directory: config.LOG_DIR,
    password: config.LOGS_PASSWORD,
    loginSecret: config.LOGS_SESSION_SECRET,
    roomKey: config.LOG_KEY,
    proxyHops: config.LOGS_TRUST_PROXY_HOPS,
    metrics: new LogsMetrics(registry),
    logger,
  });
  onStop('viewer', () => viewer.close());

  const readiness = new Readiness({ checks: { folder: () => viewer.check() }, logger });
  const admin = await AdminServer.create({
    host: config.LOGS_ADMIN_HOST,
    port: config.LOGS_ADMIN_PORT,
    registry,
    readiness,
    logger,
  });
  onStop('admin', () => admin.close());
  onStop('readiness', () => readiness.markStopping());
  await registerService({
    config,
    service: 'logs',
    listener: { host: config.LOGS_HOST, port: viewer.port },
    admin: { host: config.LOGS_ADMIN_HOST, port: admin.port },
    logger,
    onStop,
  });
  logger.info({ host: config.LOGS_HOST, port: viewer.port, adminPort: admin.port }, 'log viewer listening');
});
