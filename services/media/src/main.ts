import { readConfig } from '@parley/common/config';
import { reachableHost, registerService } from '@parley/common/discovery';
import { GrpcServer, trustOf } from '@parley/common/grpc';
import {
  AdminServer,
  createProcessMetrics,
  Readiness,
  runService,
  type ServiceContext,
} from '@parley/common/service';
import { MediaService } from '@parley/proto/media-rpc';
import { mediaConfigSchema, pipePorts, type MediaConfig } from './config.ts';
import { DEFAULT_RATE_WATCH } from './limits/rate-watch.ts';
import type { SenderLimits } from './limits/sender-limits.ts';
import { HomeNodes } from './link/home-nodes.ts';
import { AnnouncedAddresses } from './network/announced-addresses.ts';
import { ProbeServer } from './network/probe-server.ts';
import { DEFAULT_PIPE_TIMES } from './pipe/pipe.ts';
import { Capacity } from './node/capacity.ts';
import { drain } from './node/drain.ts';
import { MediaNode } from './node/media-node.ts';
import { exportPipePorts } from './node/pipe-port-metric.ts';
import type { WorkerLimits } from './node/placement.ts';
import { RoomMetrics } from './room/room-metrics.ts';
import { createMediaService, type NodeLocation } from './grpc/media-service.ts';
import { bridgeMediasoupLogs } from './worker/mediasoup-logs.ts';
import { sumStates } from './statistics/media-states.ts';
import type { RoomSettings } from './room/room-options.ts';
import { exportStates } from './statistics/state-metrics.ts';
import { DEFAULT_POLLING } from './statistics/stats-poller.ts';
import { DEFAULT_HEALTH } from './worker/worker-health.ts';
import { WorkerMetrics } from './worker/worker-metrics.ts';
import { WorkerPool, type WorkerPoolOptions } from './worker/worker-pool.ts';

/** Tiles come and go when people turn pages, and an encoder that stops and starts costs a key frame each time. */
const LOWER_LAYERS_AFTER_MS = 2000;
/** Browsers check the path at least every 5 s (ICE consent). */
const ICE_CONSENT_TIMEOUT_S = 20;

await runService('media', async ({ env, logger, onStop }) => {
  const config = readConfig(mediaConfigSchema, env);
  const serviceMetrics = createProcessMetrics('media');
  const roomMetrics = new RoomMetrics(serviceMetrics.registry);
  const workerMetrics = new WorkerMetrics(serviceMetrics.registry);
  bridgeMediasoupLogs(logger);

  const announced = await AnnouncedAddresses.create({ hosts: announcedHosts(config), logger });
  onStop('addresses', () => announced.close());
  const pool = await WorkerPool.create({
    ...workerSettings(config),
    announced: () => announced.current,
    logger,
    metrics: workerMetrics,
  });
  workerMetrics.cpuLimited(limits(config).cpu);
  exportStates(serviceMetrics.registry, () => sumStates(pool.workers.map((worker) => worker.states)));
  const capacity = new Capacity({ pool, limits: limits(config), metrics: roomMetrics });
  const trust = trustOf(config, config.MEDIA_GRPC_SECRET);
  const homes = new HomeNodes({ ...trust, logger, metrics: serviceMetrics });
  onStop('homes', () => homes.close());
  const room = roomSettings(config);
  const node = new MediaNode({ pool, capacity, homes, room, logger, metrics: roomMetrics });
  exportPipePorts(serviceMetrics.registry, node);
  onStop('workers', async () => {
    node.close();
    await node.whenEnded();
  });

  const location = await locate(config, announced, { logger, onStop });
  const readiness = new Readiness({ checks: { workers: () => assertHealthy(node) }, logger });
  const grpc = await GrpcServer.create(MediaService, {
    host: config.MEDIA_GRPC_HOST,
    port: config.MEDIA_GRPC_PORT,
    ...trust,
    logger,
    metrics: serviceMetrics,
    readiness,
  });
  grpc.serve(createMediaService(node, location));
  onStop('grpc', () => grpc.close());

  const admin = await AdminServer.create({
    host: config.MEDIA_ADMIN_HOST,
    port: config.MEDIA_ADMIN_PORT,
    registry: serviceMetrics.registry,
    readiness,
    logger,
  });
  onStop('admin', () => admin.close());
  logger.info({ grpcPort: grpc.port, adminPort: admin.port }, 'listening');
  drainOnStop(config, { node, readiness, logger, onStop });
  await registerService({
    config,
    service: 'media',
    listener: { host: config.MEDIA_GRPC_HOST, port: grpc.port },
    admin: { host: config.MEDIA_ADMIN_HOST, port: admin.port },
    logger,
    onStop,
  });
});

