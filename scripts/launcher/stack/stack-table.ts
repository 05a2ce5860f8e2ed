import type { Secrets } from '../../bootstrap/secrets.mjs';
import type { ServiceCertificate } from '../../lib/service-certificates.mjs';
import type { Steps } from '../../lib/steps.mjs';
import { HOST } from '../services/node-service.ts';
import type { PortBook } from '../base/ports.ts';
import type { Postgres } from '../services/postgres.ts';
import { gatewayService, logsService, uiService } from '../services/parley-services.ts';
import type { SystemFacts } from '../services/parley-services.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';
import type { Workplace } from '../users/workplace.ts';
import { consul, consulTokens, prometheus, redis } from './foundations.ts';
import {
  addressesOf,
  mediaNodes,
  pickMediaPorts,
  pickSignalingPorts,
  signalingInstances,
} from './instances.ts';
import { allowedPeers, edge, turn, turnEnv } from './public-side.ts';
import type { EdgeInput } from './public-side.ts';
import type { RelayRules } from './relay-rules.ts';
import type { StackConfig, StackPort } from './stack-config.ts';

export interface StackTableInput {
  readonly config: StackConfig;
  readonly ports: Readonly<Record<StackPort, number>>;
  readonly portBook: PortBook;
  readonly secrets: Secrets;
  readonly postgres: Postgres;
  readonly certificate: EdgeInput['certificate'];
  /** The certificates by which the servers prove themselves to the services. */
  readonly serverCertificates: ReadonlyMap<string, ServiceCertificate>;
  readonly workplace: Workplace;
  readonly relayRules: RelayRules;
  readonly steps: Steps;
}

/** All services of the stack, in the order in which they start. They find each other by Consul. */
export async function stackTable(input: StackTableInput): Promise<ServiceSpec[]> {
  const { config, ports, portBook, secrets, postgres } = input;
  const facts = systemFacts(input);
  const mediaPorts = await pickMediaPorts(config, portBook);
  const media = await mediaNodes(facts, config, portBook, mediaPorts);
  const relays = { turnPort: ports.TURN_PORT, relayIp: config.relayIp };
  if (allowedPeers(config).length > 0) input.relayRules.set(relays, mediaPorts, input.steps);
  const sockets = await pickSignalingPorts(portBook, config.signaling);
  const before = ['postgres', 'redis', 'consul', ...media.map(({ name }) => name)];
  const signaling = signalingInstances(facts, storesEnv(input), sockets, before);
  const { workplace } = input;
  return [
    postgres.spec,
    redis(workplace, ports.REDIS_PORT, secrets.redisPassword, certificateOf(input, 'redis')),
    consul(
      workplace,
      config.consulPath,
      { api: ports.CONSUL_PORT, server: ports.CONSUL_SERVER_PORT, serf: ports.CONSUL_SERF_PORT },
      secrets,
      certificateOf(input, 'consul'),
    ),
    turn(workplace, config, ports.TURN_PORT, secrets.turnSecret),
    ...media,
    ...signaling,
    ...ownServices(
      input,
      facts,
      signaling.map(({ name }) => name),
    ),
    prometheus(workplace, ports.PROMETHEUS_PORT, ports.GATEWAY_ADMIN_PORT),
    edge({
      workplace,
      httpPort: ports.PORT,
      httpsPort: ports.HTTPS_PORT,
      certificate: input.certificate,
      addresses: {
        ui: `${HOST}:${ports.UI_PORT}`,
        gateway: `${HOST}:${ports.GATEWAY_PORT}`,
        logs: `${HOST}:${ports.LOGS_PORT}`,
      },
      signalingAddresses: addressesOf(sockets),
      turnAddress: `${config.relayIp}:${ports.TURN_PORT}`,
    }),
  ];
}

/** Where Redis is, and how it and the database prove themselves. */
function storesEnv({ ports, secrets, workplace }: StackTableInput): Record<string, string> {
  return {
    REDIS_URL: `rediss://:${secrets.redisPassword}@${HOST}:${ports.REDIS_PORT}`,
    ...trustEnv('REDIS', workplace),
    ...trustEnv('DATABASE', workplace),
  };
}

/** The names in the certificates; the addresses are all of loopback. */
const SERVERS = { CONSUL: 'consul', REDIS: 'redis', DATABASE: 'postgres' } as const;

function trustEnv(prefix: keyof typeof SERVERS, { authorityPath }: Workplace): Record<string, string> {
  return { [`${prefix}_TLS_AUTHORITY_FILE`]: authorityPath, [`${prefix}_TLS_NAME`]: SERVERS[prefix] };
}

function certificateOf({ serverCertificates }: StackTableInput, name: string): ServiceCertificate {
  const certificate = serverCertificates.get(name);
  if (!certificate) throw new Error(`${name} has no certificate`);
  return certificate;
}

/** The services with one instance. */
function ownServices(
  { ports, workplace }: StackTableInput,
  facts: SystemFacts,
  signaling: readonly string[],
): ServiceSpec[] {
  return [
    gatewayService(facts, {
      name: 'gateway',
      after: signaling,
      port: ports.GATEWAY_PORT,
      adminPort: ports.GATEWAY_ADMIN_PORT,
      // The UI does not register with Consul, so the gateway names its address to Prometheus.
      env: { METRICS_TARGETS: `ui=${HOST}:${ports.UI_ADMIN_PORT}`, ...trustEnv('DATABASE', workplace) },
    }),
    uiService(facts, { name: 'ui', after: [], port: ports.UI_PORT, adminPort: ports.UI_ADMIN_PORT }),
    logsService(facts, {
      name: 'logs',
      after: ['consul'],
      port: ports.LOGS_PORT,
      adminPort: ports.LOGS_ADMIN_PORT,
      // nginx is before it, and names the operator whose attempts to log in are counted.
      env: { LOGS_TRUST_PROXY_HOPS: '1' },
    }),
  ];
}

function systemFacts({ config, ports, secrets, postgres, workplace }: StackTableInput): SystemFacts {
  const hosts = ['localhost', '127.0.0.1'];
  return {
    secrets,
    databaseUrl: postgres.url,
    accountsDatabaseUrl: postgres.accountsUrl,
    origins: hosts.flatMap((host) => [`http://${host}:${ports.PORT}`, `https://${host}:${ports.HTTPS_PORT}`]),
    workplace,
    certificates: workplace.certificates(),
    consulTokens: consulTokens(secrets),
    isDev: false,
    env: { CONSUL_URL: `https://${HOST}:${ports.CONSUL_PORT}`, ...trustEnv('CONSUL', workplace) },
    iceEnv: turnEnv(config, { turn: ports.TURN_PORT, https: ports.HTTPS_PORT }, secrets.turnSecret),
  };
}
