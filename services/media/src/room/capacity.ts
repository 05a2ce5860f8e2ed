import { ParleyError } from '@parley/proto';
import type { MediaWorker } from '../worker/media-worker.ts';
import type { WorkerPool } from '../worker/worker-pool.ts';
import type { RefusedThing } from './causes.ts';
import { acceptsRoom, chooseWorker, type WorkerLimits, type WorkerLoad } from './placement.ts';
import type { RoomMetrics } from './room-metrics.ts';

export type CapacityOptions = {
  pool: Pick<WorkerPool, 'workers'>;
  limits: WorkerLimits;
  metrics: RoomMetrics;
};

type Refuse = (thing: RefusedThing) => ParleyError;

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

  /** Chooses the worker for a new room. Throws `at_capacity` when none accepts one. */
  chooseWorker(): MediaWorker {
    const chosen = chooseWorker(this.#all, this.#options.limits);
    if (!chosen) throw this.#refuse('room');
    return chosen.worker;
  }

  of(worker: MediaWorker): WorkerCapacity {
    const known = this.#workers.get(worker);
    if (known) return known;
    const made = new WorkerCapacity(worker, this.#options.limits, this.#refuse);
    this.#workers.set(worker, made);
    return made;
  }

  get #all(): WorkerCapacity[] {
    return this.#options.pool.workers.map((worker) => this.of(worker));
  }

  readonly #refuse: Refuse = (thing) => {
    this.#options.metrics.refused(thing);
    return new ParleyError('at_capacity');
  };
}

/** The capacity of one worker, for the rooms on it. */
export class WorkerCapacity {
  readonly worker: MediaWorker;
  readonly #limits: WorkerLimits;
  readonly #refuse: Refuse;
  #peers = 0;
  #consumersInMaking = 0;

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
      consumers: census.consumers + this.#consumersInMaking,
    };
  }

  /**
   * Runs `open` and counts its peer until `releasePeer`. Throws `at_capacity` before it runs anything. The peer
   * counts from the start, so that requests of one moment cannot pass the limit together.
   */
  async openPeer<T>(open: () => Promise<T>): Promise<T> {
    if (this.#peers >= this.#limits.peers) throw this.#refuse('peer');
    this.#peers += 1;
    try {
      return await open();
    } catch (error) {
      this.#peers -= 1;
      throw error;
    }
  }

  releasePeer(): void {
    this.#peers -= 1;
  }

  /** Like `openPeer`. A consumer that is made is counted by the worker's census from then on. */
  async makeConsumer<T>(make: () => Promise<T>): Promise<T> {
    if (this.load.consumers >= this.#limits.consumers) throw this.#refuse('consumer');
    this.#consumersInMaking += 1;
    try {
      return await make();
    } finally {
      this.#consumersInMaking -= 1;
    }
  }
}
