import { GrpcClient, GrpcServer, type GrpcClientStream } from '@parley/common/grpc';
import { createMetrics, Readiness, type Metrics } from '@parley/common/service';
import { freePorts, silentLogger, waitFor } from '@parley/common/testing';
import type { ParleyError } from '@parley/proto/errors';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { SOURCE_KINDS, type DtlsParameters, type RtpParameters, type Source } from '@parley/proto/rtp';
import {
  MediaService,
  toDtlsParametersMessage,
  toMediaKindMessage,
  toRtpCapabilitiesMessage,
  toRtpParametersMessage,
  toSourceMessage,
  type media,
} from '@parley/proto/media-rpc';
import { Capacity, type CapacityOptions } from '../../src/node/capacity.ts';
import { MediaNode, type MediaNodeOptions } from '../../src/node/media-node.ts';
import { exportPipePorts } from '../../src/node/pipe-port-metric.ts';
import { createMediaService } from '../../src/grpc/media-service.ts';
import { HomeNodes, type Homes } from '../../src/link/home-nodes.ts';
import { RoomMetrics } from '../../src/room/room-metrics.ts';
import type { SenderLimits } from '../../src/limits/sender-limits.ts';
import { sumStates } from '../../src/statistics/media-states.ts';
import { exportStates } from '../../src/statistics/state-metrics.ts';
import { WorkerMetrics } from '../../src/worker/worker-metrics.ts';
import { WorkerPool, type WorkerPoolOptions } from '../../src/worker/worker-pool.ts';
import { workerBinForTest } from './worker-bin.ts';

export const SECRET = 'a secret of this test that is long enough';
/** Apart from the ports of pipes within a node, of workers, and of those that the system gives to others. */
export const TEST_PIPE_PLACE = { address: '127.0.0.1', ports: { min: 15_000, max: 19_999 } };

const audio = { bitsPerSecond: 600_000, packetsPerSecond: 250 };

/** The defaults of the service. */
export const TEST_LIMITS: SenderLimits = {
  sources: {
    microphone: audio,
    'screen-audio': audio,
    camera: { bitsPerSecond: 6_000_000, packetsPerSecond: 1500 },
    screen: { bitsPerSecond: 10_000_000, packetsPerSecond: 2500 },
  },
  peer: { bitsPerSecond: 12_000_000, packetsPerSecond: 3500 },
};

export type TestNodeOptions = {
  workers?: number;
  pool?: Partial<WorkerPoolOptions>;
  limits?: Partial<CapacityOptions['limits']>;
  room?: Partial<MediaNodeOptions['room']>;
  /** What it shows other nodes. */
  secret?: string;
  /** What is between it and other nodes. */
  network?: { between(homes: Homes): Homes };
};

/** A pool of real workers on ports of its own. */
export async function createTestPool(options: Partial<WorkerPoolOptions> = {}): Promise<WorkerPool> {
  const count = options.count ?? 1;
  return WorkerPool.create({
    count,
    rtcPortBase: await freePorts(count),
    listenIps: ['127.0.0.1'],
    announced: () => ['127.0.0.1'],
    workerBin: workerBinForTest(),
    workerLogLevel: 'error',
    polling: { intervalMs: 200, readsPerSecond: 1000 },
    rateWatch: { after: { soon: 100, usual: 200, calm: 100 }, readsPerSecond: 1000 },
    health: { tickMs: 100, unhealthyAfterTicks: 3, frozenAfterTicks: 8 },
    logger: silentLogger,
    metrics: new WorkerMetrics(createMetrics('media').registry),
    ...options,
  });
}

/** The whole node behind gRPC, as signaling sees it. */
export class TestNode {
  readonly node: MediaNode;
  readonly pool: WorkerPool;
  readonly capacity: Capacity;
  readonly homes: HomeNodes;
  /** As other nodes and signaling know it. */
  readonly address: string;
  readonly client: GrpcClient<typeof MediaService>;
  readonly #server: GrpcServer<typeof MediaService>;
  readonly #metrics: Metrics;

