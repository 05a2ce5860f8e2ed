import type { MediaKind } from '@parley/proto/rtp';
import type { Counter, Gauge, Registry } from 'prom-client';
import { Instruments } from '../statistics/instruments.ts';
import { PIPE_REACHES, StreamMetrics, type PipeReach } from '../statistics/stream-metrics.ts';
import { WORKER_DEATH_CAUSES, type WorkerDeathCause } from './death-cause.ts';

const KINDS: readonly MediaKind[] = ['audio', 'video'];

/** The metrics of workers and of mediasoup's objects in them. */
export class WorkerMetrics {
  readonly streams: StreamMetrics;
  readonly #workers: Gauge<'state'>;
  readonly #deaths: Counter<'cause'>;
  readonly #cpu: Gauge<'worker'>;
  readonly #cpuLimit: Gauge;
  readonly #routers: Gauge;
  readonly #transports: Gauge;
  readonly #producers: Gauge<'kind'>;
  readonly #consumers: Gauge<'kind'>;
  readonly #pipes: Gauge<'kind' | 'reach'>;
  readonly #links: Gauge;
  readonly #iceDisconnects: Counter;
  readonly #dtlsFailures: Counter;

  constructor(registry: Registry) {
    const make = new Instruments(registry);
    this.streams = new StreamMetrics(registry);
    this.#workers = make.gauge('workers', 'mediasoup workers, by state: healthy, unhealthy', ['state']);
    this.#deaths = make.counter('worker_deaths_total', 'Workers that ended without being asked to', [
      'cause',
    ]);
    this.#cpu = make.gauge('worker_cpu_ratio', 'CPU of a worker, 1 is one core', ['worker']);
    this.#cpuLimit = make.gauge('worker_cpu_limit_ratio', 'A worker above this gets no new room');
    this.#routers = make.gauge('routers', 'Routers of all workers');
    this.#transports = make.gauge('transports', 'WebRTC transports, two for each peer');
    this.#producers = make.gauge('producers', 'Producers by kind', ['kind']);
    this.#consumers = make.gauge('consumers', 'Consumers by kind', ['kind']);
    this.#pipes = make.gauge(
      'pipes',
      'Producers that are forwarded to another router, one for each producer and router, by its node: local, remote',
      ['kind', 'reach'],
    );
    this.#links = make.gauge('links', 'Ends of links to routers of other media nodes');
    this.#iceDisconnects = make.counter(
      'ice_disconnects_total',
      'Transports whose other end was not heard any more',
    );
    this.#dtlsFailures = make.counter('dtls_failures_total', 'Transports whose DTLS handshake failed');
    this.#beginAtZero();
  }

  cpuLimited(limit: number): void {
    this.#cpuLimit.set(limit);
  }

  workersCounted(healthy: number, unhealthy: number): void {
    this.#workers.set({ state: 'healthy' }, healthy);
    this.#workers.set({ state: 'unhealthy' }, unhealthy);
  }

  workerDied(cause: WorkerDeathCause): void {
    this.#deaths.inc({ cause });
  }

  workerCpuMeasured(index: number, cpu: number): void {
    this.#cpu.set({ worker: String(index) }, cpu);
  }

  routerOpened(): void {
    this.#routers.inc();
  }

  routerClosed(): void {
    this.#routers.dec();
  }

  transportOpened(): void {
    this.#transports.inc();
  }

  transportClosed(): void {
    this.#transports.dec();
  }

  producerOpened(kind: MediaKind): void {
    this.#producers.inc({ kind });
  }

  producerClosed(kind: MediaKind): void {
    this.#producers.dec({ kind });
  }

  consumerOpened(kind: MediaKind): void {
    this.#consumers.inc({ kind });
  }

  consumerClosed(kind: MediaKind): void {
    this.#consumers.dec({ kind });
  }

  pipeOpened(kind: MediaKind, reach: PipeReach): void {
    this.#pipes.inc({ kind, reach });
  }

  pipeClosed(kind: MediaKind, reach: PipeReach): void {
    this.#pipes.dec({ kind, reach });
  }

  linkOpened(): void {
    this.#links.inc();
  }

  linkClosed(): void {
    this.#links.dec();
  }

  iceDisconnected(): void {
    this.#iceDisconnects.inc();
  }

  dtlsFailed(): void {
    this.#dtlsFailures.inc();
  }

  /** A series without a value is not exported, and a counter whose first value is 1 shows no increase. */
  #beginAtZero(): void {
    for (const cause of WORKER_DEATH_CAUSES) this.#deaths.inc({ cause }, 0);
    for (const kind of KINDS) {
      this.#producers.set({ kind }, 0);
      this.#consumers.set({ kind }, 0);
      for (const reach of PIPE_REACHES) this.#pipes.set({ kind, reach }, 0);
    }
  }
}
