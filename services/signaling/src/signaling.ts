import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { KeyedQueue } from '@parley/common/async';
import { createRegistry } from '@parley/common/discovery';
import { GrpcServer } from '@parley/common/grpc';
import type { Logger } from '@parley/common/logging';
import { createPool, exportPoolMetrics, migrate, type DatabasePool } from '@parley/common/postgres';
import { AdminServer, createMetrics, Readiness, type Metrics } from '@parley/common/service';
import { RoomService } from '@parley/proto/grpc';
import { Authenticator } from './socket/authenticator.ts';
import { JoinTokens } from './directory/join-tokens.ts';
import { Attendance } from './database/attendance.ts';
import { Lifecycle } from './room/lifecycle.ts';
import type { Config } from './config.ts';
import { createHandlers } from './socket/handlers.ts';
import type { LiveRoomStore } from './store/live-room-store.ts';
import { LiveStoreMetrics } from './store/live-store-metrics.ts';
import { MemoryLiveRoomStore } from './store/memory-live-room-store.ts';
import { RedisLiveRoomStore } from './store/redis-live-room-store.ts';
import { RemoteNodes } from './nodes/remote-nodes.ts';
import { SignalingMetrics, type Counts } from './metrics.ts';
import { createRoomService } from './directory/room-service.ts';
import { Directory } from './directory/directory.ts';
import { Dispatcher } from './socket/dispatcher.ts';
import { OriginPolicy } from './socket/origin-policy.ts';
import { JOIN_TIMEOUT_MS, SocketServer } from './socket/socket-server.ts';
import { AttendanceRepository } from './database/attendance-repository.ts';
import { ChatRepository } from './database/chat-repository.ts';
import { RoomRepository } from './database/room-repository.ts';

const MIGRATIONS = path.resolve(import.meta.dirname, '../migrations');
const HISTORY_FLUSH_MS = 1_000;

/** What undoes a step of the start; the last one is undone first. */
type OnStop = (name: string, stop: () => void | Promise<void>) => void;

export type SignalingOptions = { config: Config; logger: Logger; onStop: OnStop };

/** What a running service shows of itself, for its log line and for looking for leaks. */
export type Signaling = {
  socketPort: number;
  grpcPort: number;
  adminPort: number;
  counts: () => Promise<Counts>;
};

/** Puts the service together. main.ts runs it with the environment, tests with settings of their own. */
export async function startSignaling(options: SignalingOptions): Promise<Signaling> {
  const { config, logger, onStop } = options;
  const serviceMetrics = createMetrics('signaling');
  const metrics = new SignalingMetrics(serviceMetrics.registry);

  const pool = createPool({ databaseUrl: config.DATABASE_URL, logger });
  onStop('database', () => pool.close());
  exportPoolMetrics(serviceMetrics.registry, pool);
  await migrate(pool, { schema: 'rooms', directory: MIGRATIONS, logger });

  const services = { media: config.MEDIA_ADDRESSES };
  const registry = await createRegistry({ config, services, logger, metrics: serviceMetrics, onStop });
  const nodes = await RemoteNodes.create(registry, {
    secret: config.INTERNAL_SECRET,
    logger,
    metrics: serviceMetrics,
  });
  onStop('media nodes', () => nodes.close());

  const { store, instanceId } = await createStore(options, serviceMetrics);
  const repository = new RoomRepository(pool);
  const tokens = new JoinTokens(config.JOIN_TOKEN_SECRET, config.JOIN_TOKEN_LIFETIME_S);
  const rooms = new Directory({ repository, store, tokens, peerLimit: config.PEER_LIMIT });
  const parts = { instanceId, pool, nodes, store, repository, metrics };
  const { calls, chat, queue } = composeCalls(options, parts);
  const handlers = createHandlers({ calls, store, chat, metrics });
  const validateOutgoing = config.VALIDATE_OUTGOING;
  const sockets = await SocketServer.create({
    host: config.SIGNALING_HOST,
    port: config.SIGNALING_PORT,
    allowedOrigins: config.ALLOWED_ORIGINS,
    originPolicy: new OriginPolicy({
      allowedOrigins: config.ALLOWED_ORIGINS,
      allowMissing: config.ALLOW_MISSING_ORIGIN,
    }),
    trustProxyHops: config.TRUST_PROXY_HOPS,
    connectionsPerAddress: config.CONNECTIONS_PER_ADDRESS,
    validateOutgoing,
    authenticator: new Authenticator(tokens, store),
    dispatcher: new Dispatcher({ handlers, queue, metrics, validateOutgoing }),
    metrics,
    logger,
    onDisconnected: ({ session }) => session && calls.socketLost(session),
  });
  onStop('sockets', () => sockets.close());
  onStop('calls', () => calls.stop());

  const localCounts = () => ({
    sockets: sockets.socketCount,
    addresses: sockets.addressCount,
    localRooms: calls.localRooms.all.length,
    queued: queue.size,
    pendingReleases: nodes.pendingReleases,
  });
  metrics.observeCounts(localCounts, () => store.size());
  const { grpc, admin } = await serveInternally(options, { pool, nodes, store, rooms, serviceMetrics });
  onStop('new sockets', () => sockets.stopAccepting());
  const counts = async () => ({ ...(await store.size()), ...localCounts() });
  return { socketPort: sockets.port, grpcPort: grpc.port, adminPort: admin.port, counts };
}