  static async create(options: TestNodeOptions = {}): Promise<TestNode> {
    const serviceMetrics = createMetrics('media');
    const metrics = new RoomMetrics(serviceMetrics.registry);
    const workerMetrics = new WorkerMetrics(serviceMetrics.registry);
    const count = options.workers ?? 1;
    const pool = await createTestPool({ count, metrics: workerMetrics, ...options.pool });
    exportStates(serviceMetrics.registry, () => sumStates(pool.workers.map((worker) => worker.states)));
    const limits = { cpu: 1.1, rooms: 100, peers: 1000, consumers: 10_000, spread: 0.6, ...options.limits };
    const capacity = new Capacity({ pool, limits, metrics });
    const homes = new HomeNodes({
      secret: options.secret ?? SECRET,
      logger: silentLogger,
      metrics: serviceMetrics,
    });
    const node = new MediaNode({
      pool,
      capacity,
      homes: options.network?.between(homes) ?? homes,
      room: {
        initialOutgoingBitrate: 1_000_000,
        maxIncomingBitrate: 10_000_000,
        iceConsentTimeoutS: 30,
        iceTimeoutMs: 60_000,
        unwatchedGraceMs: 60_000,
        connectTimeoutMs: 600_000,
        unusedTimeoutMs: 600_000,
        idleMinMs: 600_000,
        lowerLayersAfterMs: 50,
        limits: TEST_LIMITS,
        conduct: { holdMs: 60_000 },
        voices: 12,
        pipes: { lingerMs: 200, idleMs: 100 },
        pipePlace: TEST_PIPE_PLACE,
        ...options.room,
      },
      logger: silentLogger,
      metrics,
    });
    exportPipePorts(serviceMetrics.registry, node);
    const server = await GrpcServer.create(MediaService, {
      host: '127.0.0.1',
      port: 0,
      secret: SECRET,
      logger: silentLogger,
      metrics: serviceMetrics,
      readiness: new Readiness({ checks: {}, logger: silentLogger }),
    });
    server.serve(createMediaService(node));
    return new TestNode({ node, pool, capacity, homes }, server, serviceMetrics);
  }

  private constructor(
    {
      node,
      pool,
      capacity,
      homes,
    }: { node: MediaNode; pool: WorkerPool; capacity: Capacity; homes: HomeNodes },
    server: GrpcServer<typeof MediaService>,
    metrics: Metrics,
  ) {
    this.node = node;
    this.pool = pool;
    this.capacity = capacity;
    this.homes = homes;
    this.address = `127.0.0.1:${server.port}`;
    this.#server = server;
    this.#metrics = metrics;
    this.client = GrpcClient.create(MediaService, this.address, {
      secret: SECRET,
      logger: silentLogger,
      metrics: createMetrics('test'),
      // A busy machine must not fail a test.
      timeoutMs: 30_000,
    });
  }

  async close(): Promise<void> {
    this.client.close();
    this.node.close();
    this.homes.close();
    await this.#server.close(0);
    await this.node.whenEnded();
  }

  /** The value of one sample of `/metrics`, 0 if there is none. */
  async metric(sample: string): Promise<number> {
    const text = await this.#metrics.registry.metrics();
    const line = text.split('\n').find((candidate) => candidate.startsWith(sample.replace(/\}$/, '')));
    return line === undefined ? 0 : Number(line.split(' ').at(-1));
  }

  /** @param home The address of the node of those whom the peer consumes; empty: this node. */
  peer(roomId: string, peerId: string, home = ''): TestPeer {
    return new TestPeer(this.client, roomId, peerId, home);
  }

  watch(roomId: string): TestWatch {
    return new TestWatch(this.client.stream('watch', { roomId }));
  }
}

/** The calls of one peer, with its room and its id filled in. */
export class TestPeer {
  /** Whether it may send nothing. */
  receiveOnly = false;
  readonly client: GrpcClient<typeof MediaService>;
  readonly of: { roomId: string; peerId: string };
  readonly #home: string;

