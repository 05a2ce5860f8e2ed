import { EventEmitter } from 'node:events';
import type { Logger } from '@parley/common/logging';
import { ParleyError, ROUTER_MEDIA_CODECS } from '@parley/proto';
import { createWorker, type types } from 'mediasoup';
import { mapMediasoupErrors } from '../router/mediasoup-errors.ts';
import type { MediaMetrics } from '../statistics/metrics.ts';
import type { MediaStates } from '../statistics/media-states.ts';
import type { WorkerLoad } from './placement.ts';
import type { StatsPollerOptions } from '../statistics/stats-poller.ts';
import { WorkerCensus } from './worker-census.ts';
import { WorkerHealth, type HealthOptions } from './worker-health.ts';

export type WorkerDeathCause = 'exited' | 'frozen';

export type MediaWorkerOptions = {
  index: number;
  listenIp: string;
  /** What browsers are told to send to, where it is not the address we listen on. */
  announcedAddress?: string | undefined;
  rtcPort: number;
  workerBin?: string | undefined;
  workerLogLevel: types.WorkerLogLevel;
  health: HealthOptions;
  polling: StatsPollerOptions;
  logger: Logger;
  metrics: MediaMetrics;
};

type MediaWorkerEvents = {
  /** It ended without being asked to; all its routers are closed. */
  died: [cause: WorkerDeathCause];
  'health-changed': [healthy: boolean];
};

/** How long a worker that was told to close may take before it is killed. */
const CLOSE_TIMEOUT_MS = 1000;

/** One mediasoup worker process with the one UDP and TCP port that all its transports share. */
export class MediaWorker extends EventEmitter<MediaWorkerEvents> {
  readonly index: number;
  readonly rtcPort: number;
  readonly webRtcServer: types.WebRtcServer;
  readonly #worker: types.Worker;
  readonly #census: WorkerCensus;
  readonly #health: WorkerHealth;
  readonly #logger: Logger;
  readonly #ended: Promise<void>;
  #peers = 0;
  #consumersInMaking = 0;
  #frozen = false;
  #closed = false;

  static async create(options: MediaWorkerOptions): Promise<MediaWorker> {
    const worker = await spawn(options);
    const census = new WorkerCensus(worker, options.metrics, options.polling);
    const address = {
      ip: options.listenIp,
      port: options.rtcPort,
      announcedAddress: options.announcedAddress,
    };
    try {
      const webRtcServer = await worker.createWebRtcServer({
        listenInfos: [
          { protocol: 'udp', ...address },
          { protocol: 'tcp', ...address },
        ],
      });
      return new MediaWorker(options, worker, webRtcServer, census);
    } catch (error) {
      census.close();
      worker.close();
      throw new Error(`cannot listen on ${options.listenIp} port ${options.rtcPort}`, { cause: error });
    }
  }

  private constructor(
    options: MediaWorkerOptions,
    worker: types.Worker,
    webRtcServer: types.WebRtcServer,
    census: WorkerCensus,
  ) {
    super();
    this.index = options.index;
    this.rtcPort = options.rtcPort;
    this.webRtcServer = webRtcServer;
    this.#worker = worker;
    this.#census = census;
    this.#logger = options.logger.child({ worker: options.index, workerPid: worker.pid });
    this.#ended = new Promise((resolve) => worker.once('subprocessclose', resolve));
    worker.once('died', () => this.#handleDied());
    this.#health = new WorkerHealth(() => worker.getResourceUsage(), options.health);
    this.#health.on('changed', (healthy) => this.#handleHealth(healthy));
    this.#health.on('measured', (cpu) => options.metrics.workerCpuMeasured(this.index, cpu));
    this.#health.on('frozen', () => this.#kill());
  }

  get pid(): number {
    return this.#worker.pid;
  }

  get healthy(): boolean {
    return !this.#closed && this.#health.healthy;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** What mediasoup holds in this worker now. */
  get census(): Readonly<Pick<WorkerCensus, 'routers' | 'transports' | 'producers' | 'consumers'>> {
    return this.#census;
  }

  get states(): MediaStates {
    return this.#census.states;
  }

  get load(): WorkerLoad {
    return {
      healthy: this.healthy,
      cpu: this.#health.cpu,
      rooms: this.#census.routers,
      peers: this.#peers,
      consumers: this.#census.consumers + this.#consumersInMaking,
    };
  }

  /** The process ends on its own; one that does not is killed. `whenEnded` says when it has. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#health.close();
    this.#census.close();
    this.#worker.close();
    const timer = setTimeout(() => this.#signalKill(), CLOSE_TIMEOUT_MS);
    void this.#ended.then(() => clearTimeout(timer));
  }

  /** Resolves when the process is gone, whoever ended it. */
  whenEnded(): Promise<void> {
    return this.#ended;
  }

  async createRouter(): Promise<types.Router> {
    if (this.#closed) throw new ParleyError('closed');
    const mediaCodecs = structuredClone(ROUTER_MEDIA_CODECS) as types.RouterRtpCodecCapability[];
    return mapMediasoupErrors(this.#worker.createRouter({ mediaCodecs }));
  }

  dump(): Promise<types.WorkerDump> {
    return mapMediasoupErrors(this.#worker.dump());
  }

  /** Rooms say how many peers they have here; mediasoup does not know peers. */
  countPeers(change: 1 | -1): void {
    this.#peers += change;
  }

  /** Counts it from the start, so that what is asked for at once cannot pass a limit together. */
  async makeConsumer<T>(make: () => Promise<T>): Promise<T> {
    this.#consumersInMaking += 1;
    try {
      return await make();
    } finally {
      this.#consumersInMaking -= 1;
    }
  }

  #handleHealth(healthy: boolean): void {
    if (healthy) this.#logger.info('worker answers again');
    else this.#logger.warn('worker does not answer');
    this.emit('health-changed', healthy);
  }

  #kill(): void {
    this.#frozen = true;
    this.#logger.error('worker is frozen, killing it');
    this.#signalKill();
  }

  #signalKill(): void {
    try {
      process.kill(this.#worker.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }

  #handleDied(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#health.close();
    this.#census.close();
    this.emit('died', this.#frozen ? 'frozen' : 'exited');
  }
}

/**
 * mediasoup closes its workers as soon as this process gets SIGINT or SIGTERM. We want to say goodbye to the rooms
 * first, so its signal handlers are taken off again; `main.ts` stops everything in order.
 */
async function spawn(options: MediaWorkerOptions): Promise<types.Worker> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = new Set(signals.flatMap((signal) => process.listeners(signal)));
  const spawning = createWorker({ logLevel: options.workerLogLevel, workerBin: options.workerBin });
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.has(listener)) process.removeListener(signal, listener);
    }
  }
  return spawning;
}
