import path from 'node:path';
import { withPassword } from '@parley/common/config';
import { createRegistry } from '@parley/common/discovery';
import { GrpcServer, trustOf } from '@parley/common/grpc';
import { OriginPolicy, RateLimiter } from '@parley/common/limits';
import type { Logger } from '@parley/common/logging';
import { createPool, exportPoolMetrics, migrate, type DatabasePool } from '@parley/common/postgres';
import { AdminServer, Readiness, type Metrics } from '@parley/common/service';
import type { TraceId } from '@parley/proto/ids';
import { RoomService } from '@parley/proto/room-rpc';
import { databaseTrustOf, settingsOf, type Config, type Settings } from './config.ts';
import { ActLog } from './database/act-log.ts';
import { ActRepository } from './database/act-repository.ts';
import { AttendanceRepository } from './database/attendance-repository.ts';
import { Attendance } from './database/attendance.ts';
import { BanRepository } from './database/ban-repository.ts';
import { ChatRepository } from './database/chat-repository.ts';
import { FileRepository } from './database/file-repository.ts';
import { ErasureRepository } from './database/erasure-repository.ts';
import { Retention } from './database/retention.ts';
import { retentionSteps, type RetainedRepositories } from './database/retention-steps.ts';
import { HistoryRepository } from './database/history-repository.ts';
import { RoomRepository } from './database/room-repository.ts';
import { CallEnd } from './directory/call-end.ts';
import { Directory } from './directory/directory.ts';
import { Erasure } from './directory/erasure.ts';
import { Goodbyes } from './directory/goodbyes.ts';
import { History } from './directory/history.ts';
import { JoinTokens } from './directory/join-tokens.ts';
import { LiveRooms } from './directory/live-rooms.ts';
import { PasscodeAttempts } from './directory/passcode-attempts.ts';
import { RoomKeeper } from './directory/room-keeper.ts';
import { RoomRemoval } from './directory/room-removal.ts';
import { createRoomService, type RoomServiceParts } from './directory/room-service.ts';
import { createFileService } from './files/file-service.ts';
import { FileTokens } from './files/file-tokens.ts';
import { LimitTable } from './limits/limit-table.ts';
import { PeerLimits } from './limits/peer-limits.ts';
import { RoomLimits } from './limits/room-limits.ts';
import { SignalingMetrics, type Counts, type LocalCounts } from './metrics.ts';
import { RemoteNodes } from './nodes/remote-nodes.ts';
import { attendanceOf } from './peer/peer-attendance.ts';
import { PeerExit } from './peer/peer-exit.ts';
import { PeerTasks } from './peer/peer-tasks.ts';
import { Lifecycle } from './room/lifecycle.ts';
import { LobbyMedia } from './room/media/lobby-media.ts';
import type { Parts } from './room/parts.ts';
import { Authenticator } from './socket/authenticator.ts';
import { Dispatcher } from './socket/dispatcher.ts';
import type { Handlers } from './socket/handler-types.ts';
import { createHandlers } from './socket/handlers.ts';
import { JOIN_TIMEOUT_MS, SocketServer } from './socket/socket-server.ts';
import type { LiveRoomStore, PeerRef } from './store/live-room-store.ts';
import type { RedisLiveRoomStoreOptions } from './store/redis-live-room-store.ts';
import { LiveStoreMetrics } from './store/live-store-metrics.ts';
import { MemoryLiveRoomStore } from './store/memory-live-room-store.ts';

const MIGRATIONS = path.resolve(import.meta.dirname, '../migrations');
/** How long a stop waits until what is kept for PostgreSQL is written. */
const FLUSH_MS = 1_000;

/** Registers how to undo a step of the start. The last step is undone first. */
type OnStop = (name: string, stop: () => void | Promise<void>, allowanceMs?: number) => void;

export type SignalingOptions = { config: Config; serviceMetrics: Metrics; logger: Logger; onStop: OnStop };

/** The ports of a running service, and its counts for leak tests. */
export type Signaling = {
  socketPort: number;
  grpcPort: number;
  adminPort: number;
  counts: () => Promise<Counts>;
};