  constructor(client: GrpcClient<typeof MediaService>, roomId: string, peerId: string, home = '') {
    this.client = client;
    this.#home = home;
    this.of = { roomId, peerId };
  }

  open(rtpCapabilities = ROUTER_RTP_CAPABILITIES, origin = ''): Promise<media.OpenPeerResponse> {
    return this.client.call('openPeer', {
      ...this.of,
      origin,
      receiveOnly: this.receiveOnly,
      rtpCapabilities: toRtpCapabilitiesMessage(rtpCapabilities),
    });
  }

  async close(): Promise<void> {
    await this.client.call('closePeer', this.of);
  }

  async openSend(): Promise<media.TransportParameters> {
    const { transport } = await this.client.call('openSendTransport', this.of);
    if (!transport) throw new Error('no transport to send on');
    return transport;
  }

  async closeSend(): Promise<void> {
    await this.client.call('closeSendTransport', this.of);
  }

  async connect(transportId: string, dtlsParameters: DtlsParameters): Promise<void> {
    const message = toDtlsParametersMessage(dtlsParameters);
    await this.client.call('connectTransport', { ...this.of, transportId, dtlsParameters: message });
  }

  async produce(source: Source, rtpParameters: RtpParameters, paused = false): Promise<string> {
    const { producerId } = await this.client.call('produce', {
      ...this.of,
      source: toSourceMessage(source),
      kind: toMediaKindMessage(SOURCE_KINDS[source]),
      rtpParameters: toRtpParametersMessage(rtpParameters),
      paused,
    });
    return producerId;
  }

  /** Consumes one producer. Rejects with the code of its failure. */
  async consume(
    producerId: string,
    preferredLayers?: media.PreferredLayersInput,
  ): Promise<media.ConsumerParameters> {
    const items = [{ producerId, home: this.#home, ...(preferredLayers ? { preferredLayers } : {}) }];
    const { results } = await this.client.call('consume', { ...this.of, items });
    const [result] = results;
    if (!result?.consumer) throw new Error(result?.failure?.code ?? 'no result');
    return result.consumer;
  }

  async resume(...consumerIds: string[]): Promise<void> {
    await this.client.call('setConsumersPaused', { ...this.of, consumerIds, paused: false });
  }

  async pause(...consumerIds: string[]): Promise<void> {
    await this.client.call('setConsumersPaused', { ...this.of, consumerIds, paused: true });
  }
}

type EventName = NonNullable<media.WatchResponse['event']>;

/** A Watch stream with all its events so far. */
export class TestWatch {
  readonly events: media.WatchResponse[] = [];
  readonly #stream: GrpcClientStream<media.WatchResponse>;
  ended: { error: ParleyError | undefined } | undefined;

  constructor(stream: GrpcClientStream<media.WatchResponse>) {
    this.#stream = stream;
    stream.on('message', (event) => this.events.push(event));
    stream.once('ended', (error) => {
      this.ended = { error };
    });
  }

  all<N extends EventName>(name: N): NonNullable<media.WatchResponse[N]>[] {
    return this.events.flatMap((event) => event[name] ?? []) as NonNullable<media.WatchResponse[N]>[];
  }

  /** The first event of that name that fits, of those seen and those to come. */
  async first<N extends EventName>(
    name: N,
    fits: (event: NonNullable<media.WatchResponse[N]>) => boolean = () => true,
    timeoutMs = 10_000,
  ): Promise<NonNullable<media.WatchResponse[N]>> {
    try {
      return await waitFor(() => this.all(name).find(fits), { timeoutMs, what: `event ${name}` });
    } catch (cause) {
      const seen = JSON.stringify({ events: this.events.slice(-20), ended: this.ended });
      throw new Error(`no such ${name} among ${seen}`, { cause });
    }
  }

  close(): void {
    this.#stream.close();
  }
}
