import { z } from 'zod';
import { envSchema, readConfig, WITH_OTHER_PROBLEMS } from '@parley/common/config';
import { checkDiscovery, discoveryShape } from '@parley/common/discovery';
import { logShape } from '@parley/common/logging';
import { certificatesShape, checkTrust } from '@parley/common/grpc';
import { iceConfigShape } from '@parley/common/ice';
import { accountConfigShape, checkAccountConfig } from './accounts/account-config.ts';
import { checkFilePlace, filePlaceShape } from './files/file-place.ts';

export const gatewayConfigSchema = z
  .object({
    ...discoveryShape,
    ...certificatesShape,
    LOG_LEVEL: envSchema.logLevel(),
    LOG_KEY: logShape.LOG_KEY,
    IDENTITY_KEY: envSchema.secret().optional().meta({
      description: 'signs the ids by which the browsers of guests are known again; the same for all gateways',
      shownDefault: 'a random one for each process: after a restart every guest is somebody else',
    }),
    GATEWAY_HOST: envSchema.host('127.0.0.1').describe('where the edge reaches the REST API'),
    GATEWAY_PORT: envSchema.port(4000),
    GATEWAY_ADMIN_HOST: envSchema.host('127.0.0.1').describe('where health and metrics are'),
    GATEWAY_ADMIN_PORT: envSchema.port(4001),
    SIGNALING_ADDRESSES: envSchema
      .hostPortList(['127.0.0.1:50052'])
      .describe('the signaling instances (gRPC) where there is no Consul'),
    METRICS_TARGETS: envSchema
      .namedAddressList([])
      .describe('addresses that Prometheus scrapes besides the registered services'),
    SIGNALING_GRPC_SECRET: envSchema
      .secret()
      .optional()
      .describe('what we show signaling where there is no INTERNAL_TLS_CERTIFICATE; the same there'),
    ALLOWED_ORIGINS: envSchema.originList([]).describe('origins besides our own whose pages may connect'),
    TRUST_PROXY_HOPS: envSchema
      .integer({ min: 0, max: 10, default: 1 })
      .describe('how many proxies of ours stand before this port; each adds one address to X-Forwarded-For'),
    RATE_LIMIT_FACTOR: envSchema
      .integer({ min: 0, max: 10_000, default: 1 })
      .describe('multiplies every rate limit; 0 lifts them'),
    CLIENT_METRICS_PERCENT: envSchema
      .integer({ min: 0, max: 100, default: 100 })
      .describe('how many of a hundred calls send reports of their quality'),
    STUN_URLS: iceConfigShape.STUN_URLS,
    ...filePlaceShape,
    ...accountConfigShape,
  })
  .superRefine(checkTrust(['SIGNALING_GRPC_SECRET']), WITH_OTHER_PROBLEMS)
  .superRefine(checkDiscovery, WITH_OTHER_PROBLEMS)
  .superRefine(checkFilePlace, WITH_OTHER_PROBLEMS)
  .superRefine(checkAccountConfig, WITH_OTHER_PROBLEMS);

export type GatewayConfig = Readonly<z.output<typeof gatewayConfigSchema>>;

/** Throws ConfigError with every problem. */
export function readGatewayConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  return readConfig(gatewayConfigSchema, env);
}
