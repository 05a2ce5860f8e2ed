import { availableParallelism } from 'node:os';
import { dataDir } from '../../lib/paths.mjs';
import { EnvReader } from '../base/env-reader.ts';
import { chooseLanAddress } from './lan.ts';
import type { LanAddress } from './lan.ts';
import { LaunchError } from '../base/launch-error.ts';
import type { RtcPlace } from '../services/parley-services.ts';

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
  UI_ADMIN_PORT: 3_001,
  LOGS_PORT: 9_000,
  LOGS_ADMIN_PORT: 9_001,
} as const;

export type PortName = keyof typeof DEFAULT_PORTS;

export interface LauncherConfig {
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly rtc: RtcPlace;
  /** Ports that were given; the others are chosen. */
  readonly givenPorts: ReadonlyMap<PortName, number>;
  readonly isDev: boolean;
  /** For other devices in the network, when that was asked for. */
  readonly lan: LanConfig | undefined;
}

export interface LanConfig extends LanAddress {
  readonly httpsPort: number;
}

/** What was asked for on the command line. */
export interface LauncherOptions {
  readonly isDev: boolean;
  /** An address, or empty to have one found. */
  readonly lan: string | undefined;
}

export function readOptions(args: readonly string[]): LauncherOptions {
  const unknown = args.find((arg) => !/^--(?:dev|lan(?:=.*)?)$/.test(arg));
  if (unknown) throw new LaunchError(`There is no ${unknown}.\n  npm start -- [--dev] [--lan[=ADDRESS]]`);
  const lan = args.findLast((arg) => arg.startsWith('--lan'));
  return { isDev: args.includes('--dev'), lan: lan?.slice('--lan='.length) };
}

/** Reads the launcher's part of the environment and reports all problems together. */
export function readLauncherConfig(env: NodeJS.ProcessEnv, options: LauncherOptions): LauncherConfig {
  const reader = new EnvReader(env);
  const lan = options.lan === undefined ? undefined : chooseLanAddress(options.lan);
  const listenIp = reader.text('MEDIA_RTC_LISTEN_IP') ?? lan?.address ?? '127.0.0.1';
  const config: LauncherConfig = {
    port: reader.port('PORT', 8_080),
    dataDir: dataDir(env),
    databaseUrl: reader.text('DATABASE_URL'),
    rtc: {
      listenIp,
      announcedAddress: reader.text('MEDIA_RTC_ANNOUNCED_ADDRESS') ?? lan?.address ?? listenIp,
      portBase: reader.port('MEDIA_RTC_PORT_BASE', 40_000),
      workers: reader.integer('MEDIA_WORKERS', availableParallelism(), 1, 64),
      workerPath: readWorkerPath(reader),
    },
    givenPorts: reader.givenPorts(DEFAULT_PORTS),
    isDev: options.isDev,
    lan: lan && { ...lan, httpsPort: reader.port('HTTPS_PORT', 8_443) },
  };
  reader.finish();
  return config;
}

/** The path of the mediasoup worker, which the start script has found or made. */
export function readWorkerPath(reader: EnvReader): string {
  const path = reader.text('MEDIASOUP_WORKER_BIN');
  if (!path) reader.problem('MEDIASOUP_WORKER_BIN is not set; start with "npm start".');
  return path ?? '';
}
