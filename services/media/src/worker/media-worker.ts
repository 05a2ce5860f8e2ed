import { EventEmitter } from 'node:events';
import { isIPv4 } from 'node:net';
import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import { ROUTER_MEDIA_CODECS } from '@parley/proto/rtp';
import { createWorker, type types } from 'mediasoup';
import { RateWatch, type RateWatchOptions } from '../limits/rate-watch.ts';
import { MediaRouter } from '../router/media-router.ts';
import { mapMediasoupErrors } from '../router/mediasoup-errors.ts';
import type { MediaStates } from '../statistics/media-states.ts';
import type { StatsPollerOptions } from '../statistics/stats-poller.ts';
import type { WorkerDeathCause } from './death-cause.ts';
import { WorkerCensus } from './worker-census.ts';
import { WorkerHealth, type HealthOptions } from './worker-health.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

export type MediaWorkerOptions = {
  index: number;
  listenIps: readonly string[];
  /** The addresses that browsers send to, the preferred first. */
  announced: () => readonly string[];
  rtcPort: number;
  workerBin?: string | undefined;
  workerLogLevel: types.WorkerLogLevel;
  health: HealthOptions;
  polling: StatsPollerOptions;
  rateWatch: RateWatchOptions;
  logger: Logger;
  metrics: WorkerMetrics;
};

type MediaWorkerEvents = {
  /** The process ended without being asked to. All routers of the worker are closed. */
  died: [cause: WorkerDeathCause];
  'health-changed': [healthy: boolean];
};

/** How long a worker may take to close before it is killed. */
const CLOSE_TIMEOUT_MS = 1000;

/** One mediasoup worker process, with the one UDP and TCP port that all its transports share. */
export class MediaWorker extends EventEmitter<MediaWorkerEvents> {
  readonly index: number;
  readonly rtcPort: number;
  /** Looks at what the peers on this worker send. */
  readonly rates: RateWatch;
  readonly #webRtcServer: types.WebRtcServer;
  readonly #announced: () => readonly string[];
  readonly #worker: types.Worker;
  readonly #census: WorkerCensus;
  readonly #health: WorkerHealth;
  readonly #logger: Logger;
  readonly #ended: Promise<void>;
  #frozen = false;
  #closed = false;

  static async create(options: MediaWorkerOptions): Promise<MediaWorker> {
    const worker = await spawn(options);
    const census = new WorkerCensus(worker, options.metrics, options.polling);
    try {
      const webRtcServer = await worker.createWebRtcServer({ listenInfos: listenInfos(options) });
      return new MediaWorker(options, worker, webRtcServer, census);
    } catch (error) {
      census.close();
      worker.close();
      const addresses = options.listenIps.join(' and ');
      throw new Error(`cannot listen on ${addresses} port ${options.rtcPort}`, { cause: error });
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
    this.rates = new RateWatch(options.rateWatch);
    this.#webRtcServer = webRtcServer;
    this.#announced = options.announced;
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

  /** 0 to 1 of one core, smoothed over about a second. */
  get cpu(): number {
    return this.#health.cpu;
  }

  /** The number of mediasoup's objects in this worker now. */
  get census(): Readonly<
    Pick<WorkerCensus, 'routers' | 'transports' | 'producers' | 'consumers' | 'pipes' | 'sounds' | 'links'>
  > {
    return this.#census;
  }

  get states(): MediaStates {
    return this.#census.states;
  }

  /** Asks the process to end, and kills it if it does not. `whenEnded` resolves when it is gone. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#health.close();
    this.#census.close();
    this.rates.close();
    this.#worker.close();
    const timer = setTimeout(() => this.#signalKill(), CLOSE_TIMEOUT_MS);
    void this.#ended.then(() => clearTimeout(timer));
  }

  /** Resolves when the process is gone, by `close()` or by its death. */
  whenEnded(): Promise<void> {
    return this.#ended;
  }

  async createRouter(): Promise<MediaRouter> {
    if (this.#closed) throw new ParleyError('closed');
    const mediaCodecs = structuredClone(ROUTER_MEDIA_CODECS) as types.RouterRtpCodecCapability[];
    const router = await mapMediasoupErrors(this.#worker.createRouter({ mediaCodecs }));
    return new MediaRouter(router, this.#webRtcServer, this.#announced);
  }

  dump(): Promise<types.WorkerDump> {
    return mapMediasoupErrors(this.#worker.dump());
  }

  dumpWebRtcServer(): Promise<types.WebRtcServerDump> {
    return mapMediasoupErrors(this.#webRtcServer.dump());
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
      // The process is gone already.
    }
  }

  #handleDied(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#health.close();
    this.#census.close();
    this.rates.close();
    this.emit('died', this.#frozen ? 'frozen' : 'exited');
  }
}

/** A UDP and a TCP socket on each address. */
function listenInfos({ listenIps, rtcPort: port }: MediaWorkerOptions): types.TransportListenInfo[] {
  // A socket on `::` takes IPv4 as well, and would keep the sockets of IPv4 addresses from the port.
  const flags = { ipv6Only: listenIps.some((ip) => isIPv4(ip)) };
  return listenIps.flatMap((ip) => [
    { protocol: 'udp', ip, port, flags: isIPv4(ip) ? {} : flags },
    { protocol: 'tcp', ip, port, flags: isIPv4(ip) ? {} : flags },
  ]);
}

/**
 * mediasoup closes its workers as soon as this process gets SIGINT or SIGTERM. Rooms must report their end to their
 * watchers first. Therefore the signal handlers of mediasoup are removed again, and `main.ts` stops everything in
 * order.
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
