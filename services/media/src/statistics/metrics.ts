import type { MediaKind } from '@parley/proto';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { WorkerDeathCause } from '../worker/media-worker.ts';
import { DTLS_STATES, ICE_STATES, LAYERS, PATH_PROTOCOLS, type MediaStates } from './media-states.ts';
import { StreamMetrics } from './stream-metrics.ts';

export type RefusedThing = 'room' | 'peer' | 'consumer';
export type PeerCloseCause = 'closed' | 'worker_died' | 'ice_timed_out' | 'room_closed';
export type RoomCloseCause = 'empty' | 'unwatched' | 'worker_died' | 'stopping';

const KINDS: readonly MediaKind[] = ['audio', 'video'];
const THINGS: readonly RefusedThing[] = ['room', 'peer', 'consumer'];
const DEATH_CAUSES: readonly WorkerDeathCause[] = ['exited', 'frozen'];
const PEER_CAUSES: readonly PeerCloseCause[] = ['closed', 'worker_died', 'ice_timed_out', 'room_closed'];
const ROOM_CAUSES: readonly RoomCloseCause[] = ['empty', 'unwatched', 'worker_died', 'stopping'];

/** What the node counts, as verbs. Labels are closed sets: never a room or a peer. */
export class MediaMetrics {
  readonly streams: StreamMetrics;
  readonly #workers: Gauge<'state'>;
  readonly #workerDeaths: Counter<'cause'>;
  readonly #workerCpu: Gauge<'worker'>;
  readonly #workerCpuLimit: Gauge;
  readonly #rooms: Gauge;
  readonly #roomsClosed: Counter<'cause'>;
  readonly #peers: Gauge;
  readonly #peersClosed: Counter<'cause'>;
  readonly #routers: Gauge;
  readonly #transports: Gauge;
  readonly #producers: Gauge<'kind'>;
  readonly #consumers: Gauge<'kind'>;
  readonly #refusals: Counter<'thing'>;
  readonly #iceDisconnects: Counter;
  readonly #dtlsFailures: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    const gauge = <L extends string = never>(name: string, help: string, labelNames: L[] = []): Gauge<L> =>
      new Gauge({ name: `parley_media_${name}`, help, labelNames, registers });
    const counter = <L extends string = never>(
      name: string,
      help: string,
      labelNames: L[] = [],
    ): Counter<L> => new Counter({ name: `parley_media_${name}`, help, labelNames, registers });
    this.streams = new StreamMetrics(registry);
    this.#workers = gauge('workers', 'mediasoup workers, by state: healthy, unhealthy', ['state']);
    this.#workerDeaths = counter('worker_deaths_total', 'Workers that ended without being asked to', [
      'cause',
    ]);
    this.#workerCpu = gauge('worker_cpu_ratio', 'CPU of a worker, 1 is one core', ['worker']);
    this.#workerCpuLimit = gauge('worker_cpu_limit_ratio', 'A worker above this gets no new room');
    this.#rooms = gauge('rooms', 'Open rooms');
    this.#roomsClosed = counter('rooms_closed_total', 'Closed rooms', ['cause']);
    this.#peers = gauge('peers', 'Open peers');
    this.#peersClosed = counter('peers_closed_total', 'Closed peers', ['cause']);
    this.#routers = gauge('routers', 'Routers of all workers');
    this.#transports = gauge('transports', 'WebRTC transports, two for each peer');
    this.#producers = gauge('producers', 'Producers by kind', ['kind']);
    this.#consumers = gauge('consumers', 'Consumers by kind', ['kind']);
    this.#refusals = counter('admission_refusals_total', 'What was refused for want of capacity', ['thing']);
    this.#iceDisconnects = counter(
      'ice_disconnects_total',
      'Transports whose other end was not heard any more',
    );
    this.#dtlsFailures = counter('dtls_failures_total', 'Transports whose DTLS handshake failed');
    this.#beginAtZero();
  }

  /** `ask` is called when Prometheus asks. */
  observeStates(registry: Registry, ask: () => MediaStates): void {
    // All of them are asked in one turn: what they count is looked at once.
    let seen: MediaStates | undefined;
    const look = (): MediaStates => {
      if (seen === undefined) setImmediate(() => (seen = undefined));
      return (seen ??= ask());
    };
    const gauge = <K extends string>(
      name: string,
      help: string,
      label: string,
      keys: readonly K[],
      pick: (states: MediaStates) => Record<K, number>,
    ) =>
      new Gauge({
        name: `parley_media_${name}`,
        help,
        labelNames: [label],
        registers: [registry],
        collect() {
          const counts = pick(look());
          for (const key of keys) this.set({ [label]: key }, counts[key]);
        },
      });
    gauge('transports_by_ice', 'WebRTC transports by the state of ICE', 'state', ICE_STATES, (s) => s.ice);
    gauge(
      'transports_by_dtls',
      'WebRTC transports by the state of DTLS',
      'state',
      DTLS_STATES,
      (s) => s.dtls,
    );
    gauge(
      'transports_by_path',
      'WebRTC transports that have a path, by its protocol at the node: udp, tcp',
      'protocol',
      PATH_PROTOCOLS,
      (s) => s.protocol,
    );
    gauge(
      'consumers_by_layer',
      'Video consumers of several layers, by the spatial layer that they get: 0 is the smallest, none is none now',
      'layer',
      LAYERS,
      (s) => s.layer,
    );
  }

  cpuLimited(limit: number): void {
    this.#workerCpuLimit.set(limit);
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

  iceDisconnected(): void {
    this.#iceDisconnects.inc();
  }

  dtlsFailed(): void {
    this.#dtlsFailures.inc();
  }

  /** A series that is not there yet looks like a metric that is not exported, and its first event is not seen. */
  #beginAtZero(): void {
    for (const cause of DEATH_CAUSES) this.#workerDeaths.inc({ cause }, 0);
    for (const cause of ROOM_CAUSES) this.#roomsClosed.inc({ cause }, 0);
    for (const cause of PEER_CAUSES) this.#peersClosed.inc({ cause }, 0);
    for (const thing of THINGS) this.#refusals.inc({ thing }, 0);
    for (const kind of KINDS) {
      this.#producers.set({ kind }, 0);
      this.#consumers.set({ kind }, 0);
    }
  }
}
