import { withPassword } from '@parley/common/config';
import type { Logger } from '@parley/common/logging';
import { createPool, exportPoolMetrics } from '@parley/common/postgres';
import type { Registry } from 'prom-client';
import { accountOptions, accountTrustOf } from './accounts/account-config.ts';
import { Accounts } from './accounts/accounts.ts';
import type { GatewayConfig } from './gateway-config.ts';

type OnStop = (name: string, stop: () => void | Promise<void>) => void;

/** The accounts of this server; undefined if it has none. */
export async function startAccounts(
  config: GatewayConfig,
  logger: Logger,
  registry: Registry,
  onStop: OnStop,
): Promise<Accounts | undefined> {
  const { ACCOUNTS_DATABASE_URL: url, ACCOUNTS_DATABASE_PASSWORD: password, IDENTITY_KEY: secret } = config;
  if (url === undefined || secret === undefined) return undefined;
  const pool = createPool({
    databaseUrl: withPassword(url, password),
    trust: accountTrustOf(config),
    logger,
  });
  onStop('database', () => pool.close());
  exportPoolMetrics(registry, pool);
  const accounts = await Accounts.create({
    ...accountOptions(config),
    pool,
    secret,
    rateFactor: config.RATE_LIMIT_FACTOR,
    logger,
  });
  onStop('accounts', () => accounts.close());
  return accounts;
}
