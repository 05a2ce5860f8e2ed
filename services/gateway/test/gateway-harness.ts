import { StaticRegistry, type ServiceRegistry } from '@parley/common/discovery';
import { GrpcServer, type GrpcHandlers } from '@parley/common/grpc';
import { OriginPolicy } from '@parley/common/limits';
import { createMetrics, Readiness } from '@parley/common/service';
import { captureLogger, silentLogger } from '@parley/common/testing';
import { formatRoomCode, ParleyError, parseRoomCode } from '@parley/proto';
import { RoomService, type room } from '@parley/proto/grpc';
import type { Accounts } from '../src/accounts/accounts.ts';
import { Callers } from '../src/callers.ts';
import { ClientLogIntake } from '../src/client-log-intake.ts';
import { createClientMetrics } from '../src/client-metrics.ts';
import { Files } from '../src/files/files.ts';
import type { FileStore } from '../src/files/file-store.ts';
import { SignalingFiles } from '../src/files/signaling-files.ts';
import { GatewayServer } from '../src/gateway-server.ts';
import { createHandlers } from '../src/handlers.ts';
import { GatewayMetrics } from '../src/metrics.ts';
import { createCallReportLimiter, createClientLogLimiter, createRateLimiters } from '../src/rates.ts';
import { ReportPasses } from '../src/report-passes.ts';
import { SignalingRooms } from '../src/signaling-rooms.ts';
import { FilesOfOwner } from './files/files-of-owner.ts';

export const LOG_KEY = 'the-log-key-of-this-installation';
export const IDENTITY_KEY = 'the-identity-key-of-this-installation';
export const SECRET = 'a-shared-secret-of-a-decent-length';

type Handlers = GrpcHandlers<typeof RoomService>;

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
      createRoom: (request, context) => {
        this.calls.push({ method: 'createRoom', traceId: context.traceId, request });
        return this.override.createRoom?.(request, context) ?? this.#create(request);
      },
      getRoom: (request, context) => {
        this.calls.push({ method: 'getRoom', traceId: context.traceId, request });
        return this.override.getRoom?.(request, context) ?? { room: this.#find(request.code) };
      },
      authorizeJoin: (request, context) => {
        this.calls.push({ method: 'authorizeJoin', traceId: context.traceId, request });
        this.#find(request.code);
        const grant = {
          token: `token-for-${request.displayName}`,
          peerId: 'peer-1',
          expiresAtMs: 1_800_000_000_000,
        };
        return this.override.authorizeJoin?.(request, context) ?? grant;
      },
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

  #create(request: room.CreateRoomRequest): room.CreateRoomResponseInput {
    const code = formatRoomCode(String(this.rooms.size).padStart(11, 'a').replaceAll('1', 'b'));
    const made: room.Room = {
      code,
      title: request.title,
      createdAtMs: 1_700_000_000_000,
      peerCount: 0,
      peerLimit: 100,
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
  const rooms = new SignalingRooms({
    registry,
    secret,
    logger: log.logger,
    metrics: serviceMetrics,
    attemptTimeoutMs: options.attemptTimeoutMs ?? 10_000,
  });
  const browserLog = captureLogger({ service: 'browser', timestamp: false });
  const clientMetrics = createClientMetrics(serviceMetrics.registry);
  const limiter = createClientLogLimiter(options.rateFactor ?? 0);
  const server = await GatewayServer.create({
    host: '127.0.0.1',
    port: 0,
    logger: log.logger,
    handlers: createHandlers({
      rooms,
      accounts: options.accounts,
      stunUrls: ['stun:s:3478'],
      clientLogs: new ClientLogIntake({ logger: browserLog.logger, limiter }),
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
      new Files({ owner: new SignalingFiles(rooms), store: options.fileStore, metrics, logger: log.logger }),
    trustProxyHops: options.hops ?? 1,
    roomKey: LOG_KEY,
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    port: server.port,
    rooms,
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
      rooms.close();
    },
  };
}
