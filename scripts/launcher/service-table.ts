import { join } from 'node:path';
import type { Secrets } from '../bootstrap/secrets.mjs';
import { ROOT } from '../bootstrap/paths.mjs';
import type { LauncherConfig, PortName } from './launcher-config.ts';
import { answersOk } from './readiness.ts';
import type { ServiceSpec } from './service-spec.ts';

const HOST = '127.0.0.1';

// Variables that only the service they are for may see.
const PRIVATE_NAMES = [
  'INTERNAL_SECRET',
  'JOIN_TOKEN_SECRET',
  'DATABASE_URL',
  'TURN_SECRET',
  'LOGS_PASSWORD',
  'LOGS_SESSION_SECRET',
];

const SERVICE_FLAGS = [
  '--max-old-space-size=256',
  '--max-semi-space-size=2',
  '--disable-warning=ExperimentalWarning',
];
const UI_FLAGS = ['--max-old-space-size=192', '--max-semi-space-size=2'];

export interface TableInput {
  readonly config: LauncherConfig;
  readonly ports: Readonly<Record<PortName, number>>;
  readonly secrets: Secrets;
  readonly databaseUrl: string;
  /** Whether the database is one of the services. */
  readonly ownsDatabase: boolean;
  readonly origins: readonly string[];
  /** Where the services write their lines, and the log viewer reads them. */
  readonly logFolder: string;
}

/** The services of the system, in the order in which they are started. */
export function serviceTable(input: TableInput): ServiceSpec[] {
  return [media(input), signaling(input), gateway(input), ui(input), logs(input)];
}

function media(input: TableInput): ServiceSpec {
  const { config, ports, secrets } = input;
  return nodeService('media', [], input, ports.MEDIA_GRPC_PORT, ports.MEDIA_ADMIN_PORT, {
    INTERNAL_SECRET: secrets.internalSecret,
    MEDIASOUP_WORKER_BIN: config.workerPath,
    MEDIA_GRPC_HOST: HOST,
    MEDIA_GRPC_PORT: String(ports.MEDIA_GRPC_PORT),
    MEDIA_ADMIN_HOST: HOST,
    MEDIA_ADMIN_PORT: String(ports.MEDIA_ADMIN_PORT),
    MEDIA_WORKERS: String(config.mediaWorkers),
    MEDIA_RTC_LISTEN_IP: config.rtcListenIp,
    MEDIA_RTC_ANNOUNCED_ADDRESS: config.rtcAnnouncedAddress,
    MEDIA_RTC_PORT_BASE: String(config.rtcPortBase),
  });
}

function signaling(input: TableInput): ServiceSpec {
  const { config, ports, secrets, databaseUrl, ownsDatabase, origins } = input;
  const after = ownsDatabase ? ['postgres', 'media'] : ['media'];
  return nodeService('signaling', after, input, ports.SIGNALING_PORT, ports.SIGNALING_ADMIN_PORT, {
    INTERNAL_SECRET: secrets.internalSecret,
    JOIN_TOKEN_SECRET: secrets.joinTokenSecret,
    DATABASE_URL: databaseUrl,
    SIGNALING_HOST: HOST,
    SIGNALING_PORT: String(ports.SIGNALING_PORT),
    SIGNALING_GRPC_HOST: HOST,
    SIGNALING_GRPC_PORT: String(ports.SIGNALING_GRPC_PORT),
    SIGNALING_ADMIN_HOST: HOST,
    SIGNALING_ADMIN_PORT: String(ports.SIGNALING_ADMIN_PORT),
    MEDIA_ADDRESSES: `${HOST}:${ports.MEDIA_GRPC_PORT}`,
    ALLOWED_ORIGINS: origins.join(','),
    VALIDATE_OUTGOING: String(config.isDev),
    ...turnSettings(),
  });
}

function gateway(input: TableInput): ServiceSpec {
  const { ports, secrets } = input;
  return nodeService('gateway', ['signaling'], input, ports.GATEWAY_PORT, ports.GATEWAY_ADMIN_PORT, {
    INTERNAL_SECRET: secrets.internalSecret,
    GATEWAY_HOST: HOST,
    GATEWAY_PORT: String(ports.GATEWAY_PORT),
    GATEWAY_ADMIN_HOST: HOST,
    GATEWAY_ADMIN_PORT: String(ports.GATEWAY_ADMIN_PORT),
    SIGNALING_ADDRESSES: `${HOST}:${ports.SIGNALING_GRPC_PORT}`,
    ...turnSettings(),
  });
}

function ui({ config, ports }: TableInput): ServiceSpec {
  const next = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
  const mode = config.isDev ? 'dev' : 'start';
  // Next restarts itself under a heap limit of its own in development.
  const flags = config.isDev ? [] : UI_FLAGS;
  return {
    name: 'ui',
    after: [],
    command: [process.execPath, ...flags, next, mode, '--port', String(ports.UI_PORT), '--hostname', HOST],
    cwd: join(ROOT, 'ui'),
    env: publicEnv({ NODE_ENV: config.isDev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' }),
    address: `${HOST}:${ports.UI_PORT}`,
    isReady: () => answersOk(`http://${HOST}:${ports.UI_PORT}/`),
    stopSignal: 'SIGTERM',
  };
}

function logs(input: TableInput): ServiceSpec {
  const { ports, secrets } = input;
  return nodeService('logs', [], input, ports.LOGS_PORT, ports.LOGS_ADMIN_PORT, {
    LOGS_HOST: HOST,
    LOGS_PORT: String(ports.LOGS_PORT),
    LOGS_ADMIN_HOST: HOST,
    LOGS_ADMIN_PORT: String(ports.LOGS_ADMIN_PORT),
    LOGS_PASSWORD: secrets.logsPassword,
    LOGS_SESSION_SECRET: secrets.logsSessionSecret,
  });
}

function nodeService(
  name: string,
  after: readonly string[],
  { config, logFolder }: TableInput,
  port: number,
  adminPort: number,
  env: Readonly<Record<string, string>>,
): ServiceSpec {
  const watch = config.isDev ? ['--watch', '--watch-preserve-output'] : [];
  return {
    name,
    after,
    command: [process.execPath, ...SERVICE_FLAGS, ...watch, join(ROOT, 'services', name, 'src', 'main.ts')],
    cwd: ROOT,
    env: publicEnv({
      NODE_ENV: config.isDev ? 'development' : 'production',
      LOG_DIR: logFolder,
      // All lines are in the files; what we keep of the output is for what went wrong before, or without, a logger.
      LOG_STDOUT_LEVEL: process.env.LOG_STDOUT_LEVEL || 'warn',
      ...env,
    }),
    address: `${HOST}:${port}`,
    isReady: () => answersOk(`http://${HOST}:${adminPort}/readyz`),
    stopSignal: 'SIGTERM',
  };
}

/** Our own environment without what is private, and with what one service needs. */
function publicEnv(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !PRIVATE_NAMES.includes(name));
  return { ...Object.fromEntries(inherited), ...own };
}

function turnSettings(): Record<string, string> {
  return process.env.TURN_SECRET ? { TURN_SECRET: process.env.TURN_SECRET } : {};
}
