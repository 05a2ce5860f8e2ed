import { StaticRegistry, type ServiceRegistry } from '@parley/common/discovery';
import { GrpcServer, type GrpcContext, type GrpcHandlers } from '@parley/common/grpc';
import { OriginPolicy } from '@parley/common/limits';
import { createMetrics, Readiness } from '@parley/common/service';
import { captureLogger, handlersOf, silentLogger } from '@parley/common/testing';
import { ParleyError } from '@parley/proto/errors';
import { formatRoomCode } from '@parley/proto/ids';
import { DEFAULT_ROOM_SETTINGS } from '@parley/proto/room';
import { parseRoomCode } from '@parley/proto/room-link';
import { RoomService, toSettingsMessage, type room } from '@parley/proto/room-rpc';
import type { Accounts } from '../src/accounts/accounts.ts';
import { Callers } from '../src/http/callers.ts';
import { ClientLogIntake } from '../src/reports/client-log-intake.ts';
import { createClientMetrics } from '../src/reports/client-metrics.ts';
import { Files } from '../src/files/files.ts';
import type { FileStore } from '../src/files/file-store.ts';
import { SignalingFiles } from '../src/files/signaling-files.ts';
import { GatewayServer } from '../src/http/gateway-server.ts';
import { createHandlers } from '../src/handlers/handlers.ts';
import { GatewayMetrics } from '../src/base/metrics.ts';
import { createCallReportLimiter, createClientLogLimits, createRateLimiters } from '../src/base/rates.ts';
import { ReportPasses } from '../src/reports/report-passes.ts';
import { SignalingInstances } from '../src/rooms/signaling-instances.ts';
import { SignalingRegions } from '../src/rooms/signaling-regions.ts';
import { SignalingRooms } from '../src/rooms/signaling-rooms.ts';
import { FilesOfOwner } from './files/files-of-owner.ts';

export const LOG_KEY = 'the-log-key-of-this-installation';
export const IDENTITY_KEY = 'the-identity-key-of-this-installation';
export const SECRET = 'a-shared-secret-of-a-decent-length';

type Handlers = GrpcHandlers<typeof RoomService>;

/** What the owner of rooms says that it has erased. */
export const ERASED = {
  roomsDeleted: 2,
  roomsHandedOver: 0,
  attendanceAnonymised: 3,
  messagesAnonymised: 4,
  bansDeleted: 1,
  actsAnonymised: 2,
};

/** Rooms as their owner serves them, kept in memory: the contract of RoomService over real gRPC. */
export class RoomOwner {
  readonly rooms = new Map<string, room.Room>();
  /** What was asked, with the trace id that came in the metadata. */
  readonly calls: { method: string; traceId: string; request: object }[] = [];
  readonly readiness: Readiness;
  readonly #server: GrpcServer<typeof RoomService>;
  readonly files = new FilesOfOwner();
  /** Stands in for a handler when a test wants trouble. */
  override: Partial<Handlers> = {};

  private constructor(server: GrpcServer<typeof RoomService>, readiness: Readiness) {
    this.#server = server;
    this.readiness = readiness;
    server.serve({
      ...handlersOf(RoomService, (method) => this.#handlerOf(method)),
      ...this.files.handlers,
    });
  }

  static async create(port = 0, checks: Record<string, () => Promise<void>> = {}): Promise<RoomOwner> {
    const metrics = createMetrics('signaling');
    const readiness = new Readiness({ checks, logger: silentLogger });
    return new RoomOwner(
      await GrpcServer.create(RoomService, {
        host: '127.0.0.1',
        port,
        secret: SECRET,
        logger: silentLogger,
        metrics,
        readiness,
      }),
      readiness,
    );
  }

  get port(): number {
    return this.#server.port;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  close(): Promise<void> {
    return this.#server.close(0);
  }

  /** Notes the call, and answers as the test wants, or as the owner of rooms does. */
  #handlerOf(method: keyof Handlers) {
    const own: Partial<Record<keyof Handlers, (request: never) => unknown>> = {
      createRoom: (request: room.CreateRoomRequest) => this.#create(request),
      getRoom: ({ code }: room.GetRoomRequest) => ({ room: this.#find(code) }),
      eraseIdentity: () => ({ ...ERASED }),
      authorizeJoin: ({ code, displayName }: room.AuthorizeJoinRequest) => {
        this.#find(code);
        const token = `token-for-${displayName}`;
        return {
          token,
          peerId: 'peer-1',
          expiresAtMs: 1_800_000_000_000,
          waits: false,
          elsewhere: false,
          role: 'owner',
        };
      },
    };
    return (request: never, context: GrpcContext): unknown => {
      this.calls.push({ method, traceId: context.traceId, request });
      const override = this.override[method] as
        | ((request: never, context: GrpcContext) => unknown)
        | undefined;
      const answer = override ?? own[method];
      if (answer === undefined) throw new ParleyError('room_not_found');
      return answer(request, context);
    };
  }

  #create(request: room.CreateRoomRequest): room.CreateRoomResponseInput {
    const code = formatRoomCode(String(this.rooms.size).padStart(11, 'a').replaceAll('1', 'b'));
    const made: room.Room = {
      code,
      title: request.title,
      createdAtMs: 1_700_000_000_000,
      peerCount: 0,
      peerLimit: 100,
      settings: toSettingsMessage(DEFAULT_ROOM_SETTINGS) as room.RoomSettings,
      role: 'owner',
    };
    this.rooms.set(code, made);
    return { room: made };
  }

  #find(code: string): room.Room {
    if (parseRoomCode(code) === undefined) throw new ParleyError('invalid_room_code');
    const found = this.rooms.get(code);
    if (found === undefined) throw new ParleyError('room_not_found');
    return found;
  }
}

