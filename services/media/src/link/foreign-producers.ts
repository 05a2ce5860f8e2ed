import { withDeadline } from '@parley/common/async';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { WantedLayers } from '../layers/wanted-layers.ts';
import type { ConsumerSupply, PeerConsumer } from '../router/peer-consumer.ts';
import { ForeignProducer } from './foreign-producer.ts';
import { ForeignRouter, type LinkTarget } from './foreign-router.ts';
import type { HeardRouters } from './heard-routers.ts';
import type { Homes } from './home-nodes.ts';
import type { OwnVoices } from './own-voices.ts';

export type ForeignProducersOptions = {
  roomId: string;
  homes: Homes;
  /** Whether something of the producer is on this node, or on the way to it. */
  isCarried: (producerId: ProducerId) => boolean;
  /** Those of this node, which links report. */
  voices: OwnVoices;
  heard: HeardRouters;
};

/** So that one slow home does not fail what a client asks of others in the same request. */
const REACH_TIMEOUT_MS = 2_000;
const NOTHING_WANTED: WantedLayers = { wanted: false, maxSpatialLayer: 0 };

/**
 * The producers of other nodes that a room knows: those of which something is carried to this node. The peers that they belong to are on their own nodes, and
 * this room ends without them.
 */
export class ForeignProducers<T extends LinkTarget> {
  readonly #options: ForeignProducersOptions;
  readonly #producers = new Map<ProducerId, ForeignProducer<T>>();
  readonly #routers = new Map<string, ForeignRouter<T>>();
  readonly #finding = new Map<ProducerId, Promise<ForeignProducer<T>>>();
  /** How many callers need each one now, although nothing of it may be carried yet. */
  readonly #uses = new Map<ProducerId, number>();
  #closed = false;

  constructor(options: ForeignProducersOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#producers.size;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const producer of this.#producers.values()) this.#forget(producer);
  }

  find(producerId: ProducerId): ForeignProducer<T> | undefined {
    return this.#producers.get(producerId);
  }

  /**
   * Runs `act` with a producer, which is known until that has settled, and then as long as something of it is carried. Rejects with `producer_not_found` or
   * `media_unavailable`, and as `act` does.
   *
   * @param home The address of the node that the peer of the producer is on.
   */
  async use<R>(
    producerId: ProducerId,
    home: string,
    act: (producer: ForeignProducer<T>) => Promise<R>,
  ): Promise<R> {
    if (this.#closed) throw new ParleyError('closed');
    this.#uses.set(producerId, (this.#uses.get(producerId) ?? 0) + 1);
    try {
      return await act(this.#producers.get(producerId) ?? (await this.#find(producerId, home)));
    } finally {
      const uses = (this.#uses.get(producerId) ?? 1) - 1;
      if (uses > 0) this.#uses.set(producerId, uses);
      else this.#uses.delete(producerId);
      this.forgetUnused(producerId);
    }
  }

  /** Rejects with `media_unavailable` if a pipe takes too long. It is made nevertheless, for those who ask again. */
  async inTime(reaching: Promise<ConsumerSupply>): Promise<ConsumerSupply> {
    return withDeadline(reaching, REACH_TIMEOUT_MS, () => {
      reaching.then(
        (late) => late.release(),
        () => undefined,
      );
      throw new ParleyError('media_unavailable');
    });
  }

  /** Call it when nothing of the producer is carried any more. */
  forgetUnused(producerId: ProducerId): void {
    const producer = this.#producers.get(producerId);
    if (producer === undefined || this.#uses.has(producerId) || this.#options.isCarried(producerId)) return;
    this.#forget(producer);
  }

  /** Call it when a consumer is new, when its demand has changed, and when it is closed. */
  updateDemand(consumer: PeerConsumer): void {
    this.#producers.get(consumer.producer.producerId)?.updateDemand(consumer);
  }

  /** Callers that ask at the same time share one question. */
  #find(producerId: ProducerId, home: string): Promise<ForeignProducer<T>> {
    const finding =
      this.#finding.get(producerId) ??
      this.#ask(producerId, home).finally(() => this.#finding.delete(producerId));
    this.#finding.set(producerId, finding);
    return finding;
  }

  async #ask(producerId: ProducerId, home: string): Promise<ForeignProducer<T>> {
    const { homes, roomId } = this.#options;
    const found = await homes.find(home, roomId, producerId);
    if (this.#closed) throw new ParleyError('closed');
    const router = this.#routers.get(found.routerId) ?? this.#addRouter(found.routerId, home);
    const producer = new ForeignProducer(producerId, found, router);
    this.#producers.set(producerId, producer);
    return producer;
  }

  #addRouter(id: string, home: string): ForeignRouter<T> {
    const { homes, roomId, voices, heard } = this.#options;
    const wantedOf = (producerId: ProducerId): WantedLayers =>
      this.#producers.get(producerId)?.wanted ?? NOTHING_WANTED;
    const router = new ForeignRouter<T>({ id, home, homes, roomId, voices, heard, wantedOf });
    this.#routers.set(id, router);
    return router;
  }

  #forget({ id, router }: ForeignProducer<T>): void {
    this.#producers.get(id)?.close();
    this.#producers.delete(id);
    for (const other of this.#producers.values()) if (other.router === router) return;
    this.#routers.delete(router.id);
    router.close();
  }
}
