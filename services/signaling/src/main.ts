import { readConfig } from '@parley/common/config';
import { registerService } from '@parley/common/discovery';
import { createProcessMetrics, runService } from '@parley/common/service';
import { configSchema } from './config.ts';
import { startSignaling } from './signaling.ts';

await runService('signaling', async ({ env, logger, onStop }) => {
  const config = readConfig(configSchema, env);
  const serviceMetrics = createProcessMetrics('signaling');
  const { socketPort, grpcPort, adminPort } = await startSignaling({
    config,
    serviceMetrics,
    logger,
    onStop,
  });
  await registerService({
    config,
    service: 'signaling',
    listener: { host: config.SIGNALING_GRPC_HOST, port: grpcPort },
    admin: { host: config.SIGNALING_ADMIN_HOST, port: adminPort },
    logger,
    onStop,
  });
  logger.info({ port: socketPort, grpcPort, adminPort }, 'signaling listening');
});
