import type { MediaKind } from '@parley/proto';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { WorkerDeathCause } from './media-worker.ts';

export type RefusedThing = 'room' | 'peer' | 'consumer';
export type PeerCloseCause = 'closed' | 'worker_died' | 'ice_timed_out' | 'room_closed';
export type RoomCloseCause = 'empty' | 'unwatched' | 'worker_died' | 'stopping';

/** What the node counts, as verbs. Labels are closed sets: never a room or a peer. */
export class MediaMetrics {
  readonly #workers: Gauge<'state'>;
  readonly #workerDeaths: Counter<'cause'>;
  readonly #workerCpu: Gauge<'worker'>;
  readonly #rooms: Gauge;
  readonly #roomsClosed: Counter<'cause'>;
  readonly #peers: Gauge;
  readonly #peersClosed: Counter<'cause'>;
  readonly #routers: Gauge;
  readonly #transports: Gauge;
  readonly #producers: Gauge<'kind'>;
  readonly #consumers: Gauge<'kind'>;
  readonly #refusals: Counter<'thing'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#workers = new Gauge({
      name: 'parley_media_workers',
      help: 'mediasoup workers',
      labelNames: ['state'],
      registers,
    });
    this.#workerDeaths = new Counter({
      name: 'parley_media_worker_deaths_total',
      help: 'Workers that ended without being asked to',
      labelNames: ['cause'],
      registers,
    });
    this.#workerCpu = new Gauge({
      name: 'parley_media_worker_cpu_ratio',
      help: 'CPU of a worker, 1 is one core',
      labelNames: ['worker'],
      registers,
    });
    this.#rooms = new Gauge({ name: 'parley_media_rooms', help: 'Open rooms', registers });
    this.#roomsClosed = new Counter({
      name: 'parley_media_rooms_closed_total',
      help: 'Closed rooms',
      labelNames: ['cause'],
      registers,
    });
    this.#peers = new Gauge({ name: 'parley_media_peers', help: 'Open peers', registers });
    this.#peersClosed = new Counter({
      name: 'parley_media_peers_closed_total',
      help: 'Closed peers',
      labelNames: ['cause'],
      registers,
    });
    this.#routers = new Gauge({ name: 'parley_media_routers', help: 'Routers of all workers', registers });
    this.#transports = new Gauge({ name: 'parley_media_transports', help: 'WebRTC transports', registers });
    this.#producers = new Gauge({
      name: 'parley_media_producers',
      help: 'Producers by kind',
      labelNames: ['kind'],
      registers,
    });
    this.#consumers = new Gauge({
      name: 'parley_media_consumers',
      help: 'Consumers by kind',
      labelNames: ['kind'],
      registers,
    });
    this.#refusals = new Counter({
      name: 'parley_media_admission_refusals_total',
      help: 'What was refused for want of capacity',
      labelNames: ['thing'],
      registers,
    });
  }

  workersCounted(healthy: number, unhealthy: number): void {
    this.#workers.set({ state: 'healthy' }, healthy);
    this.#workers.set({ state: 'unhealthy' }, unhealthy);
  }

  workerDied(cause: WorkerDeathCause): void {
    this.#workerDeaths.inc({ cause });
  }

  workerCpuMeasured(index: number, cpu: number): void {
    this.#workerCpu.set({ worker: String(index) }, cpu);
  }

  roomOpened(): void {
    this.#rooms.inc();
  }

  roomClosed(cause: RoomCloseCause): void {
    this.#rooms.dec();
    this.#roomsClosed.inc({ cause });
  }

  peerOpened(): void {
    this.#peers.inc();
  }

  peerClosed(cause: PeerCloseCause): void {
    this.#peers.dec();
    this.#peersClosed.inc({ cause });
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

  admissionRefused(thing: RefusedThing): void {
    this.#refusals.inc({ thing });
  }
}
