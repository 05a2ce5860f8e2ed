import { accessSync, constants } from 'node:fs';
import { availableParallelism } from 'node:os';
import { envSchema, type PortRange } from '@parley/common/config';
import { checkDiscovery, discoveryShape } from '@parley/common/discovery';
import { certificatesShape, checkTrust } from '@parley/common/grpc';
import { workerBin } from 'mediasoup';
import { z } from 'zod';
import { DEFAULT_POLLING } from './statistics/stats-poller.ts';

const CPU_LIMIT_PERCENT = 85;
/** The loudest three are always forwarded. */
const VOICES_MIN = 3;
const PORT_MAX = 65_535;
/** Pipes to other nodes are within the ports that operators know for media. */
const PIPE_PORTS_AFTER = 50;
const PIPE_PORTS_MAX = 51;
const UNSPECIFIED = ['0.0.0.0', '::'];

const bits = (value: number, what: string) =>
  envSchema
    .integer({ min: 10_000, max: 1_000_000_000, default: value })
    .describe(`bits a second of ${what}; see MEDIA_SEND_HOLD_MS`);
const packets = (value: number, what: string) =>
  envSchema.integer({ min: 1, max: 1_000_000, default: value }).describe(`packets a second of ${what}`);

const senderLimitsShape = {
  MEDIA_MAX_AUDIO_BITRATE: bits(600_000, 'a microphone or of the sound of a screen'),
  MEDIA_MAX_CAMERA_BITRATE: bits(6_000_000, 'a camera, all layers together'),
  MEDIA_MAX_SCREEN_BITRATE: bits(10_000_000, 'a shared screen'),
  MEDIA_MAX_PEER_BITRATE: bits(12_000_000, 'everything that one person sends'),
  MEDIA_MAX_AUDIO_PACKETS: packets(250, 'a microphone or of the sound of a screen'),
  MEDIA_MAX_CAMERA_PACKETS: packets(1500, 'a camera, all layers together'),
  MEDIA_MAX_SCREEN_PACKETS: packets(2500, 'a shared screen'),
  MEDIA_MAX_PEER_PACKETS: packets(3500, 'everything that one person sends'),
  MEDIA_SEND_HOLD_MS: envSchema
    .durationMs(10_000)
    .describe(
      "what is above these limits twice in a row is paused, and cannot be resumed for so long; the third time ends the person's call",
    ),
};