/** Puts the service together. main.ts calls it with the configuration of the environment, tests with their own. */
export async function startSignaling(options: SignalingOptions): Promise<Signaling> {
  const { config, serviceMetrics, logger, onStop } = options;
  const metrics = new SignalingMetrics(serviceMetrics.registry);

  const pool = createPool({
    databaseUrl: withPassword(config.DATABASE_URL, config.DATABASE_PASSWORD),
    trust: databaseTrustOf(config),
    logger,
  });
  onStop('database', () => pool.close());
  exportPoolMetrics(serviceMetrics.registry, pool);
  await migrate(pool, { schema: 'rooms', directory: MIGRATIONS, logger });

  const services = { media: config.MEDIA_ADDRESSES };
  const registry = await createRegistry({ config, services, logger, metrics: serviceMetrics, onStop });
  const nodes = await RemoteNodes.create(registry, {
    ...trustOf(config, config.MEDIA_GRPC_SECRET),
    logger,
    metrics: serviceMetrics,
  });
  onStop('media nodes', () => nodes.close());

  const settings = settingsOf(config);
  const store = await createStore(options, settings, serviceMetrics);
  const tokens = new JoinTokens(config.JOIN_TOKEN_SECRET, config.JOIN_TOKEN_LIFETIME_S);
  const rooms = new RoomRepository(pool, config.CHAT_HISTORY);
  const keeper = new RoomKeeper({ rooms, bans: new BanRepository(pool), store, logger });
  const base = { settings, store, nodes, keeper, metrics, logger };
  const { parts, lifecycle } = startLifecycle(options, pool, base);
  const rpc = createRoomServiceParts({ ...parts, pool, rooms, tokens });
  const { tasks, exit, chat } = parts;
  const files = new FileRepository(pool);
  const fileTokens = new FileTokens(config.JOIN_TOKEN_SECRET);
  const handlers = createHandlers({ lifecycle, exit, store, chat, files, fileTokens, settings, metrics });
  const fileService = createFileService(files, fileTokens);
  const sockets = await createSocketServer(options, { tokens, lifecycle, parts, handlers });
  onStop('sockets', () => sockets.close());
  onStop('sessions', () => lifecycle.stop(), settings.drainMs);

  const localCounts = () => countHere({ sockets, lifecycle, tasks, nodes });
  metrics.observeCounts(localCounts, () => store.size());
  metrics.observeInbox(() => store.oldestEventAge());
  const { grpc, admin } = await serveInternally(options, {
    pool,
    nodes,
    store,
    rpc,
    fileService,
    serviceMetrics,
  });
  onStop('new sockets', () => sockets.stopAccepting());
  const counts = async () => ({ ...(await store.size()), ...localCounts() });
  return { socketPort: sockets.port, grpcPort: grpc.port, adminPort: admin.port, counts };
}

type Counted = Pick<Parts, 'tasks' | 'nodes'> & { sockets: SocketServer; lifecycle: Lifecycle };

function countHere({ sockets, lifecycle, tasks, nodes }: Counted): LocalCounts {
  return {
    sockets: sockets.socketCount,
    addresses: sockets.addressCount,
    halfOpen: sockets.halfOpenCount,
    localRooms: lifecycle.rooms.all.length,
    roomsOverNodes: lifecycle.rooms.all.filter(({ isOverNodes }) => isOverNodes).length,
    waiting: lifecycle.waiting.size,
    lobby: lifecycle.lobby.size,
    watching: lifecycle.lobbyPeople.size,
    queued: tasks.size,
    pendingReleases: nodes.pendingReleases,
  };
}

async function createStore(
  { config, logger, onStop }: SignalingOptions,
  { instanceId, instanceLostMs }: Settings,
  serviceMetrics: Metrics,
): Promise<LiveRoomStore> {
  const leaveReasonTtlMs = config.JOIN_TOKEN_LIFETIME_S * 1_000 + JOIN_TIMEOUT_MS;
  const store =
    config.REDIS_URL === undefined
      ? new MemoryLiveRoomStore({ leaveReasonTtlMs })
      : await createRedisStore({
          url: withPassword(config.REDIS_URL, config.REDIS_PASSWORD),
          trust: { authority: config.REDIS_TLS_AUTHORITY, name: config.REDIS_TLS_NAME },
          instanceId,
          instanceLostMs,
          leaveReasonTtlMs,
          metrics: new LiveStoreMetrics(serviceMetrics.registry),
          logger,
        });
  onStop('live rooms', () => store.close());
  return store;
}

/** Loads the client of Redis, 5 MB, only where there is a Redis. */
async function createRedisStore(options: RedisLiveRoomStoreOptions): Promise<LiveRoomStore> {
  const { RedisLiveRoomStore } = await import('./store/redis-live-room-store.ts');
  return RedisLiveRoomStore.create(options);
}

type Base = Pick<Parts, 'settings' | 'store' | 'nodes' | 'keeper' | 'metrics' | 'logger'>;

function startLifecycle(options: SignalingOptions, pool: DatabasePool, base: Base) {
  const { onStop } = options;
  const { logger, settings } = base;
  const joinRate = {
    burst: settings.limits.joinsPerAddress,
    perSecond: settings.limits.joinsPerAddress / 60,
  };
  const present = () =>
    lifecycle.rooms.all.flatMap(({ code, here }) =>
      here.sessions.map(({ peer }) => attendanceOf(code, peer)),
    );
  const attendances = new AttendanceRepository(pool);
  const attendance = new Attendance(attendances, present, logger);
  onStop('attendance', () => attendance.close(FLUSH_MS));
  const actRepository = new ActRepository(pool);
  const acts = new ActLog(actRepository, logger);
  onStop('acts', () => acts.close(FLUSH_MS));
  const exit = new PeerExit({ ...base, attendance });
  const chat = new ChatRepository(pool);
  startRetention(
    options,
    {
      pool,
      chat,
      attendance: attendances,
      acts: actRepository,
      bans: new BanRepository(pool),
      files: new FileRepository(pool),
    },
    base,
  );
  const tasks = new PeerTasks();
  const parts: Parts = {
    ...base,
    attendance,
    acts,
    exit,
    chat,
    tasks,
    lobby: new LobbyMedia({ ...base, tasks, openings: new RateLimiter(joinRate) }),
    peerLimits: new LimitTable(() => new PeerLimits()),
    roomLimits: new LimitTable(() => new RoomLimits(settings.limits)),
    joins: new RateLimiter(joinRate),
    watches: new RateLimiter(joinRate),
  };
  const lifecycle = new Lifecycle(parts);
  onStop('rooms', () => lifecycle.close());
  return { parts, lifecycle };
}

