import { availableParallelism, hostname } from 'node:os';
import { ownAddresses } from '../../lib/own-addresses.mjs';
import { dataDir } from '../../lib/paths.mjs';
import { EnvReader } from '../base/env-reader.ts';
import { HOST_NAME } from './host-names.ts';
import { chooseLanAddress } from './lan.ts';
import type { LanAddress } from './lan.ts';
import { LaunchError } from '../base/launch-error.ts';
import type { RtcPlace } from '../services/parley-services.ts';
import { TrustedProxies } from './visitor.ts';

/** The usual ports of the services, by the variables that set them. */
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

export interface StartConfig {
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly rtc: RtcPlace;
  /** The ports that the environment sets. The launcher chooses the others. */
  readonly givenPorts: ReadonlyMap<PortName, number>;
  readonly isDev: boolean;
  /** Proxies before the edge that are believed (`EDGE_TRUSTED_PROXIES`). */
  readonly trustedProxies: TrustedProxies;
  /** The names that the edge answers besides addresses and localhost (`EDGE_NAMES`). */
  readonly names: readonly string[];
  /** How many connections without a complete request an address may have (`EDGE_CONNECTIONS_PER_ADDRESS`). */
  readonly connectionsPerAddress: number;
  /** Set if other devices in the network are served (`--lan`). */
  readonly lan: LanConfig | undefined;
}

export interface LanConfig extends LanAddress {
  readonly httpsPort: number;
}

/** The options of the command line. */
export interface StartOptions {
  readonly isDev: boolean;
  /** An address, or empty if the launcher is to find one. `undefined` without `--lan`. */
  readonly lan: string | undefined;
}

export function readOptions(args: readonly string[]): StartOptions {
  const unknown = args.find((arg) => !/^--(?:dev|lan(?:=.*)?)$/.test(arg));
  if (unknown) throw new LaunchError(`There is no ${unknown}.\n  npm start -- [--dev] [--lan[=ADDRESS]]`);
  const lan = args.findLast((arg) => arg.startsWith('--lan'));
  return { isDev: args.includes('--dev'), lan: lan?.slice('--lan='.length) };
}

/** Reads the launcher's part of the environment and reports all problems together. */
export function readStartConfig(env: NodeJS.ProcessEnv, options: StartOptions): StartConfig {
  const reader = new EnvReader(env);
  const lan = options.lan === undefined ? undefined : chooseLanAddress(options.lan);
  const listenIps = reader.list('MEDIA_RTC_LISTEN_IP') ?? (lan ? [lan.address] : ownAddresses());
  const config: StartConfig = {
    port: reader.port('PORT', 8_080),
    dataDir: dataDir(env),
    databaseUrl: reader.text('DATABASE_URL'),
    rtc: {
      listenIps,
      announced: reader.list('MEDIA_RTC_ANNOUNCED_ADDRESSES') ?? (lan ? [lan.address] : listenIps),
      portBase: reader.port('MEDIA_RTC_PORT_BASE', 40_000),
      workers: reader.integer('MEDIA_WORKERS', availableParallelism(), 1, 64),
      workerPath: reader.workerPath(),
    },
    givenPorts: reader.givenPorts(DEFAULT_PORTS),
    isDev: options.isDev,
    trustedProxies: new TrustedProxies(reader.text('EDGE_TRUSTED_PROXIES'), (words) =>
      reader.problem(`EDGE_TRUSTED_PROXIES: ${words}`),
    ),
    names: [...readNames(reader), ...(lan ? ownNames() : [])],
    connectionsPerAddress: reader.integer('EDGE_CONNECTIONS_PER_ADDRESS', 100, 1, 100_000),
    lan: lan && { ...lan, httpsPort: reader.port('HTTPS_PORT', 8_443) },
  };
  checkDatabaseTrust(reader);
  reader.finish();
  return config;
}

/** The embedded database is reached over loopback alone, without TLS. */
function checkDatabaseTrust(reader: EnvReader): void {
  if (reader.text('DATABASE_URL')) return;
  for (const name of ['DATABASE_TLS_AUTHORITY', 'DATABASE_TLS_AUTHORITY_FILE', 'DATABASE_TLS_NAME'])
    if (reader.text(name)) reader.problem(`${name} is set, but DATABASE_URL is not.`);
}

function readNames(reader: EnvReader): string[] {
  const names = reader.list('EDGE_NAMES') ?? [];
  for (const name of names) {
    if (!HOST_NAME.test(name))
      reader.problem(`EDGE_NAMES: "${name}" is not a host name such as call.example.org.`);
  }
  return names;
}

/** The names under which other devices in the network may find this machine. */
function ownNames(): string[] {
  const [name = ''] = hostname().split('.', 1);
  return [hostname(), ...(name === '' ? [] : [name, `${name}.local`])];
}
