import { collectDefaultMetrics, Registry } from 'prom-client';
import { AdminServer } from './admin-server.ts';
import { uiConfigSchema } from './admin-config.ts';
import { observeRequests } from './request-metrics.ts';

/** Serves health and metrics where the environment names a port. Throws when that is wrong or taken. */
export async function startAdmin(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const { UI_ADMIN_HOST: host, UI_ADMIN_PORT: port } = uiConfigSchema.parse({
    // A variable set to the empty string counts as not set, as compose files write it.
    UI_ADMIN_HOST: env.UI_ADMIN_HOST || undefined,
    UI_ADMIN_PORT: env.UI_ADMIN_PORT || undefined,
  });
  if (port === undefined) return;
  const registry = new Registry();
  registry.setDefaultLabels({ service: 'ui' });
  collectDefaultMetrics({ register: registry });
  const admin = await AdminServer.create({ host, port, registry });
  observeRequests(registry, admin.port);
}
