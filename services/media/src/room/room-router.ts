import type { MediaKind } from '@parley/proto/rtp';
import type { RateWatch } from '../limits/rate-watch.ts';
import type { LinkTarget } from '../link/foreign-router.ts';
import type { LinkSource } from '../link/link-at-home.ts';
import type { PipePlace } from '../network/pipe-address.ts';
import type { PipeLink } from '../pipe/pipe-links.ts';
import type { PipeHome } from '../pipe/pipes.ts';
import type { MediaRouter } from '../router/media-router.ts';
import type { PeerTransport, TransportSettings } from '../router/peer-transport.ts';
import type { PipeEnd } from '../router/pipe-end.ts';
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
  /** Runs `make`, and counts that it was refused if it rejects with `at_capacity`. */
  makeLinkEnd<T>(make: () => Promise<T>): Promise<T>;
}

/** The router that a room has on one worker, with the speakers among its peers. */
export class RoomRouter implements PipeHome<RoomRouter>, LinkTarget, LinkSource {
  readonly worker: MediaWorker;
  readonly speakers: Speakers;
  readonly #router: MediaRouter;
  readonly #capacity: RoomCapacity;
  readonly #pipePlace: PipePlace;
  #peers = 0;

  /** @param pipePlace Where links to other nodes end. */
  static async create(
    worker: MediaWorker,
    capacity: RoomCapacity,
    pipePlace: PipePlace,
  ): Promise<RoomRouter> {
    const router = await worker.createRouter();
    try {
      return new RoomRouter({ worker, capacity, pipePlace, router, speakers: await router.createSpeakers() });
    } catch (error) {
      router.close();
      throw error;
    }
  }

  private constructor(parts: {
    worker: MediaWorker;
    capacity: RoomCapacity;
    pipePlace: PipePlace;
    router: MediaRouter;
    speakers: Speakers;
  }) {
    this.worker = parts.worker;
    this.speakers = parts.speakers;
    this.#router = parts.router;
    this.#capacity = parts.capacity;
    this.#pipePlace = parts.pipePlace;
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

  createPipeEnd(): Promise<PipeEnd> {
    return this.#capacity.makeLinkEnd(() => this.#router.createPipeEnd(this.#pipePlace));
  }
}