/** The environment variables of the media service. */
export const mediaConfigSchema = z
  .object({
    ...discoveryShape,
    LOG_LEVEL: envSchema.logLevel(),
    ...certificatesShape,
    MEDIA_GRPC_SECRET: envSchema
      .secret()
      .optional()
      .describe(
        'what callers have to know where there is no INTERNAL_TLS_CERTIFICATE; the same in signaling',
      ),
    MEDIASOUP_WORKER_BIN: envSchema
      .text(workerBin)
      .refine(isExecutable, { error: 'must be the path of the mediasoup worker program' })
      .meta({ description: 'the mediasoup worker program', shownDefault: 'that of the npm package' }),

    MEDIA_GRPC_HOST: envSchema.host('127.0.0.1').describe('where signaling calls it'),
    MEDIA_GRPC_PORT: envSchema.port(50_051),
    MEDIA_ADMIN_HOST: envSchema.host('127.0.0.1').describe('where health and metrics are'),
    MEDIA_ADMIN_PORT: envSchema.port(50_061),

    MEDIA_WORKERS: envSchema
      .integer({ min: 1, max: 128, default: availableParallelism() })
      .meta({ description: 'mediasoup workers; each keeps one core busy', shownDefault: 'one per core' }),
    MEDIA_RTC_LISTEN_IP: envSchema
      .listenAddressList(['127.0.0.1'])
      .describe('the addresses for media; 0.0.0.0 and :: mean every one of IPv4 and IPv6'),
    MEDIA_RTC_ANNOUNCED_ADDRESSES: envSchema.peerAddressList().optional().meta({
      description:
        'what browsers send media to, the preferred first: IPv4 and IPv6, public and private. Names are resolved at the start and followed',
      shownDefault: 'MEDIA_RTC_LISTEN_IP',
    }),
    MEDIA_RTC_PORT_BASE: envSchema
      .integer({ min: 1024, max: PORT_MAX, default: 40_000 })
      .describe('worker n uses this port + n, UDP and TCP'),
    REGION: envSchema
      .regionName()
      .optional()
      .describe(
        'where this node is, such as eu-west: people get media near them, where nodes name two regions or more',
      ),
    MEDIA_PROBE_PORT: envSchema
      .port(40_101)
      .describe(
        'where browsers measure how far the region is, UDP; open with REGION only. Nodes of one machine share it',
      ),
    MEDIA_PIPE_PORTS: envSchema.portRange().optional().meta({
      description:
        'the first and the last UDP port for links to other media nodes, one for each link; only media nodes need to reach them',
      shownDefault: 'MEDIA_RTC_PORT_BASE + 50 to + 100, as 40050-40100',
    }),
    MEDIA_PIPE_ADDRESS: envSchema.host().optional().meta({
      description: 'the address or name of this node for the links of other media nodes to it',
      shownDefault: 'the host that signaling reaches it at',
    }),

    MEDIA_MAX_INCOMING_BITRATE: envSchema
      .integer({ min: 100_000, max: 100_000_000, default: 10_000_000 })
      .describe('bits a second that browsers are advised not to exceed'),
    ...senderLimitsShape,
    MEDIA_INITIAL_OUTGOING_BITRATE: envSchema
      .integer({ min: 100_000, max: 100_000_000, default: 1_000_000 })
      .describe('bits a second to one person before the bandwidth is known'),
    MEDIA_ICE_TIMEOUT_MS: envSchema
      .durationMs(60_000)
      .describe('a person whose media path is lost for so long is gone'),
    MEDIA_CONNECT_TIMEOUT_MS: envSchema
      .durationMs(60_000)
      .describe(
        'a person whose media path never opens, although there is something to send or receive, is let go',
      ),
    MEDIA_UNUSED_ROOM_TIMEOUT_MS: envSchema
      .durationMs(600_000)
      .describe(
        'a room in which nobody ever sent or received is closed then; after a minute if a new room needs its place',
      ),
    MEDIA_UNWATCHED_ROOM_TIMEOUT_MS: envSchema
      .durationMs(60_000)
      .describe('a room that no signaling watches is closed then'),

    AUDIO_VOICES: envSchema
      .integer({ min: VOICES_MIN, max: 100, default: 12 })
      .describe(
        'the most voices of one room that are forwarded at the same time: of more open microphones those that spoke last, with a raised hand, or that were just unmuted',
      ),

    DRAIN_TIMEOUT_S: envSchema
      .integer({ min: 0, max: 3_600, default: 0 })
      .describe('seconds in which a stop lets its calls move to other nodes; 0 is at once'),

    MEDIA_STATS_INTERVAL_MS: envSchema
      .durationMs(DEFAULT_POLLING.intervalMs)
      .describe(
        'how often the statistics of each stream are read for the metrics while there are few; 0 is never',
      ),

    MEDIA_MAX_ROOMS_PER_WORKER: envSchema
      .integer({ min: 1, max: 100_000, default: 250 })
      .describe('a worker that has so many gets no new room'),
    MEDIA_MAX_PEERS_PER_WORKER: envSchema
      .integer({ min: 1, max: 100_000, default: 500 })
      .describe('or so many people'),
    MEDIA_MAX_CONSUMERS_PER_WORKER: envSchema
      .integer({ min: 1, max: 1_000_000, default: 4000 })
      .describe(
        'a worker that has so many streams to people gets no new room, and sends no further picture; each further voice ends a picture of its room there or is one more, up to twice the limit',
      ),
    MEDIA_MAX_WORKER_CPU_PERCENT: envSchema
      .integer({ min: 1, max: 100, default: CPU_LIMIT_PERCENT })
      .describe('a worker above this share of its core gets no new room'),
    MEDIA_ROOM_SPREAD_PERCENT: envSchema
      .integer({ min: 1, max: 100, default: 60 })
      .describe(
        "the share of a worker's streams or CPU, of what the two limits above allow, from which on the next people of a room go to another worker",
      ),
  })
  .superRefine(checkTrust(['MEDIA_GRPC_SECRET']), { when: reportWithTheOthers })
  .superRefine(checkDiscovery, { when: reportWithTheOthers })
  .refine((config) => announced(config), {
    path: ['MEDIA_RTC_ANNOUNCED_ADDRESSES'],
    error: 'must be set when MEDIA_RTC_LISTEN_IP means every address',
    when: reportWithTheOthers,
  })
  .refine((config) => !(config.MEDIA_RTC_PORT_BASE + config.MEDIA_WORKERS - 1 > PORT_MAX), {
    path: ['MEDIA_RTC_PORT_BASE'],
    error: 'leaves no port for every worker',
    when: reportWithTheOthers,
  })
  .refine((config) => config.REGION === undefined || !isWorkerPort(config), {
    path: ['MEDIA_PROBE_PORT'],
    error: 'is the port of a worker; choose another one, or another MEDIA_RTC_PORT_BASE',
    when: reportWithTheOthers,
  })
  .refine((config) => !overlaps(config), {
    path: ['MEDIA_PIPE_PORTS'],
    error: 'must not contain ports of workers (MEDIA_RTC_PORT_BASE and up)',
    when: reportWithTheOthers,
  })
  .refine((config) => !holdsProbePort(config, config.MEDIA_PIPE_PORTS), {
    path: ['MEDIA_PIPE_PORTS'],
    error: 'must not contain MEDIA_PROBE_PORT',
    when: reportWithTheOthers,
  });

