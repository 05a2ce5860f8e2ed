import { collectDefaultMetrics, Registry } from 'prom-client';
import { AdminServer } from './admin-server.ts';
import { uiConfigSchema } from './admin-config.ts';
import { observeRequests } from './request-metrics.ts';

/** Serves health and metrics if the environment names a port. Throws if a variable is invalid or the port taken. */
export async function startAdmin(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const { UI_ADMIN_HOST: host, UI_ADMIN_PORT: port } = uiConfigSchema.parse({
    // An empty variable counts as not set: compose files pass unset variables as empty ones.
    UI_ADMIN_HOST: env.UI_ADMIN_HOST || undefined,
    UI_ADMIN_PORT: env.UI_ADMIN_PORT || undefined,
    EMBED_ORIGINS: env.EMBED_ORIGINS,
  });
  if (port === undefined) return;
  const registry = new Registry();
  registry.setDefaultLabels({ service: 'ui' });
  collectDefaultMetrics({ register: registry });
  const admin = await AdminServer.create({ host, port, registry });
  observeRequests(registry, admin.port);
}
