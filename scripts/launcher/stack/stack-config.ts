import { isIPv4 } from 'node:net';
import { availableParallelism, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { regionNameSchema } from '@parley/proto/regions';
import { isLoopback, ownAddresses } from '../../lib/own-addresses.mjs';
import { dataDir } from '../../lib/paths.mjs';
import { EnvReader } from '../base/env-reader.ts';
import { LaunchError } from '../base/launch-error.ts';

/** The usual ports of what runs once. The instances of signaling and media count up from FIRST_PORTS. */
export const DEFAULT_PORTS = {
  PORT: 8_080,
  HTTPS_PORT: 8_443,
  PROMETHEUS_PORT: 9_090,
  LOGS_PORT: 9_000,
  CONSUL_PORT: 8_500,
  POSTGRES_PORT: 55_432,
  REDIS_PORT: 56_379,
  GATEWAY_PORT: 4_000,
  GATEWAY_ADMIN_PORT: 4_001,
  UI_PORT: 3_000,
  UI_ADMIN_PORT: 3_002,
  LOGS_ADMIN_PORT: 9_001,
  CONSUL_SERVER_PORT: 8_300,
  CONSUL_SERF_PORT: 8_301,
  TURN_PORT: 3_478,
} as const;

export type StackPort = keyof typeof DEFAULT_PORTS;

const MOST_INSTANCES = 16;
const UNSPECIFIED = ['0.0.0.0', '::'];

export interface StackConfig {
  readonly dataDir: string;
  readonly signaling: number;
  readonly media: number;
  /** The regions of the media nodes, in turn; empty: as REGION says. */
  readonly regions: readonly string[];
  readonly givenPorts: ReadonlyMap<StackPort, number>;
  readonly consulPath: string;
  readonly workerPath: string;
  /** TURN servers besides the coturn of the stack, in the form of TURN_URLS. */
  readonly otherTurnUrls: readonly string[];
  /** The number of workers of each media node. */
  readonly mediaWorkers: number;
  /** The first media port, when it is given. */
  readonly rtcPortBase: number | undefined;
  readonly rtcListenIps: readonly string[];
  /** Addresses and host names, the preferred first. */
  readonly rtcAnnounced: readonly string[];
  /** The one IPv4 address from which coturn relays. */
  readonly relayIp: string;
}

/** Reads the environment and the options of `npm run stack`. Throws a LaunchError with all problems together. */
export function readStackConfig(
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  interfaces = networkInterfaces(),
): StackConfig {
  const reader = new EnvReader(env);
  const options = parse(args);
  const counts = readCounts(options, reader);
  const rtcListenIps = reader.list('MEDIA_RTC_LISTEN_IP') ?? ownAddresses(interfaces);
  const relayIp = chooseRelayIp(rtcListenIps);
  if (relayIp === undefined || rtcListenIps.some((ip) => UNSPECIFIED.includes(ip)))
    reader.problem(
      `MEDIA_RTC_LISTEN_IP must be addresses of this machine for the stack, IPv4 among them, not "${rtcListenIps.join(',')}".`,
    );
  const consulPath = reader.text('CONSUL_BIN');
  if (!consulPath) reader.problem('CONSUL_BIN is not set; start with "npm run stack".');
  const coresEach = Math.max(1, Math.floor(availableParallelism() / counts.media));
  const config: StackConfig = {
    // A folder of its own, so that `npm start` and the stack do not use each other's data.
    dataDir: join(dataDir(env), 'stack'),
    ...counts,
    regions: readRegions(options, reader),
    givenPorts: reader.givenPorts(DEFAULT_PORTS),
    rtcListenIps,
    rtcAnnounced: reader.list('MEDIA_RTC_ANNOUNCED_ADDRESSES') ?? rtcListenIps,
    relayIp: relayIp ?? '',
    rtcPortBase: reader.text('MEDIA_RTC_PORT_BASE') ? reader.port('MEDIA_RTC_PORT_BASE', 0) : undefined,
    mediaWorkers: reader.integer('MEDIA_WORKERS', coresEach, 1, 64),
    consulPath: consulPath ?? '',
    workerPath: reader.workerPath(),
    otherTurnUrls: reader.list('TURN_URLS') ?? [],
  };
  reader.finish();
  return config;
}

/** Loopback only if there is nothing else: Firefox does not reach it. */
function chooseRelayIp(listenIps: readonly string[]): string | undefined {
  const ipv4 = listenIps.filter((ip) => isIPv4(ip));
  return ipv4.find((ip) => !isLoopback(ip)) ?? ipv4[0];
}

type Options = { signaling?: string; media?: string; region?: string };

/** Without the option each node has what the environment says. */
function readRegions({ region }: Options, reader: EnvReader): string[] {
  if (region === undefined) return [];
  const names = region.split(',').map((name) => name.trim());
  if (names.every((name) => regionNameSchema.safeParse(name).success)) return names;
  reader.problem(`--region must be names such as eu-west,us-east, not "${region}".`);
  return [];
}

function readCounts(values: Options, reader: EnvReader): { signaling: number; media: number } {
  const count = (name: 'signaling' | 'media'): number => {
    const value = Number(values[name] ?? 2);
    if (Number.isInteger(value) && value >= 1 && value <= MOST_INSTANCES) return value;
    reader.problem(`--${name} must be a number from 1 to ${MOST_INSTANCES}, not "${values[name]}".`);
    return 1;
  };
  return { signaling: count('signaling'), media: count('media') };
}

function parse(args: readonly string[]): Options {
  try {
    const options = {
      signaling: { type: 'string' },
      media: { type: 'string' },
      region: { type: 'string' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaunchError(`${reason}\n  npm run stack -- [--signaling N] [--media N] [--region NAME,…]`);
  }
}
