import { availableParallelism } from 'node:os';
import { dataDir } from '../bootstrap/paths.mjs';
import { LaunchError } from './launch-error.ts';

/** The ports of the services themselves; the names are the services' own variables. */
export const DEFAULT_PORTS = {
  POSTGRES_PORT: 55_432,
  MEDIA_GRPC_PORT: 50_051,
  MEDIA_ADMIN_PORT: 50_061,
  SIGNALING_PORT: 5_000,
  SIGNALING_GRPC_PORT: 50_052,
  SIGNALING_ADMIN_PORT: 5_001,
  GATEWAY_PORT: 4_000,
  GATEWAY_ADMIN_PORT: 4_001,
  UI_PORT: 3_000,
  LOGS_PORT: 9_000,
  LOGS_ADMIN_PORT: 9_001,
} as const;

export type PortName = keyof typeof DEFAULT_PORTS;

export interface LauncherConfig {
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly rtcPortBase: number;
  readonly rtcListenIp: string;
  readonly rtcAnnouncedAddress: string;
  readonly mediaWorkers: number;
  readonly workerPath: string;
  /** Ports that were given; the others are chosen. */
  readonly givenPorts: ReadonlyMap<PortName, number>;
  readonly isDev: boolean;
}

/** Reads the launcher's part of the environment and reports all problems together. */
export function readLauncherConfig(env: NodeJS.ProcessEnv, isDev: boolean): LauncherConfig {
  const problems: string[] = [];
  const integer = (name: string, fallback: number, least: number, most: number): number => {
    const text = env[name];
    if (!text) return fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    problems.push(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
    return fallback;
  };
  const port = (name: string, fallback: number): number => integer(name, fallback, 1, 65_535);
  const rtcListenIp = env.MEDIA_RTC_LISTEN_IP || '127.0.0.1';
  const givenNames = (Object.keys(DEFAULT_PORTS) as PortName[]).filter((name) => env[name]);
  const config: LauncherConfig = {
    port: port('PORT', 8_080),
    dataDir: dataDir(env),
    databaseUrl: env.DATABASE_URL || undefined,
    rtcPortBase: port('MEDIA_RTC_PORT_BASE', 40_000),
    rtcListenIp,
    rtcAnnouncedAddress: env.MEDIA_RTC_ANNOUNCED_ADDRESS || rtcListenIp,
    mediaWorkers: integer('MEDIA_WORKERS', availableParallelism(), 1, 64),
    workerPath: env.MEDIASOUP_WORKER_BIN ?? '',
    givenPorts: new Map(givenNames.map((name) => [name, port(name, DEFAULT_PORTS[name])])),
    isDev,
  };
  if (!config.workerPath) problems.push('MEDIASOUP_WORKER_BIN is not set; start with "npm start".');
  if (problems.length > 0) throw new LaunchError(`The configuration is wrong.\n  ${problems.join('\n  ')}`);
  return config;
}
