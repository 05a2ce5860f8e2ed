import { randomBytes, randomUUID } from 'node:crypto';
import { GrpcClient } from '@parley/common/grpc';
import { createMetrics } from '@parley/common/service';
import { freePort, silentLogger, startPostgres, startRedis } from '@parley/common/testing';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { RoomService } from '@parley/proto/room-rpc';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { openSocket } from '../../tests/harness/peer/raw-peer.ts';
import { signToken } from '../../tests/harness/peer/join-token.ts';
import { ServiceProcess } from '../../tests/harness/servers/service-process.ts';
import { DistantRelay } from '../far-store/distant-relay.ts';
import { cpuNanoseconds, memoryOf } from '../processes.ts';
import { CountingRelay } from './counting-relay.ts';
import { MediaNode } from './media-node.ts';

const SECRET = 'a secret of this measurement that is long enough';
const TOKEN_LIFETIME_S = 3_600;
/** Far above what is measured: a room of a thousand people on one machine is no attack here. */
const OPEN_LIMITS = {
  PEER_LIMIT: '1000',
  ROOM_EVENTS_PER_SECOND: '10000',
  HALF_OPEN_TOTAL: '100000',
};
/** What a page asks when it joins. */
export const JOIN_REQUEST = {
  protocol: PROTOCOL_VERSION,
  rtpCapabilities: ROUTER_RTP_CAPABILITIES,
  batches: true,
  pages: true,
  asksToSend: true,
};

type Role = 'participant' | 'viewer' | 'host';
export type Ticket = { origin: string; token: string; address: string; peerId: string };
type Entrance = { socket: number; grpc: number };
/** How late the event loop of a process came to its timers, in milliseconds. */
export type LoopDelay = { p99Ms: number; maxMs: number };
type Socket = Awaited<ReturnType<typeof openSocket>>;
type Step = () => void | Promise<void>;

export type CrowdOptions = {
  /** Instances of signaling. People come to them in turns. */
  instances?: number;
  /** Whether a relay counts what the instances exchange with Redis. */
  counted?: boolean;
  /** How far each instance is from Redis, in milliseconds there and back. Not counted then. Default: beside it. */
  storeRoundTripsMs?: readonly number[];
  /** The media nodes: the variables of each that differ from those of a node with two workers. */
  media?: readonly Readonly<Record<string, string>>[];
};

/** Instances of signaling with their Redis and PostgreSQL, and media nodes: one with two workers, unless others are asked for. */
export class CrowdSystem {
  readonly relay: CountingRelay;
  readonly media: readonly MediaNode[];
  readonly #origins: readonly string[];
  readonly #rooms: GrpcClient<typeof RoomService>;
  readonly #signaling: readonly ServiceProcess[];
  readonly #steps: Step[];
  #people = 0;

  static async start(options: CrowdOptions = {}): Promise<CrowdSystem> {
    const steps: Step[] = [];
    try {
      return await CrowdSystem.#build(options, steps);
    } catch (error) {
      await undo(steps);
      throw error;
    }
  }

  /** @param steps Gets what ends each part, the last one first, as soon as that has begun. */
  static async #build(
    { instances = 1, counted = true, storeRoundTripsMs = [], media: nodes = [{}] }: CrowdOptions,
    steps: Step[],
  ): Promise<CrowdSystem> {
    const postgres = await startPostgres();
    steps.unshift(() => postgres.stop());
    const redis = await startRedis();
    steps.unshift(() => redis.stop());
    const relay = await CountingRelay.start(redis.url);
    steps.unshift(() => relay.close());
    const media: MediaNode[] = [];
    for (const env of nodes) {
      const node = await MediaNode.start(SECRET, env);
      steps.unshift(() => node.stop());
      media.push(node);
    }
    const signaling: ServiceProcess[] = [];
    const entrances: Entrance[] = [];
    const databaseUrl = await postgres.createDatabase('crowd');
    for (let number = 0; number < instances; number += 1) {
      const entrance = { socket: await freePort(), grpc: await freePort() };
      entrances.push(entrance);
      const roundTripMs = storeRoundTripsMs[number];
      const path =
        roundTripMs === undefined
          ? undefined
          : await DistantRelay.start(new URL(redis.url).host, roundTripMs);
      steps.unshift(() => path?.close());
      const nearUrl = counted ? relay.url : redis.url;
      const service = await ServiceProcess.start('signaling', {
        MEDIA_GRPC_SECRET: SECRET,
        SIGNALING_GRPC_SECRET: SECRET,
        JOIN_TOKEN_SECRET: SECRET,
        MEDIA_ADDRESSES: media.map(({ address }) => address).join(','),
        DATABASE_URL: databaseUrl,
        REDIS_URL: path === undefined ? nearUrl : `redis://${path.address}`,
        SIGNALING_PORT: String(entrance.socket),
        SIGNALING_GRPC_PORT: String(entrance.grpc),
        SIGNALING_ADMIN_PORT: String(await freePort()),
        ...OPEN_LIMITS,
      });
      steps.unshift(() => service.kill());
      signaling.push(service);
    }
    return new CrowdSystem({ relay, entrances, signaling, media, steps });
  }

  private constructor(parts: {
    relay: CountingRelay;
    entrances: readonly Entrance[];
    signaling: readonly ServiceProcess[];
    media: readonly MediaNode[];
    steps: Step[];
  }) {
    const { relay, entrances, signaling, media, steps } = parts;
    this.relay = relay;
    this.media = media;
    this.#origins = entrances.map(({ socket }) => `http://127.0.0.1:${socket}`);
    this.#signaling = signaling;
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

  /**
   * A socket with a join token, from a network of its own.
   * @param instance The instance of signaling, from 0. Default: each in turn.
   */
  async connect(code: string, role: Role, instance?: number): Promise<Socket> {
    const { origin, token, address } = this.ticket(code, role, instance);
    return openSocket(origin, { token }, { 'x-forwarded-for': address });
  }

  /** What somebody needs to come in by a socket of their own. */
  ticket(code: string, role: Role, instance?: number): Ticket {
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
    const origin = this.#origins[instance ?? number % this.#origins.length] ?? '';
    return { origin, token: signToken(claims, SECRET), address, peerId };
  }

  /** In MiB: what each part has for itself. */
  memory(): { signaling: number; media: number } {
    const signaling = this.#signaling.reduce((sum, service) => sum + memoryOf(service), 0);
    return { signaling, media: this.media.reduce((sum, { memory }) => sum + memory, 0) };
  }

  /** CPU time of all instances of signaling so far, in nanoseconds. */
  signalingCpu(): number {
    return this.#signaling.reduce((sum, service) => sum + cpuNanoseconds(service), 0);
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
    await undo(this.#steps);
  }
}

async function undo(steps: readonly Step[]): Promise<void> {
  for (const step of steps) await step();
}
