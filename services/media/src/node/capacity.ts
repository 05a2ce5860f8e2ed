import { ParleyError } from '@parley/proto/errors';
import type { MediaWorker } from '../worker/media-worker.ts';
import type { WorkerPool } from '../worker/worker-pool.ts';
import type { MediaKind } from '@parley/proto/rtp';
import type { RefusedThing } from '../room/causes.ts';
import {
  acceptsRoom,
  choosePeerWorker,
  chooseWorker,
  hasSpace,
  type WorkerLimits,
  type WorkerLoad,
} from './placement.ts';
import type { RoomMetrics } from '../room/room-metrics.ts';

export type CapacityOptions = {
  pool: Pick<WorkerPool, 'workers'>;
  limits: WorkerLimits;
  metrics: RoomMetrics;
};

type Refuse = (thing: RefusedThing) => ParleyError;
/** How many streams a peer will still have; undefined: no more, from now on. */
type Coming = () => number | undefined;

/** How many rooms, peers and consumers the node accepts. Every refusal for want of capacity is made here. */
export class Capacity {
  readonly #options: CapacityOptions;
  readonly #workers = new WeakMap<MediaWorker, WorkerCapacity>();

  constructor(options: CapacityOptions) {
    this.#options = options;
  }

  /** Whether some worker accepts a new room now. */
  get accepting(): boolean {
    return this.#all.some(({ load }) => acceptsRoom(load, this.#options.limits));
  }

  /** Chooses the worker for a new room, one that it does not shun if possible. Throws `at_capacity` when none accepts one. */
  chooseWorker(shunned: ReadonlySet<MediaWorker> = new Set()): MediaWorker {
    const { limits } = this.#options;
    const liked = this.#all.filter(({ worker }) => !shunned.has(worker));
    const chosen = chooseWorker(liked, limits) ?? chooseWorker(this.#all, limits);
    if (!chosen) throw this.#refuse('room');
    return chosen.worker;
  }

  /** Chooses the worker for the next peer of a room. It shuns only workers that the room is not on. Throws `at_capacity` when none takes it. */
  choosePeerWorker(used: readonly MediaWorker[], shunned: () => ReadonlySet<MediaWorker>): MediaWorker {
    const { limits } = this.#options;
    const own = used.map((worker) => this.of(worker));
    const isEnough = own.some(({ load }) => hasSpace(load, limits));
    const chosen = choosePeerWorker(own, isEnough ? [] : this.#others(used, shunned()), limits);
    if (!chosen) throw this.#refuse('peer');
    return chosen.worker;
  }

  of(worker: MediaWorker): WorkerCapacity {
    const known = this.#workers.get(worker);
    if (known) return known;
    const made = new WorkerCapacity(worker, this.#options.limits, this.#refuse);
    this.#workers.set(worker, made);
    return made;
  }

  #others(used: readonly MediaWorker[], shunned: ReadonlySet<MediaWorker>): WorkerCapacity[] {
    return this.#all.filter(({ worker }) => !used.includes(worker) && !shunned.has(worker));
  }

  get #all(): WorkerCapacity[] {
    return this.#options.pool.workers.map((worker) => this.of(worker));
  }

  readonly #refuse: Refuse = (thing) => {
    this.#options.metrics.refused(thing);
    return new ParleyError('at_capacity');
  };
}

/** The capacity of one worker, for the rooms on it. A pipe to another worker is a consumer as well. */
export class WorkerCapacity {
  readonly worker: MediaWorker;
  readonly #limits: WorkerLimits;
  readonly #refuse: Refuse;
  readonly #inMaking: Record<MediaKind, number> = { audio: 0, video: 0 };
  /** Of the peers that do not have yet what they will have. */
  readonly #newcomers = new Set<Coming>();
  #peers = 0;

  constructor(worker: MediaWorker, limits: WorkerLimits, refuse: Refuse) {
    this.worker = worker;
    this.#limits = limits;
    this.#refuse = refuse;
  }

  get load(): WorkerLoad {
    const { healthy, cpu, census } = this.worker;
    return {
      healthy,
      cpu,
      rooms: census.routers,
      peers: this.#peers,
      consumers: this.#consumers,
      coming: this.#coming,
    };
  }

  /** Whether there are more streams than the limit allows, because voices are never refused for the sake of pictures. */
  get overfull(): boolean {
    return this.#consumers > this.#limits.consumers;
  }

  /**
   * Runs `open` and counts its peer until `releasePeer`. Throws `at_capacity` before it runs anything. The peer
   * counts from the start, so that requests of one moment cannot pass the limit together.
   *
   * @param coming Is asked at each placement, as long as there may be more to come.
   */
  async openPeer<T>(open: () => Promise<T>, coming: Coming): Promise<T> {
    if (this.#peers >= this.#limits.peers) throw this.#refuse('peer');
    this.#peers += 1;
    this.#newcomers.add(coming);
    try {
      return await open();
    } catch (error) {
      this.#peers -= 1;
      this.#newcomers.delete(coming);
      throw error;
    }
  }

  releasePeer(): void {
    this.#peers -= 1;
  }

  /**
   * Like `openPeer`. A consumer that is made is counted by the worker's census from then on. A picture is refused if the worker has as many streams as it may; sound only
   * if there is so much of it alone.
   */
  async makeConsumer<T>(kind: MediaKind, make: () => Promise<T>): Promise<T> {
    const sounds = this.worker.census.sounds + this.#inMaking.audio;
    const streams = kind === 'audio' ? sounds : this.#consumers;
    if (streams >= this.#limits.consumers) throw this.#refuse(kind === 'audio' ? 'voice' : 'picture');
    this.#inMaking[kind] += 1;
    try {
      return await make();
    } finally {
      this.#inMaking[kind] -= 1;
    }
  }

  /** Counts a link to another node for which no port is left. */
  async makeLinkEnd<T>(make: () => Promise<T>): Promise<T> {
    try {
      return await make();
    } catch (error) {
      const isWithoutPort = error instanceof ParleyError && error.code === 'at_capacity';
      throw isWithoutPort ? this.#refuse('link') : error;
    }
  }

  get #consumers(): number {
    return this.worker.census.consumers + this.#inMaking.audio + this.#inMaking.video;
  }

  get #coming(): number {
    let sum = 0;
    for (const coming of this.#newcomers) {
      const streams = coming();
      if (streams === undefined) this.#newcomers.delete(coming);
      else sum += streams;
    }
    return sum;
  }
}
