// The services of Parley, as both `npm start` and `npm run stack` run them. The differences are in the places that
// the callers pass.
import { join } from 'node:path';
import process from 'node:process';
import type { ConsulTokens } from '@parley/common/consul-access';
import type { Secrets } from '../../bootstrap/secrets.mjs';
import type { ServiceCertificate } from '../../lib/service-certificates.mjs';
import { FEW_ARENAS, HEADERS_FLAG, HOST, nodeService, publicEnv, runsAs } from './node-service.ts';
import type { ServicePlace, Surroundings } from './node-service.ts';
import { answersOk } from './readiness.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';

const UI_FLAGS = [HEADERS_FLAG, '--max-old-space-size=192', '--max-semi-space-size=2', '--v8-pool-size=1'];
/** As long as the gateway. With the five seconds of Next.js, a connection to the edge would often end just when it is used again. */
const UI_ARGUMENTS = ['--keepAliveTimeout', '75000'];

type CertifiedService = 'media' | 'signaling' | 'gateway';

/** What all services of one running system have in common. */
export interface SystemFacts extends Surroundings {
  readonly secrets: Secrets;
  readonly databaseUrl: string;
  /** Of the schema `accounts`; undefined with a database of the operator's own, which the gateway shares with signaling. */
  readonly accountsDatabaseUrl: string | undefined;
  /** Origins of the pages that may connect. */
  readonly origins: readonly string[];
  /** By the name of the service. */
  readonly certificates: ReadonlyMap<string, ServiceCertificate>;
  /** The token of each service, where there is a Consul. */
  readonly consulTokens?: ConsulTokens;
  /** Variables that every service gets. */
  readonly env: Readonly<Record<string, string>>;
  /** Variables about ICE servers, for the services that pass them to browsers. */
  readonly iceEnv: Readonly<Record<string, string>>;
}

/** The addresses, the ports and the workers of a media node. */
export interface RtcPlace {
  readonly workerPath: string;
  readonly workers: number;
  readonly listenIps: readonly string[];
  /** Addresses and host names, the preferred first. */
  readonly announced: readonly string[];
  readonly portBase: number;
  readonly region?: string | undefined;
  readonly probePort?: number;
  /** For links to other nodes, `first-last`; where absent, those that the service chooses. */
  readonly pipePorts?: string;
}

/** `port` is that of gRPC. */
export function mediaService(facts: SystemFacts, place: ServicePlace, rtc: RtcPlace): ServiceSpec {
  return nodeService('media', place, facts, {
    ...commonEnv(facts),
    ...certificateEnv(facts, 'media'),
    ...consulEnv(facts, 'media'),
    MEDIASOUP_WORKER_BIN: facts.workplace.program(rtc.workerPath),
    MEDIA_GRPC_HOST: HOST,
    MEDIA_GRPC_PORT: String(place.port),
    MEDIA_ADMIN_HOST: HOST,
    MEDIA_ADMIN_PORT: String(place.adminPort),
    MEDIA_WORKERS: String(rtc.workers),
    MEDIA_RTC_LISTEN_IP: rtc.listenIps.join(','),
    MEDIA_RTC_ANNOUNCED_ADDRESSES: rtc.announced.join(','),
    MEDIA_RTC_PORT_BASE: String(rtc.portBase),
    ...(rtc.region !== undefined && { REGION: rtc.region, MEDIA_PROBE_PORT: String(rtc.probePort) }),
    ...(rtc.pipePorts !== undefined && { MEDIA_PIPE_PORTS: rtc.pipePorts }),
  });
}

/** `port` is that of the sockets. */
export function signalingService(
  facts: SystemFacts,
  place: ServicePlace & { readonly grpcPort: number },
): ServiceSpec {
  return nodeService('signaling', place, facts, {
    ...commonEnv(facts),
    ...facts.iceEnv,
    ...certificateEnv(facts, 'signaling'),
    ...consulEnv(facts, 'signaling'),
    JOIN_TOKEN_SECRET: facts.secrets.joinTokenSecret,
    DATABASE_URL: facts.databaseUrl,
    ...ownPasswords(),
    SIGNALING_HOST: HOST,
    SIGNALING_PORT: String(place.port),
    SIGNALING_GRPC_HOST: HOST,
    SIGNALING_GRPC_PORT: String(place.grpcPort),
    SIGNALING_ADMIN_HOST: HOST,
    SIGNALING_ADMIN_PORT: String(place.adminPort),
    ALLOWED_ORIGINS: facts.origins.join(','),
    VALIDATE_OUTGOING: String(facts.isDev),
  });
}

/** The passwords for a database or Redis of the operator's own whose address has none. */
function ownPasswords(): Record<string, string> {
  const { DATABASE_PASSWORD, REDIS_PASSWORD } = process.env;
  return { ...(DATABASE_PASSWORD && { DATABASE_PASSWORD }), ...(REDIS_PASSWORD && { REDIS_PASSWORD }) };
}

