import {
  leads,
  type MessageId,
  type PeerId,
  type PeerRecord,
  type ProducerId,
  type RoomRecord,
} from '@parley/proto';
import type { LiveRoom, RoomEvent } from '../store/live-room-store.ts';

/** More than the messages of one resync, and more than the peers that leave during one. */
const KEPT_MAX = 1_000;

/**
 * The room as the clients of this instance know it from snapshots and notifications. After missed events, the stored
 * room is compared with this state.
 */
export class ReportedState {
  readonly #peers = new Map<PeerId, PeerRecord>();
  /** The newest messages, oldest first. */
  readonly #messages = new Set<MessageId>();
  /** Peers that left, in the order of leaving. A room that was read before must not bring them back. */
  readonly #left = new Set<PeerId>();
  #record: RoomRecord | undefined;
  #mediaNodeId: string | undefined;

  get record(): RoomRecord | undefined {
    return this.#record;
  }

  get mediaNodeId(): string | undefined {
    return this.#mediaNodeId;
  }

  find(peerId: PeerId): PeerRecord | undefined {
    return this.#peers.get(peerId);
  }

  has(producerId: ProducerId): boolean {
    for (const { producers } of this.#peers.values())
      if (producers.some((producer) => producer.producerId === producerId)) return true;
    return false;
  }

  get leaderless(): boolean {
    const peers = [...this.#peers.values()];
    return peers.length > 0 && !peers.some(({ role }) => leads(role));
  }

  /** Whether the clients were notified that the peer left. */
  hasLeft(peerId: PeerId): boolean {
    return this.#left.has(peerId);
  }

  /** Called when a client of this instance gets `room` as its snapshot. */
  load(room: LiveRoom): void {
    // An event may have been faster than what was read.
    if (room.record.version >= (this.#record?.version ?? 0)) this.#record = room.record;
    this.#mediaNodeId = room.mediaNodeId;
    for (const { record } of room.peers) if (!this.#left.has(record.peerId)) this.#put(record);
  }

  apply(event: RoomEvent): void {
    if (event.type === 'peer-joined' || event.type === 'peer-updated') this.#put(event.peer);
    else if (event.type === 'peer-left') this.#remove(event.peerId);
    else if (event.type === 'room-updated') this.#record = event.room;
    else if (event.type === 'room-moved') this.#mediaNodeId = event.mediaNodeId;
  }

  /** False if the message was added before. */
  addMessage(messageId: MessageId): boolean {
    if (this.#messages.has(messageId)) return false;
    keepNewest(this.#messages, messageId);
    return true;
  }

  /** The events that lead from this state to the stored room, and the peers that the stored room lacks. */
  compare(room: LiveRoom | undefined): { events: RoomEvent[]; missing: PeerId[] } {
    const stored = new Map(room?.peers.map(({ record }) => [record.peerId, record]));
    const events: RoomEvent[] = [];
    if (room !== undefined && room.record.version > (this.#record?.version ?? 0))
      events.push({ type: 'room-updated', room: room.record });
    if (room !== undefined && room.mediaNodeId !== this.#mediaNodeId)
      events.push({ type: 'room-moved', mediaNodeId: room.mediaNodeId });
    for (const peer of stored.values()) {
      const known = this.#peers.get(peer.peerId);
      if (known === undefined && !this.#left.has(peer.peerId)) events.push({ type: 'peer-joined', peer });
      if (known !== undefined && known.version < peer.version) events.push({ type: 'peer-updated', peer });
    }
    return { events, missing: [...this.#peers.keys()].filter((peerId) => !stored.has(peerId)) };
  }

  #put(record: PeerRecord): void {
    this.#left.delete(record.peerId);
    const known = this.#peers.get(record.peerId);
    if (known === undefined || known.version < record.version) this.#peers.set(record.peerId, record);
  }

  #remove(peerId: PeerId): void {
    this.#peers.delete(peerId);
    keepNewest(this.#left, peerId);
  }
}

function keepNewest<T>(set: Set<T>, item: T): void {
  set.add(item);
  const [oldest] = set;
  if (set.size > KEPT_MAX && oldest !== undefined) set.delete(oldest);
}