type Store = { store: LiveRoomStore; instanceId: string };

/** The instance's id is made here: a process that starts again must not pass for the one that died. */
async function createStore(options: SignalingOptions, serviceMetrics: Metrics): Promise<Store> {
  const { config, logger, onStop } = options;
  const instanceId = randomUUID();
  const departureMs = config.JOIN_TOKEN_LIFETIME_S * 1_000 + JOIN_TIMEOUT_MS;
  const store =
    config.REDIS_URL === undefined
      ? new MemoryLiveRoomStore({ departureMs })
      : await RedisLiveRoomStore.create({
          url: config.REDIS_URL,
          instanceId,
          instanceLostMs: config.INSTANCE_LOST_MS,
          departureMs,
          metrics: new LiveStoreMetrics(serviceMetrics.registry),
          logger,
        });
  onStop('live rooms', () => store.close());
  return { store, instanceId };
}

type CallParts = {
  instanceId: string;
  pool: DatabasePool;
  nodes: RemoteNodes;
  store: LiveRoomStore;
  repository: RoomRepository;
  metrics: SignalingMetrics;
};

function composeCalls({ config, logger, onStop }: SignalingOptions, parts: CallParts) {
  const { instanceId, pool, nodes, store, repository, metrics } = parts;
  const chat = new ChatRepository(pool);
  const present = (): string[] => calls.localRooms.all.flatMap((room) => room.attendanceIds);
  const history = new Attendance(new AttendanceRepository(pool), present, logger);
  onStop('call history', () => history.close(HISTORY_FLUSH_MS));
  const queue = new KeyedQueue();
  const calls: Lifecycle = new Lifecycle({
    instanceId,
    peerLimit: config.PEER_LIMIT,
    resumeGraceMs: config.RESUME_GRACE_MS,
    nodeLostMs: config.NODE_LOST_MS,
    instanceLostMs: config.INSTANCE_LOST_MS,
    iceConfig: config,
    store,
    nodes,
    queue,
    history,
    rooms: repository,
    chat,
    metrics,
    logger,
  });
  onStop('rooms', () => calls.close());
  return { calls, chat, queue };
}

type InternalParts = {
  pool: DatabasePool;
  nodes: RemoteNodes;
  store: LiveRoomStore;
  rooms: Directory;
  serviceMetrics: Metrics;
};

/** gRPC for the gateway, and health and metrics for who runs it. */
async function serveInternally({ config, logger, onStop }: SignalingOptions, parts: InternalParts) {
  const { pool, nodes, store, rooms, serviceMetrics } = parts;
  const readiness = new Readiness({
    checks: {
      database: async () => {
        await pool.query('SELECT 1');
      },
      media: () => nodes.assertReachable(),
      ...(store.shared && { redis: () => store.assertReachable() }),
    },
    logger,
  });
  const grpc = await GrpcServer.create(RoomService, {
    host: config.SIGNALING_GRPC_HOST,
    port: config.SIGNALING_GRPC_PORT,
    secret: config.INTERNAL_SECRET,
    logger,
    metrics: serviceMetrics,
    readiness,
  });
  grpc.serve(createRoomService(rooms));
  onStop('grpc', () => grpc.close());

  const admin = await AdminServer.create({
    host: config.SIGNALING_ADMIN_HOST,
    port: config.SIGNALING_ADMIN_PORT,
    registry: serviceMetrics.registry,
    readiness,
    logger,
  });
  onStop('admin server', () => admin.close());
  onStop('readiness', () => readiness.markStopping());
  return { grpc, admin };
}