/** `port` is that of REST. */
export function gatewayService(facts: SystemFacts, place: ServicePlace): ServiceSpec {
  return nodeService('gateway', place, facts, {
    ...commonEnv(facts),
    ...certificateEnv(facts, 'gateway'),
    ...consulEnv(facts, 'gateway'),
    IDENTITY_KEY: facts.secrets.identityKey,
    ...accountsEnv(facts),
    ALLOWED_ORIGINS: facts.origins.join(','),
    GATEWAY_HOST: HOST,
    GATEWAY_PORT: String(place.port),
    GATEWAY_ADMIN_HOST: HOST,
    GATEWAY_ADMIN_PORT: String(place.adminPort),
    ...filesEnv(facts),
  });
}

/** Files of the chat are in the data directory, unless the operator has another place for them. */
function filesEnv({ workplace }: SystemFacts): Record<string, string> {
  const { FILES_DIR, FILES_S3_BUCKET, FILES_S3_SECRET_ACCESS_KEY } = process.env;
  if (FILES_DIR) return {};
  if (!FILES_S3_BUCKET) return { FILES_DIR: workplace.folder('gateway', 'files') };
  return FILES_S3_SECRET_ACCESS_KEY ? { FILES_S3_SECRET_ACCESS_KEY } : {};
}

/** Where accounts are kept, and what the operator has set of mails and log-ins that nobody else may see. */
function accountsEnv({ databaseUrl, accountsDatabaseUrl }: SystemFacts): Record<string, string> {
  const { env } = process;
  const url = env.ACCOUNTS_DATABASE_URL || accountsDatabaseUrl || databaseUrl;
  const password = env.ACCOUNTS_DATABASE_PASSWORD || env.DATABASE_PASSWORD;
  const { SMTP_URL, SMTP_PASSWORD, OPENID_CLIENT_SECRET } = env;
  return {
    ACCOUNTS_DATABASE_URL: url,
    ...(password && { ACCOUNTS_DATABASE_PASSWORD: password }),
    ...(SMTP_URL && { SMTP_URL }),
    ...(SMTP_PASSWORD && { SMTP_PASSWORD }),
    ...(OPENID_CLIENT_SECRET && { OPENID_CLIENT_SECRET }),
  };
}

/** The log viewer. `port` is that of its page. */
export function logsService(facts: SystemFacts, place: ServicePlace): ServiceSpec {
  return nodeService('logs', place, facts, {
    ...commonEnv(facts),
    ...consulEnv(facts, 'logs'),
    LOGS_HOST: HOST,
    LOGS_PORT: String(place.port),
    LOGS_ADMIN_HOST: HOST,
    LOGS_ADMIN_PORT: String(place.adminPort),
    LOGS_PASSWORD: facts.secrets.logsPassword,
    LOGS_SESSION_SECRET: facts.secrets.logsSessionSecret,
  });
}

/** The UI: a build of it, or the development server of Next.js. */
export function uiService(facts: SystemFacts, place: ServicePlace): ServiceSpec {
  const { workplace } = facts;
  const next = join(workplace.root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const mode = facts.isDev ? 'dev' : 'start';
  // In development, Next.js starts itself again with a heap limit of its own.
  const flags = facts.isDev ? [] : UI_FLAGS;
  return {
    name: place.name,
    after: place.after,
    command: [
      workplace.program(process.execPath),
      ...flags,
      next,
      mode,
      '--port',
      String(place.port),
      '--hostname',
      HOST,
      ...(facts.isDev ? [] : UI_ARGUMENTS),
    ],
    cwd: join(workplace.root, 'ui'),
    env: publicEnv({
      NODE_ENV: facts.isDev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      ...FEW_ARENAS,
      UI_ADMIN_HOST: HOST,
      UI_ADMIN_PORT: String(place.adminPort),
      LOG_KEY: facts.secrets.logKey,
      ...workplace.envOf('ui'),
      ...place.env,
    }),
    ...runsAs(facts, 'ui'),
    isOurs: true,
    address: `${HOST}:${place.port}`,
    isReady: () => answersOk(`http://${HOST}:${place.port}/`),
    stopSignal: 'SIGTERM',
  };
}

/** The paths of what a service proves itself with. */
function certificateEnv({ certificates }: SystemFacts, name: CertifiedService): Record<string, string> {
  const files = certificates.get(name);
  if (!files) throw new Error(`${name} has no certificate`);
  return {
    INTERNAL_TLS_AUTHORITY_FILE: files.authorityPath,
    INTERNAL_TLS_CERTIFICATE_FILE: files.certificatePath,
    INTERNAL_TLS_KEY_FILE: files.keyPath,
  };
}

function consulEnv({ consulTokens }: SystemFacts, name: CertifiedService | 'logs'): Record<string, string> {
  return consulTokens ? { CONSUL_TOKEN: consulTokens[name] } : {};
}

function commonEnv({ env, workplace, secrets }: SystemFacts): Record<string, string> {
  return {
    LOG_DIR: workplace.logFolder,
    LOG_KEY: secrets.logKey,
    // The log files have every line. The output of the process is kept for errors before, or without, a logger.
    LOG_STDOUT_LEVEL: process.env.LOG_STDOUT_LEVEL || 'warn',
    ...env,
  };
}