export type Gateway = {
  readonly url: string;
  readonly port: number;
  readonly rooms: SignalingRooms;
  readonly signaling: SignalingInstances;
  readonly log: ReturnType<typeof captureLogger>;
  /** The log lines that browsers sent. */
  readonly browserLog: ReturnType<typeof captureLogger>;
  metricsText(): Promise<string>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  closeServer(): Promise<void>;
  close(): Promise<void>;
};

type GatewayOptions = {
  signaling: readonly string[];
  /** Instead of those fixed addresses. */
  registry?: ServiceRegistry;
  rateFactor?: number;
  requestTimeoutMs?: number;
  hops?: number;
  secret?: string;
  attemptTimeoutMs?: number;
  clientMetricsPercent?: number;
  /** None: this gateway has no place for files. */
  fileStore?: FileStore;
  accounts?: Accounts;
};

/** The gateway as main.ts puts it together, on a free port. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const log = captureLogger();
  const serviceMetrics = createMetrics('gateway');
  const metrics = new GatewayMetrics(serviceMetrics.registry);
  const registry = options.registry ?? new StaticRegistry({ signaling: options.signaling });
  const secret = options.secret ?? SECRET;
  const signaling = new SignalingInstances({
    registry,
    secret,
    logger: log.logger,
    metrics: serviceMetrics,
    attemptTimeoutMs: options.attemptTimeoutMs ?? 10_000,
  });
  const rooms = new SignalingRooms(signaling);
  const browserLog = captureLogger({ service: 'browser', timestamp: false });
  const clientMetrics = createClientMetrics(serviceMetrics.registry);
  const limits = createClientLogLimits(options.rateFactor ?? 0);
  const server = await GatewayServer.create({
    host: '127.0.0.1',
    port: 0,
    logger: log.logger,
    handlers: createHandlers({
      rooms,
      accounts: options.accounts,
      stunUrls: ['stun:s:3478'],
      regions: new SignalingRegions(signaling),
      clientLogs: new ClientLogIntake({ logger: browserLog.logger, limits }),
      clientMetrics,
      passes: new ReportPasses(LOG_KEY),
      reportLimiter: createCallReportLimiter(options.rateFactor ?? 0),
      metrics,
      clientMetricsPercent: options.clientMetricsPercent ?? 100,
      logger: log.logger,
    }),
    callers: new Callers(IDENTITY_KEY, options.accounts),
    clientMetrics,
    originPolicy: new OriginPolicy({ allowedOrigins: ['https://meet.example'], allowMissing: true }),
    ...(options.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: options.requestTimeoutMs }),
    limiters: createRateLimiters(options.rateFactor ?? 0),
    metrics,
    files:
      options.fileStore &&
      new Files({
        owner: new SignalingFiles(signaling),
        store: options.fileStore,
        metrics,
        logger: log.logger,
      }),
    trustProxyHops: options.hops ?? 1,
    roomKey: LOG_KEY,
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    port: server.port,
    rooms,
    signaling,
    log,
    browserLog,
    metricsText: () => serviceMetrics.registry.metrics(),
    post: (path, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        ...(body === undefined
          ? { headers }
          : { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }),
      }),
    get: (path, headers = {}) => fetch(url + path, { headers }),
    closeServer: () => server.close(),
    close: async () => {
      await server.close();
      signaling.close();
    },
  };
}
