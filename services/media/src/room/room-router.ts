import type { MediaKind } from '@parley/proto/rtp';
import type { RateWatch } from '../limits/rate-watch.ts';
import type { PipeLink } from '../pipe/pipe-links.ts';
import type { PipeRouter } from '../pipe/pipes.ts';
import type { MediaRouter } from '../router/media-router.ts';
import type { PeerTransport, TransportSettings } from '../router/peer-transport.ts';
import type { Speakers } from '../router/speakers.ts';
import type { MediaWorker } from '../worker/media-worker.ts';

/** The capacity of one worker. `openPeer` and `makeConsumer` run their argument, or throw `at_capacity`. */
export interface RoomCapacity {
  /** Whether it has more streams than it may, because voices are never refused for the sake of pictures. */
  readonly overfull: boolean;
  /** `coming`: how many streams the peer will still have; undefined: no more, from now on. */
  openPeer<T>(open: () => Promise<T>, coming: () => number | undefined): Promise<T>;
  releasePeer(): void;
  makeConsumer<T>(kind: MediaKind, make: () => Promise<T>): Promise<T>;
}

/** The router that a room has on one worker, with the speakers among its peers. */
export class RoomRouter implements PipeRouter<RoomRouter> {
  readonly worker: MediaWorker;
  readonly speakers: Speakers;
  readonly #router: MediaRouter;
  readonly #capacity: RoomCapacity;
  #peers = 0;

  static async create(worker: MediaWorker, capacity: RoomCapacity): Promise<RoomRouter> {
    const router = await worker.createRouter();
    try {
      return new RoomRouter(worker, capacity, router, await router.createSpeakers());
    } catch (error) {
      router.close();
      throw error;
    }
  }

  private constructor(worker: MediaWorker, capacity: RoomCapacity, router: MediaRouter, speakers: Speakers) {
    this.worker = worker;
    this.speakers = speakers;
    this.#router = router;
    this.#capacity = capacity;
  }

  get id(): string {
    return this.#router.id;
  }

  /** Peers, those that are being opened included. */
  get peerCount(): number {
    return this.#peers;
  }

  /** Whether pictures have to give way on the worker. */
  get overfull(): boolean {
    return this.#capacity.overfull;
  }

  /** Looks at what the peers send. */
  get rates(): Pick<RateWatch, 'add' | 'remove'> {
    return this.worker.rates;
  }

  /** Closes with it every transport. */
  close(): void {
    this.speakers.close();
    this.#router.close();
  }

  /** Runs `open`, and counts its peer until `releasePeer`. Throws `at_capacity`. */
  async openPeer<T>(open: () => Promise<T>, coming: () => number | undefined): Promise<T> {
    this.#peers += 1;
    try {
      return await this.#capacity.openPeer(open, coming);
    } catch (error) {
      this.#peers -= 1;
      throw error;
    }
  }

  releasePeer(): void {
    this.#peers -= 1;
    this.#capacity.releasePeer();
  }

  makeConsumer<T>(kind: MediaKind, make: () => Promise<T>): Promise<T> {
    return this.#capacity.makeConsumer(kind, make);
  }

  createTransport(settings: TransportSettings): Promise<PeerTransport> {
    return this.#router.createTransport(settings);
  }

  linkTo(other: RoomRouter): Promise<PipeLink> {
    return this.#router.linkTo(other.#router);
  }
}
