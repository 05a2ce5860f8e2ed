import { hostname, networkInterfaces } from 'node:os';
import type { z } from 'zod';
import { envSchema, joinHostPort } from '../config/env-schema.ts';
import type { Logger } from '../logging/logger.ts';
import type { Metrics } from '../service/metrics.ts';
import type { ServerTrust } from '../trust/server-trust.ts';
import { checkServerTrust, serverTrustField } from '../trust/server-trust-field.ts';
import { StaticRegistry, type ServiceRegistry } from './service-registry.ts';

const UNSPECIFIED = ['0.0.0.0', '::'];

/** Variables of every service that is found by others or finds them; spread them into the service's own schema. */
export const discoveryShape = {
  CONSUL_URL: envSchema
    .url(['http', 'https'])
    .optional()
    .describe(
      'where services register and find each other: `https:`, or `http:` for a Consul without TLS, which gets the token in clear text. Without it the addresses are fixed',
    ),
  CONSUL_TLS_AUTHORITY: serverTrustField.authority('Consul', 'CONSUL_TLS_AUTHORITY'),
  CONSUL_TLS_NAME: serverTrustField.name('Consul'),
  CONSUL_TOKEN: envSchema.secret(16).optional().describe('for a Consul with access control'),
  ADVERTISE_HOST: envSchema
    .host()
    .optional()
    .describe('the host that others reach this instance at: the one it listens on where absent'),
  INSTANCE_ID: envSchema.text(`${hostname()}-${process.pid}`).meta({
    description: 'unique among the instances of one service',
    shownDefault: 'host name and process id',
  }),
};

export type DiscoveryConfig = Readonly<z.output<z.ZodObject<typeof discoveryShape>>>;

/** For `.superRefine(checkDiscovery, WITH_OTHER_PROBLEMS)` of every schema with `discoveryShape`. */
export const checkDiscovery = checkServerTrust('CONSUL', 'CONSUL_URL', 'https');

type ConsulTrustVariables = Pick<DiscoveryConfig, 'CONSUL_TLS_AUTHORITY' | 'CONSUL_TLS_NAME'>;

/** How Consul has to prove itself by a checked configuration. */
export function consulTrustOf(config: ConsulTrustVariables): ServerTrust {
  return { authority: config.CONSUL_TLS_AUTHORITY, name: config.CONSUL_TLS_NAME };
}

type OnStop = (name: string, stop: () => void | Promise<void>) => void;

type RegistryOptions = {
  config: DiscoveryConfig;
  /** The services to look up, with their addresses for the case without Consul. */
  services: Readonly<Record<string, readonly string[]>>;
  logger: Logger;
  metrics: Pick<Metrics, 'registry'>;
  onStop: OnStop;
};

/** A registry over Consul where CONSUL_URL is set, otherwise one with the fixed addresses. */
export async function createRegistry(options: RegistryOptions): Promise<ServiceRegistry> {
  const { config, services, onStop } = options;
  const registry =
    config.CONSUL_URL === undefined
      ? new StaticRegistry(services)
      : await createConsulRegistry(config.CONSUL_URL, options);
  onStop('registry', () => registry.close());
  return registry;
}

async function createConsulRegistry(url: string, options: RegistryOptions): Promise<ServiceRegistry> {
  const { config, services, logger, metrics } = options;
  // Loaded on demand: a service without a Consul carries nothing of its client.
  const { ConsulRegistry, exportConsulMetrics } = await import('./consul.ts');
  const registry = await ConsulRegistry.create({
    url,
    token: config.CONSUL_TOKEN,
    trust: consulTrustOf(config),
    services: Object.keys(services),
    logger,
  });
  exportConsulMetrics(metrics.registry, registry);
  return registry;
}

type Listener = { host: string; port: number };

type RegisterOptions = {
  config: DiscoveryConfig;
  service: string;
  /** The address that others call. */
  listener: Listener;
  admin: Listener;
  logger: Logger;
  onStop: OnStop;
};

/**
 * Registers this instance where there is a Consul. Call it last in a start: `onStop` undoes the last step first, so the
 * instance is deregistered before anything of it stops.
 */
export async function registerService(options: RegisterOptions): Promise<void> {
  const { config, service, listener, admin, logger, onStop } = options;
  if (config.CONSUL_URL === undefined) return;
  const { ConsulRegistration } = await import('./consul.ts');
  const registration = ConsulRegistration.create({
    url: config.CONSUL_URL,
    token: config.CONSUL_TOKEN,
    trust: consulTrustOf(config),
    registrant: {
      id: `${service}-${config.INSTANCE_ID}`,
      service,
      address: reachableAddress(listener, config.ADVERTISE_HOST),
      adminAddress: reachableAddress(admin, config.ADVERTISE_HOST),
    },
    logger,
  });
  onStop('registration', () => registration.close());
}

/** `host:port` of a listener, as others reach it. */
function reachableAddress({ host, port }: Listener, advertised: string | undefined): string {
  return joinHostPort(reachableHost(host, advertised), port);
}

/** The host at which others reach what listens on `host`. */
export function reachableHost(host: string, advertised: string | undefined): string {
  return advertised ?? (UNSPECIFIED.includes(host) ? firstAddress() : host);
}

/** This machine's first address in a network; loopback where there is none. */
function firstAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