export type MediaConfig = Readonly<z.output<typeof mediaConfigSchema>>;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs the check also when another variable is wrong, whose value is then undefined. All problems are reported
 * together.
 */
function reportWithTheOthers(): boolean {
  return true;
}

function isWorkerPort(
  config: Record<'MEDIA_PROBE_PORT' | 'MEDIA_RTC_PORT_BASE' | 'MEDIA_WORKERS', number>,
): boolean {
  const index = config.MEDIA_PROBE_PORT - config.MEDIA_RTC_PORT_BASE;
  return index >= 0 && index < config.MEDIA_WORKERS;
}

type Probe = { readonly REGION?: string | undefined; readonly MEDIA_PROBE_PORT: number };
type Ports = Probe & {
  readonly MEDIA_RTC_PORT_BASE: number;
  readonly MEDIA_WORKERS: number;
  readonly MEDIA_PIPE_PORTS?: PortRange | undefined;
};

/** The port for probes could not be used for a link, and a link would keep it from the probes. */
function holdsProbePort({ REGION, MEDIA_PROBE_PORT: port }: Probe, ports: PortRange | undefined): boolean {
  return REGION !== undefined && ports !== undefined && ports.min <= port && port <= ports.max;
}

/** Behind the ports of workers, however many there are, and behind that for probes if it would be among them. */
export function pipePorts({
  MEDIA_RTC_PORT_BASE: base,
  MEDIA_WORKERS: workers,
  ...config
}: Ports): PortRange {
  if (config.MEDIA_PIPE_PORTS !== undefined) return config.MEDIA_PIPE_PORTS;
  const ports = pipePortsFrom(base + Math.max(PIPE_PORTS_AFTER, workers));
  return holdsProbePort(config, ports) ? pipePortsFrom(config.MEDIA_PROBE_PORT + 1) : ports;
}

function pipePortsFrom(first: number): PortRange {
  const min = Math.min(first, PORT_MAX);
  return { min, max: Math.min(min + PIPE_PORTS_MAX - 1, PORT_MAX) };
}

function overlaps({
  MEDIA_PIPE_PORTS: pipes,
  MEDIA_RTC_PORT_BASE: base,
  MEDIA_WORKERS: workers,
}: Omit<Ports, keyof Probe>): boolean {
  if (pipes === undefined) return false;
  return pipes.min < base + workers && pipes.max >= base;
}

function announced(config: {
  MEDIA_RTC_LISTEN_IP?: readonly string[];
  MEDIA_RTC_ANNOUNCED_ADDRESSES?: readonly string[] | undefined;
}): boolean {
  const hasOwn = !config.MEDIA_RTC_LISTEN_IP?.some((ip) => UNSPECIFIED.includes(ip));
  return hasOwn || config.MEDIA_RTC_ANNOUNCED_ADDRESSES !== undefined;
}
