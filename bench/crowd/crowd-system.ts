import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { GrpcClient } from '@parley/common/grpc';
import { createMetrics } from '@parley/common/service';
import { freePort, silentLogger, startPostgres, startRedis, waitFor } from '@parley/common/testing';
import { RoomService } from '@parley/proto/room-rpc';
import { openSocket } from '../../tests/harness/peer/raw-peer.ts';
import { signToken } from '../../tests/harness/peer/join-token.ts';
import { processTree, proportionalSetSize } from '../../tests/harness/machine/processes.ts';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { CountingRelay } from './counting-relay.ts';

const SECRET = 'a secret of this measurement that is long enough';
const TOKEN_LIFETIME_S = 3_600;
/** Far above what is measured: a room of a thousand people on one machine is no attack here. */
const OPEN_LIMITS = {
  PEER_LIMIT: '1000',
  ROOM_EVENTS_PER_SECOND: '10000',
  HALF_OPEN_TOTAL: '100000',
};
const PATIENT_MEDIA = {
  MEDIA_WORKERS: '2',
  MEDIA_CONNECT_TIMEOUT_MS: '3600000',
  MEDIA_UNUSED_ROOM_TIMEOUT_MS: '3600000',
  MEDIA_STATS_INTERVAL_MS: '0',
};

type Socket = Awaited<ReturnType<typeof openSocket>>;
type Step = () => void | Promise<void>;

/** One instance of signaling with its Redis and PostgreSQL, and one media node with two workers. */
export class CrowdSystem {
  readonly relay: CountingRelay;
  readonly #origin: string;
  readonly #rooms: GrpcClient<typeof RoomService>;
  readonly #signaling: ChildProcess;
  readonly #media: ChildProcess;
  readonly #steps: Step[];
  #people = 0;

  static async start(): Promise<CrowdSystem> {
    const [redis, postgres] = [await startRedis(), await startPostgres()];
    const relay = await CountingRelay.start(redis.url);
    const ports = {
      media: await freePort(),
      rtc: await freePort(),
      socket: await freePort(),
      grpc: await freePort(),
    };
    const media = await startService('media', {
      MEDIA_GRPC_SECRET: SECRET,
      MEDIA_GRPC_PORT: String(ports.media),
      MEDIA_RTC_PORT_BASE: String(ports.rtc),
      ...PATIENT_MEDIA,
    });
    const signaling = await startService('signaling', {
      MEDIA_GRPC_SECRET: SECRET,
      SIGNALING_GRPC_SECRET: SECRET,
      JOIN_TOKEN_SECRET: SECRET,
      MEDIA_ADDRESSES: `127.0.0.1:${ports.media}`,
      DATABASE_URL: await postgres.createDatabase('crowd'),
      REDIS_URL: relay.url,
      SIGNALING_PORT: String(ports.socket),
      SIGNALING_GRPC_PORT: String(ports.grpc),
      ...OPEN_LIMITS,
    });
    const steps: Step[] = [
      () => end(signaling),
      () => end(media),
      () => relay.close(),
      () => redis.stop(),
      () => postgres.stop(),
    ];
    return new CrowdSystem({ relay, ports, signaling, media, steps });
  }

  private constructor(parts: {
    relay: CountingRelay;
    ports: { socket: number; grpc: number };
    signaling: ChildProcess;
    media: ChildProcess;
    steps: Step[];
  }) {
    const { relay, ports, signaling, media, steps } = parts;
    this.relay = relay;
    this.#origin = `http://127.0.0.1:${ports.socket}`;
    this.#signaling = signaling;
    this.#media = media;
    this.#steps = steps;
    this.#rooms = GrpcClient.create(RoomService, `127.0.0.1:${ports.grpc}`, {
      secret: SECRET,
      logger: silentLogger,
      metrics: createMetrics('bench'),
    });
  }

  async createRoom(): Promise<string> {
    const { room } = await this.#rooms.call('createRoom', { title: '' });
    return room?.code ?? '';
  }

  /** The question that the gateway asks for each join. */
  async askAtDoor(code: string): Promise<void> {
    await this.#rooms.call('authorizeJoin', { code, displayName: 'Somebody' });
  }

  /** A socket with a join token, from a network of its own. */
  async connect(code: string, role: 'participant' | 'viewer' | 'host'): Promise<Socket> {
    const number = (this.#people += 1);
    const iat = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: 'parley',
      aud: 'parley-signaling',
      sub: randomUUID(),
      room: code,
      name: `Person ${number}`,
      identity: `browser:${randomBytes(16).toString('base64url')}`,
      role,
      waits: false,
      addressHash: `network ${number}`,
      trace: randomBytes(16).toString('hex'),
      iat,
      exp: iat + TOKEN_LIFETIME_S,
    };
    const address = `10.${Math.floor(number / 65_536)}.${Math.floor(number / 256) % 256}.${number % 256}`;
    return openSocket(this.#origin, { token: signToken(claims, SECRET) }, { 'x-forwarded-for': address });
  }

  /** In MiB: what each part has for itself. */
  memory(): { signaling: number; media: number } {
    return { signaling: memoryOf(this.#signaling), media: memoryOf(this.#media) };
  }

  async stop(): Promise<void> {
    this.#rooms.close();
    for (const step of this.#steps) await step();
  }
}

async function startService(name: 'media' | 'signaling', env: Record<string, string>): Promise<ChildProcess> {
  const adminPort = await freePort();
  const main = join(ROOT, 'services', name, 'src', 'main.ts');
  const { NODE_OPTIONS: _own, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: {
      ...inherited,
      LOG_LEVEL: 'error',
      [`${name.toUpperCase()}_ADMIN_PORT`]: String(adminPort),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await waitFor(async () => (await fetch(`http://127.0.0.1:${adminPort}/readyz`)).ok, {
    timeoutMs: 30_000,
    what: `${name} is ready`,
  });
  return child;
}

function memoryOf({ pid }: ChildProcess): number {
  const bytes = processTree(pid ?? -1).reduce((sum, process) => sum + proportionalSetSize(process.pid), 0);
  return Math.round(bytes / 2 ** 20);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