/** Without a region nobody has anything to measure. */
async function locate(
  { REGION: region, MEDIA_PROBE_PORT: port, MEDIA_RTC_LISTEN_IP: listenIps }: MediaConfig,
  announced: AnnouncedAddresses,
  { logger, onStop }: Pick<ServiceContext, 'logger' | 'onStop'>,
): Promise<NodeLocation | undefined> {
  if (region === undefined) return undefined;
  const probes = await ProbeServer.create({ listenIps, port, announced: () => announced.current, logger });
  onStop('probes', () => probes.close());
  logger.info({ region, probePort: probes.port }, 'answering probes');
  return { region, probes };
}

type Draining = Pick<ServiceContext, 'logger' | 'onStop'> & { node: MediaNode; readiness: Readiness };

/** The last one added runs first: not ready, then peers move, then rooms report their end while the Watch streams are still open. */
function drainOnStop(config: MediaConfig, { node, readiness, logger, onStop }: Draining): void {
  const drainMs = config.DRAIN_TIMEOUT_S * 1_000;
  onStop('rooms', () => node.close());
  onStop('drain', () => drain(node, drainMs, logger), drainMs);
  onStop('readiness', () => readiness.markStopping());
}

function assertHealthy(node: MediaNode): void {
  if (!node.healthy) throw new Error('no healthy worker');
}

function announcedHosts(config: MediaConfig): readonly string[] {
  return config.MEDIA_RTC_ANNOUNCED_ADDRESSES ?? config.MEDIA_RTC_LISTEN_IP;
}

function workerSettings(config: MediaConfig): Omit<WorkerPoolOptions, 'announced' | 'logger' | 'metrics'> {
  return {
    count: config.MEDIA_WORKERS,
    rtcPortBase: config.MEDIA_RTC_PORT_BASE,
    listenIps: config.MEDIA_RTC_LISTEN_IP,
    workerBin: config.MEDIASOUP_WORKER_BIN,
    workerLogLevel: config.LOG_LEVEL === 'debug' || config.LOG_LEVEL === 'trace' ? 'warn' : 'error',
    health: DEFAULT_HEALTH,
    rateWatch: DEFAULT_RATE_WATCH,
    polling: { ...DEFAULT_POLLING, intervalMs: config.MEDIA_STATS_INTERVAL_MS },
  };
}

function limits(config: MediaConfig): WorkerLimits {
  return {
    cpu: config.MEDIA_MAX_WORKER_CPU_PERCENT / 100,
    rooms: config.MEDIA_MAX_ROOMS_PER_WORKER,
    peers: config.MEDIA_MAX_PEERS_PER_WORKER,
    consumers: config.MEDIA_MAX_CONSUMERS_PER_WORKER,
    spread: config.MEDIA_ROOM_SPREAD_PERCENT / 100,
  };
}

function roomSettings(config: MediaConfig): RoomSettings {
  return {
    initialOutgoingBitrate: config.MEDIA_INITIAL_OUTGOING_BITRATE,
    maxIncomingBitrate: config.MEDIA_MAX_INCOMING_BITRATE,
    iceConsentTimeoutS: ICE_CONSENT_TIMEOUT_S,
    iceTimeoutMs: config.MEDIA_ICE_TIMEOUT_MS,
    unwatchedGraceMs: config.MEDIA_UNWATCHED_ROOM_TIMEOUT_MS,
    connectTimeoutMs: config.MEDIA_CONNECT_TIMEOUT_MS,
    unusedTimeoutMs: config.MEDIA_UNUSED_ROOM_TIMEOUT_MS,
    // As long as a person has to connect.
    idleMinMs: config.MEDIA_CONNECT_TIMEOUT_MS,
    lowerLayersAfterMs: LOWER_LAYERS_AFTER_MS,
    limits: senderLimits(config),
    conduct: { holdMs: config.MEDIA_SEND_HOLD_MS },
    voices: config.AUDIO_VOICES,
    pipes: DEFAULT_PIPE_TIMES,
    pipePlace: {
      address: config.MEDIA_PIPE_ADDRESS ?? reachableHost(config.MEDIA_GRPC_HOST, config.ADVERTISE_HOST),
      ports: pipePorts(config),
    },
  };
}

function senderLimits(config: MediaConfig): SenderLimits {
  const audio = {
    bitsPerSecond: config.MEDIA_MAX_AUDIO_BITRATE,
    packetsPerSecond: config.MEDIA_MAX_AUDIO_PACKETS,
  };
  const camera = {
    bitsPerSecond: config.MEDIA_MAX_CAMERA_BITRATE,
    packetsPerSecond: config.MEDIA_MAX_CAMERA_PACKETS,
  };
  const screen = {
    bitsPerSecond: config.MEDIA_MAX_SCREEN_BITRATE,
    packetsPerSecond: config.MEDIA_MAX_SCREEN_PACKETS,
  };
  const peer = {
    bitsPerSecond: config.MEDIA_MAX_PEER_BITRATE,
    packetsPerSecond: config.MEDIA_MAX_PEER_PACKETS,
  };
  return { sources: { microphone: audio, camera, screen, 'screen-audio': audio }, peer };
}
