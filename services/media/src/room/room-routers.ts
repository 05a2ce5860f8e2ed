import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { PipePlace } from '../network/pipe-address.ts';
import type { PipeTimes } from '../pipe/pipe.ts';
import { Pipes, type PipedStream, type PipeHome } from '../pipe/pipes.ts';
import type { ConsumerSupply } from '../router/peer-consumer.ts';
import { RoomSpeakers } from '../speakers/room-speakers.ts';
import type { MediaWorker } from '../worker/media-worker.ts';
import type { RoomMetrics } from './room-metrics.ts';
import { RoomRouter, type RoomCapacity } from './room-router.ts';
import { SingleFlight } from './single-flight.ts';

/** Where the peers of a room may go. */
export interface RoomPlaces {
  /** The worker for the next peer of a room that has routers on `used`, the first first. Throws `at_capacity`. */
  choose(used: readonly MediaWorker[]): MediaWorker;
  capacityOf(worker: MediaWorker): RoomCapacity;
}

export type RoomRoutersOptions = {
  places: RoomPlaces;
  pipes: PipeTimes;
  pipePlace: PipePlace;
  metrics: Pick<RoomMetrics, 'roomRouterOpened' | 'roomRouterClosed'>;
};

type RoomRoutersEvents = {
  /** See the events of `Pipes`. */
  lost: [ProducerId, RoomRouter];
  uncarried: [ProducerId];
};

/** The routers of a room, one for each worker that it uses, the pipes between them and to them, and who speaks on them. */
export class RoomRouters extends EventEmitter<RoomRoutersEvents> {
  readonly speakers = new RoomSpeakers();
  readonly #places: RoomPlaces;
  readonly #metrics: RoomRoutersOptions['metrics'];
  readonly #pipes: Pipes<RoomRouter>;
  readonly #pipePlace: PipePlace;
  readonly #routers = new Map<MediaWorker, RoomRouter>();
  readonly #adding = new SingleFlight<MediaWorker, RoomRouter>();
  #closed = false;

  /** With the first router. */
  static async create(options: RoomRoutersOptions): Promise<RoomRouters> {
    const routers = new RoomRouters(options);
    await routers.#add(options.places.choose([]));
    return routers;
  }

  private constructor({ places, pipes, pipePlace, metrics }: RoomRoutersOptions) {
    super();
    this.#places = places;
    this.#metrics = metrics;
    this.#pipePlace = pipePlace;
    this.#pipes = new Pipes(pipes);
    this.#pipes.on('lost', (producerId, target) => this.emit('lost', producerId, target));
    this.#pipes.on('uncarried', (producerId) => this.emit('uncarried', producerId));
  }

  get size(): number {
    return this.#routers.size;
  }

  /** The workers that the room uses, the first first. */
  get workers(): readonly MediaWorker[] {
    return [...this.#routers.keys()];
  }

  get all(): readonly RoomRouter[] {
    return [...this.#routers.values()];
  }

  /** Producers on other routers than their own: one for each producer and router. */
  get pipeCount(): number {
    return this.#pipes.size;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.removeAllListeners();
    this.speakers.close();
    this.#pipes.close();
    for (const router of this.#routers.values()) this.#end(router);
    this.#routers.clear();
  }

  /** Whether the producer is on another router than its own, or on the way to one. */
  carries(producerId: ProducerId): boolean {
    return this.#pipes.carries(producerId);
  }

  find(worker: MediaWorker): RoomRouter | undefined {
    return this.#routers.get(worker);
  }

  /**
   * Runs `open` with the router for the next peer, which is counted on it. Throws `at_capacity` or `media_unavailable`.
   *
   * @param coming See `RoomCapacity`.
   */
  async openPeer<T>(open: (router: RoomRouter) => Promise<T>, coming: () => number | undefined): Promise<T> {
    const worker = this.#places.choose(this.workers);
    const router = this.#routers.get(worker) ?? (await this.#adding.run(worker, () => this.#add(worker)));
    // A router without peers may be closed at any time.
    if (this.#routers.get(worker) !== router) throw new ParleyError('media_unavailable');
    return router.openPeer(() => open(router), coming);
  }

  /** Brings a producer of one router, perhaps of another node, to another one; undefined if that is the same. See `Pipes.reach`. */
  reach(
    piped: PipedStream,
    home: PipeHome<RoomRouter>,
    target: RoomRouter,
  ): Promise<ConsumerSupply> | undefined {
    return home.id === target.id ? undefined : this.#pipes.reach(piped, home, target);
  }

  /** Call it when a producer was closed at home. */
  producerClosed(producerId: ProducerId): void {
    this.#pipes.producerClosed(producerId);
  }

  /** Closes the routers without peers, and keeps one of them if there is no other. */
  closeUnused(): void {
    for (const router of this.#routers.values())
      if (router.peerCount === 0 && this.size > 1) this.remove(router);
  }

  /** Closes one router and not the others, with the pipes from and to it. */
  remove(router: RoomRouter): void {
    if (!this.#routers.delete(router.worker)) return;
    this.#pipes.routerClosed(router);
    this.speakers.remove(router.speakers);
    this.#end(router);
  }

  async #add(worker: MediaWorker): Promise<RoomRouter> {
    const router = await RoomRouter.create(worker, this.#places.capacityOf(worker), this.#pipePlace);
    if (this.#closed || worker.closed) {
      router.close();
      throw new ParleyError(this.#closed ? 'closed' : 'media_unavailable');
    }
    this.#routers.set(worker, router);
    this.speakers.add(router.speakers);
    this.#metrics.roomRouterOpened();
    return router;
  }

  #end(router: RoomRouter): void {
    router.close();
    this.#metrics.roomRouterClosed();
  }
}
