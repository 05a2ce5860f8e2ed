import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';

type Place = { readonly nodeId: string | null; readonly producerIds: readonly ProducerId[] };

/** Which media node each producer of a room is on: that of its peer. Clients do not learn of it. */
export class Homes {
  readonly #peers = new Map<PeerId, Place>();
  readonly #producers = new Map<ProducerId, PeerId>();

  get nodeIds(): ReadonlySet<string> {
    return new Set([...this.#peers.values()].flatMap(({ nodeId }) => nodeId ?? []));
  }

  /** Null while the peer has no media, undefined for a producer of nobody. */
  of(producerId: ProducerId): string | null | undefined {
    const peerId = this.#producers.get(producerId);
    return peerId === undefined ? undefined : this.#peers.get(peerId)?.nodeId;
  }

  put({ peerId, producers }: PeerRecord, mediaNodeId: string | null): void {
    const former = this.#peers.get(peerId)?.nodeId ?? null;
    this.remove(peerId);
    const producerIds = producers.map(({ producerId }) => producerId);
    // While a peer moves it has no media, and what it sends goes on where it was.
    const nodeId = mediaNodeId ?? (producerIds.length > 0 ? former : null);
    this.#peers.set(peerId, { nodeId, producerIds });
    for (const producerId of producerIds) this.#producers.set(producerId, peerId);
  }

  remove(peerId: PeerId): void {
    for (const producerId of this.#peers.get(peerId)?.producerIds ?? [])
      if (this.#producers.get(producerId) === peerId) this.#producers.delete(producerId);
    this.#peers.delete(peerId);
  }
}