function startRetention(
  { config, logger, onStop }: SignalingOptions,
  repositories: RetainedRepositories,
  { metrics }: Pick<Parts, 'metrics'>,
): void {
  const { RETENTION_DAYS: days, CHAT_RETENTION_DAYS: chatDays } = config;
  const steps = retentionSteps({ days, chatDays }, repositories);
  const retention = new Retention({ pool: repositories.pool, steps, metrics, logger });
  onStop('retention', () => retention.close());
}

type SocketParts = { tokens: JoinTokens; lifecycle: Lifecycle; parts: Parts; handlers: Handlers };

function createSocketServer(
  { config, logger }: SignalingOptions,
  { tokens, lifecycle, parts, handlers }: SocketParts,
): Promise<SocketServer> {
  const { store, settings, metrics } = parts;
  const validateOutgoing = config.VALIDATE_OUTGOING;
  return SocketServer.create({
    host: config.SIGNALING_HOST,
    port: config.SIGNALING_PORT,
    allowedOrigins: config.ALLOWED_ORIGINS,
    originPolicy: new OriginPolicy({
      allowedOrigins: config.ALLOWED_ORIGINS,
      allowMissing: config.ALLOW_MISSING_ORIGIN,
    }),
    trustProxyHops: config.TRUST_PROXY_HOPS,
    limits: settings.limits,
    validateOutgoing,
    authenticator: new Authenticator({
      tokens,
      store,
      networkSecret: settings.networkSecret,
      onSecretReused: (ref, traceId) => endReused(parts, ref, traceId),
    }),
    dispatcher: new Dispatcher({ handlers, ...parts, validateOutgoing }),
    metrics,
    logger,
    onDisconnected: (connection) => {
      const { session, identity, logger: bound } = connection;
      if (session !== undefined) lifecycle.loseSocket(session);
      else void lifecycle.waiting.loseSocket({ identity, link: connection, logger: bound });
      lifecycle.lobby.loseSocket({ identity, link: connection });
      lifecycle.lobbyPeople.end({ identity, link: connection });
    },
  });
}

/** Two people have a resume secret of the peer, and nobody can say which of them is the right one. */
function endReused({ tasks, exit, logger }: Parts, ref: PeerRef, traceId: TraceId): void {
  const bound = logger.child({ roomCode: ref.code, peerId: ref.peerId, traceId });
  bound.warn('old resume secret shown');
  tasks.start({ ...ref, logger: bound }, () => exit.leave(ref, 'secret-reused'));
}

type RpcFoundations = Pick<
  Parts,
  'settings' | 'store' | 'nodes' | 'exit' | 'tasks' | 'keeper' | 'acts' | 'logger'
> & {
  pool: DatabasePool;
  rooms: RoomRepository;
  tokens: JoinTokens;
};

/** What answers the gateway. */
function createRoomServiceParts({ pool, rooms, tokens, ...parts }: RpcFoundations): RoomServiceParts {
  const directory = new Directory({
    rooms,
    tokens,
    attempts: new PasscodeAttempts(parts.store.buckets),
    ...parts,
  });
  const callEnd = new CallEnd(parts);
  const removal = new RoomRemoval({ rooms, callEnd, ...parts });
  const liveRooms = new LiveRooms({ callEnd, ...parts });
  const history = new History({ directory, repository: new HistoryRepository(pool) });
  const erasure = new Erasure({ repository: new ErasureRepository(pool), removal, ...parts });
  const goodbyes = new Goodbyes(parts);
  return { directory, removal, history, erasure, liveRooms, goodbyes, nodes: parts.nodes };
}

type InternalParts = {
  pool: DatabasePool;
  nodes: RemoteNodes;
  store: LiveRoomStore;
  fileService: ReturnType<typeof createFileService>;
  rpc: RoomServiceParts;
  serviceMetrics: Metrics;
};

/** gRPC for the gateway, and the admin server with health and metrics. */
async function serveInternally({ config, logger, onStop }: SignalingOptions, parts: InternalParts) {
  const { pool, nodes, store, rpc, fileService, serviceMetrics } = parts;
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
    ...trustOf(config, config.SIGNALING_GRPC_SECRET),
    logger,
    metrics: serviceMetrics,
    readiness,
  });
  grpc.serve({ ...createRoomService(rpc), ...fileService });
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
