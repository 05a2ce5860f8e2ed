import { randomUUID } from 'node:crypto';
import { readConfig } from '@parley/common/config';
import { GrpcClient } from '@parley/common/grpc';
import { createMetrics } from '@parley/common/service';
import { silentLogger, startPostgres, type TestPostgres } from '@parley/common/testing';
import { traceIdSchema, type RoomCode } from '@parley/proto/ids';
import { browserIdentity, type Caller, type Role } from '@parley/proto/room';
import { RoomService, toCallerMessage } from '@parley/proto/room-rpc';
import pg from 'pg';
import { configSchema } from '../../src/config.ts';
import { JoinTokens } from '../../src/directory/join-tokens.ts';
import { startSignaling, type Signaling } from '../../src/signaling.ts';
import { MediaProcess } from './media-process.ts';
import { TestClient } from './test-client.ts';

export const MEDIA_GRPC_SECRET = 'the secret of the media nodes of these tests';
export const SIGNALING_GRPC_SECRET = 'the secret of signaling in these tests';
export const JOIN_TOKEN_SECRET = 'the join token secret of these tests, long enough';

const TOKENS = new JoinTokens(JOIN_TOKEN_SECRET, 60);

/** The real PostgreSQL and media node that the signaling instances of a test file share. */
export class TestBackend {
  readonly postgres: TestPostgres;
  readonly media: MediaProcess;
  #databases = 0;

  static async start(mediaEnv: Record<string, string> = {}): Promise<TestBackend> {
    const [postgres, media] = await Promise.all([
      startPostgres(),
      MediaProcess.start({ secret: MEDIA_GRPC_SECRET, env: mediaEnv }),
    ]);
    return new TestBackend(postgres, media);
  }

  private constructor(postgres: TestPostgres, media: MediaProcess) {
    this.postgres = postgres;
    this.media = media;
  }

  /** An instance with a database of its own. */
  async signaling(env: Record<string, string> = {}): Promise<TestSignaling> {
    const databaseUrl = await this.postgres.createDatabase(`test${this.#databases++}`);
    return TestSignaling.start({ DATABASE_URL: databaseUrl, MEDIA_ADDRESSES: this.media.address, ...env });
  }

  async stop(): Promise<void> {
    await Promise.all([this.media.stop(), this.postgres.stop()]);
  }
}

/** The whole service inside this process, on ports of its own. */
export class TestSignaling {
  readonly url: string;
  readonly service: Signaling;
  readonly rooms: GrpcClient<typeof RoomService>;
  readonly databaseUrl: string;
  readonly #steps: (() => void | Promise<void>)[];
  readonly #clients: TestClient[] = [];

  static async start(env: Record<string, string>): Promise<TestSignaling> {
    const steps: (() => void | Promise<void>)[] = [];
    const config = readConfig(configSchema, {
      MEDIA_GRPC_SECRET,
      SIGNALING_GRPC_SECRET,
      JOIN_TOKEN_SECRET,
      SIGNALING_PORT: '0',
      SIGNALING_GRPC_PORT: '0',
      SIGNALING_ADMIN_PORT: '0',
      RESUME_GRACE_MS: '1000',
      NODE_LOST_MS: '500',
      VALIDATE_OUTGOING: 'true',
      // All clients of a test have one address.
      JOINS_PER_ADDRESS: '10000',
      ...env,
    });
    const service = await startSignaling({
      config,
      serviceMetrics: createMetrics('signaling'),
      logger: silentLogger,
      onStop: (_name, stop) => steps.push(stop),
    });
    return new TestSignaling(service, steps, config.DATABASE_URL);
  }

  private constructor(service: Signaling, steps: (() => void | Promise<void>)[], databaseUrl: string) {
    this.service = service;
    this.url = `http://127.0.0.1:${service.socketPort}`;
    this.#steps = steps;
    this.databaseUrl = databaseUrl;
    this.rooms = GrpcClient.create(RoomService, `127.0.0.1:${service.grpcPort}`, {
      secret: SIGNALING_GRPC_SECRET,
      logger: silentLogger,
      metrics: createMetrics('test'),
    });
  }

  async createRoom(title = ''): Promise<RoomCode> {
    const { room } = await this.rooms.call('createRoom', { title });
    return room?.code as RoomCode;
  }

  async token(code: RoomCode, displayName = 'Somebody', caller?: Caller): Promise<string> {
    const { token } = await this.rooms.call('authorizeJoin', {
      code,
      displayName,
      caller: caller === undefined ? null : toCallerMessage(caller),
    });
    return token;
  }

  /** Authorised and connected, not in the room yet. */
  async connect(code: RoomCode, displayName = 'Somebody', caller?: Caller): Promise<TestClient> {
    return this.connectWith({ token: await this.token(code, displayName, caller) });
  }

  async connectWith(auth: object, headers: Record<string, string> = {}): Promise<TestClient> {
    const client = await TestClient.connect(this.url, auth, headers);
    this.#clients.push(client);
    return client;
  }

  async join(code: RoomCode, displayName = 'Somebody', caller?: Caller): Promise<TestClient> {
    return (await this.connect(code, displayName, caller)).join();
  }

  /** In the room with this role, whatever the person is there otherwise. */
  async joinAs(role: Role, code: RoomCode, displayName: string = role): Promise<TestClient> {
    return (await this.connectAs(role, code, displayName)).join();
  }

  /** Connected with a token of this role, not in the room yet. */
  async connectAs(role: Role, code: RoomCode, displayName: string = role): Promise<TestClient> {
    return this.connectWith({ token: await this.#signed(code, { name: displayName, role }) });
  }

  /** A join token of somebody whom a host has to admit. */
  waitingToken(code: RoomCode, name: string): Promise<string> {
    return this.#signed(code, { name, role: 'participant', waits: true });
  }

  /** A new socket with the client's resume secret; not resumed yet. */
  reconnect(client: TestClient): Promise<TestClient> {
    return this.connectWith({ resumeSecret: client.resumeSecret });
  }

  async #signed(
    room: RoomCode,
    { name, role, waits = false }: { name: string; role: Role; waits?: boolean },
  ): Promise<string> {
    const [trace, identity] = [traceIdSchema.parse('a'.repeat(32)), browserIdentity(randomUUID())];
    const { token } = await TOKENS.issue({
      room,
      name,
      role,
      waits,
      passcode: null,
      identity,
      trace,
      addressHash: '',
    });
    return token;
  }

  async query<R extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<R[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query<R>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Readers of the chat wait until the task is done. */
  async whileChatIsLocked(task: () => Promise<void>): Promise<void> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      await client.query('BEGIN; LOCK TABLE rooms.chat_messages IN ACCESS EXCLUSIVE MODE');
      await task();
    } finally {
      await client.end();
    }
  }

  /** The tests' PostgreSQL writes late, so what was stored just before it is killed would be lost. */
  async flushDatabase(): Promise<void> {
    await this.query('CHECKPOINT');
  }

  /** The names of the failing readiness checks. */
  async notReady(): Promise<string[]> {
    const response = await fetch(`http://127.0.0.1:${this.service.adminPort}/readyz`);
    return ((await response.json()) as { failed?: string[] }).failed ?? [];
  }

  async metrics(): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.service.adminPort}/metrics`);
    return response.text();
  }

  /** Events that clients received and the contract does not have. */
  get malformed() {
    return this.#clients.flatMap((client) => client.malformed);
  }

  async stop(): Promise<void> {
    for (const step of this.#steps.splice(0).toReversed()) await step();
    for (const client of this.#clients) client.close();
    this.rooms.close();
  }
}
