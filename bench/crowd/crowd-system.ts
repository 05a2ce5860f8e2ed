import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { GrpcClient } from '@parley/common/grpc';
import { createMetrics } from '@parley/common/service';
import { freePort, silentLogger, startPostgres, startRedis, waitFor } from '@parley/common/testing';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { RoomService } from '@parley/proto/room-rpc';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { openSocket } from '../../tests/harness/peer/raw-peer.ts';
import { signToken } from '../../tests/harness/peer/join-token.ts';
import { processTree, proportionalSetSize } from '../../tests/harness/machine/processes.ts';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { cpuNanoseconds, end } from '../processes.ts';
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

/** What a page asks when it joins. */
export const JOIN_REQUEST = {
  protocol: PROTOCOL_VERSION,
  rtpCapabilities: ROUTER_RTP_CAPABILITIES,
  batches: true,
  pages: true,
};

type Role = 'participant' | 'viewer' | 'host';
export type Ticket = { origin: string; token: string; address: string; peerId: string };
type Entrance = { socket: number; grpc: number };
type Service = { child: ChildProcess; adminPort: number };
/** How late the event loop of a process came to its timers, in milliseconds. */
export type LoopDelay = { p99Ms: number; maxMs: number };
type Socket = Awaited<ReturnType<typeof openSocket>>;
type Step = () => void | Promise<void>;

export type CrowdOptions = {
  /** Instances of signaling. People come to them in turns. */
  instances?: number;
  /** Whether a relay counts what the instances exchange with Redis. */
  counted?: boolean;
};

/** Instances of signaling with their Redis and PostgreSQL, and one media node with two workers. */
export class CrowdSystem {
  readonly relay: CountingRelay;
  readonly #origins: readonly string[];
  readonly #rooms: GrpcClient<typeof RoomService>;
  readonly #signaling: readonly Service[];
  readonly #media: Service;
  readonly #steps: Step[];
  #people = 0;

  static async start({ instances = 1, counted = true }: CrowdOptions = {}): Promise<CrowdSystem> {
    const [redis, postgres] = [await startRedis(), await startPostgres()];
    const relay = await CountingRelay.start(redis.url);
    const ports = { media: await freePort(), rtc: await freePort() };
    const media = await startService('media', {
      MEDIA_GRPC_SECRET: SECRET,
      MEDIA_GRPC_PORT: String(ports.media),
      MEDIA_RTC_PORT_BASE: String(ports.rtc),
      ...PATIENT_MEDIA,
    });
    const signaling: Service[] = [];
    const entrances: Entrance[] = [];
    const databaseUrl = await postgres.createDatabase('crowd');
    for (let number = 0; number < instances; number += 1) {
      const entrance = { socket: await freePort(), grpc: await freePort() };
      entrances.push(entrance);
      const service = await startService('signaling', {
        MEDIA_GRPC_SECRET: SECRET,
        SIGNALING_GRPC_SECRET: SECRET,
        JOIN_TOKEN_SECRET: SECRET,
        MEDIA_ADDRESSES: `127.0.0.1:${ports.media}`,
        DATABASE_URL: databaseUrl,
        REDIS_URL: counted ? relay.url : redis.url,
        SIGNALING_PORT: String(entrance.socket),
        SIGNALING_GRPC_PORT: String(entrance.grpc),
        ...OPEN_LIMITS,
      });
      signaling.push(service);
    }
    const steps: Step[] = [
      ...signaling.map((service) => () => end(service.child, 'SIGKILL')),
      () => end(media.child, 'SIGKILL'),
      () => relay.close(),
      () => redis.stop(),
      () => postgres.stop(),
    ];
    return new CrowdSystem({ relay, entrances, signaling, media, steps });
  }

  private constructor(parts: {
    relay: CountingRelay;
    entrances: readonly Entrance[];
    signaling: readonly Service[];
    media: Service;
    steps: Step[];
  }) {
    const { relay, entrances, signaling, media, steps } = parts;
    this.relay = relay;
    this.#origins = entrances.map(({ socket }) => `http://127.0.0.1:${socket}`);
    this.#signaling = signaling;
    this.#media = media;
    this.#steps = steps;
    this.#rooms = GrpcClient.create(RoomService, `127.0.0.1:${entrances[0]?.grpc}`, {
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
  async connect(code: string, role: Role): Promise<Socket> {
    const { origin, token, address } = this.ticket(code, role);
    return openSocket(origin, { token }, { 'x-forwarded-for': address });
  }

  /** What somebody needs to come in by a socket of their own. */
  ticket(code: string, role: Role): Ticket {
    const number = (this.#people += 1);
    const peerId = randomUUID();
    const iat = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: 'parley',
      aud: 'parley-signaling',
      sub: peerId,
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
    const origin = this.#origins[number % this.#origins.length] ?? '';
    return { origin, token: signToken(claims, SECRET), address, peerId };
  }

  /** In MiB: what each part has for itself. */
  memory(): { signaling: number; media: number } {
    const signaling = this.#signaling.reduce((sum, { child }) => sum + memoryOf(child), 0);
    return { signaling, media: memoryOf(this.#media.child) };
  }

  /** CPU time of all instances of signaling so far, in nanoseconds. */
  signalingCpu(): number {
    return this.#signaling.reduce((sum, { child }) => sum + cpuNanoseconds(child), 0);
  }

  /** The delay of the first instance's event loop since this was asked last. A scrape begins the measurement anew. */
  async loopDelay(): Promise<LoopDelay> {
    const response = await fetch(`http://127.0.0.1:${this.#signaling[0]?.adminPort}/metrics`);
    const text = await response.text();
    const read = (name: string) => {
      const value = new RegExp(`^nodejs_eventloop_lag_${name}_seconds(?:{.*})? (\\S+)$`, 'm').exec(text)?.[1];
      if (value === undefined) throw new Error(`signaling has no metric of its event loop's ${name}`);
      return Number(value) * 1_000;
    };
    return { p99Ms: read('p99'), maxMs: read('max') };
  }

  async stop(): Promise<void> {
    this.#rooms.close();
    for (const step of this.#steps) await step();
  }
}

async function startService(name: 'media' | 'signaling', env: Record<string, string>): Promise<Service> {
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
  return { child, adminPort };
}

function memoryOf({ pid }: ChildProcess): number {
  const bytes = processTree(pid ?? -1).reduce((sum, process) => sum + proportionalSetSize(process.pid), 0);
  return Math.round(bytes / 2 ** 20);
}
