import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';

type Place = { readonly nodeId: string | null; readonly producerIds: readonly ProducerId[] };

/**
 * Which media node each producer of a room is on: the one that its peer was on when it was made. After a move the record has producers of the former node
 * for a while, beside those of the new one. Clients do not learn of it.
 */
export class Homes {
  readonly #peers = new Map<PeerId, Place>();
  readonly #producers = new Map<ProducerId, string | null>();

  /** Of the peers, and of what they still send from elsewhere. */
  get nodeIds(): ReadonlySet<string> {
    const places = Array.from(this.#peers.values(), ({ nodeId }) => nodeId);
    return new Set([...places, ...this.#producers.values()].flatMap((nodeId) => nodeId ?? []));
  }

  /** Null if its peer had no media when it was first seen, undefined for a producer of nobody. */
  of(producerId: ProducerId): string | null | undefined {
    return this.#producers.get(producerId);
  }

  /** Of a peer; null while it has no media, undefined for nobody. */
  nodeOf(peerId: PeerId): string | null | undefined {
    return this.#peers.get(peerId)?.nodeId;
  }

  put({ peerId, producers }: PeerRecord, mediaNodeId: string | null): void {
    const producerIds = producers.map(({ producerId }) => producerId);
    const homes = producerIds.map((producerId) => this.#producers.get(producerId) ?? mediaNodeId);
    this.remove(peerId);
    this.#peers.set(peerId, { nodeId: mediaNodeId, producerIds });
    for (const [index, producerId] of producerIds.entries())
      this.#producers.set(producerId, homes[index] ?? null);
  }

  remove(peerId: PeerId): void {
    for (const producerId of this.#peers.get(peerId)?.producerIds ?? []) this.#producers.delete(producerId);
    this.#peers.delete(peerId);
  }
}
