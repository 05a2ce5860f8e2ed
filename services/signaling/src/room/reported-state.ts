import type { MessageId, PeerId, PeerRecord, ProducerId, RoomRecord } from '@parley/proto';
import type { LiveRoom, RoomEvent } from '../store/live-room-store.ts';

/** More messages than are made up for at once, more peers than leave meanwhile. */
const REMEMBERED_MAX = 1_000;

/** The room as the clients of this instance were told it is. What is stored is compared with it when events were missed. */
export class ReportedState {
  readonly #peers = new Map<PeerId, PeerRecord>();
  /** The newest messages, the oldest first. */
  readonly #messages = new Set<MessageId>();
  /** Who left, the first one first: what was read before must not bring them back. */
  readonly #gone = new Set<PeerId>();
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

  /** Somebody here gets a snapshot of it. */
  learn(room: LiveRoom): void {
    this.#record = room.record;
    this.#mediaNodeId = room.mediaNodeId;
    for (const { record } of room.peers) if (!this.#gone.has(record.peerId)) this.#put(record);
  }

  /** Whether it was told already that the peer left. */
  isGone(peerId: PeerId): boolean {
    return this.#gone.has(peerId);
  }

  apply(event: RoomEvent): void {
    if (event.type === 'peer-joined' || event.type === 'peer-updated') this.#put(event.peer);
    else if (event.type === 'peer-left') this.#drop(event.peerId);
    else if (event.type === 'room-updated') this.#record = event.room;
    else if (event.type === 'room-moved') this.#mediaNodeId = event.mediaNodeId;
  }

  /** Whether the message was not told before. */
  hear(messageId: MessageId): boolean {
    if (this.#messages.has(messageId)) return false;
    remember(this.#messages, messageId);
    return true;
  }

  /** The events that were missed, if the room is as stored; and who is not in it, for whatever reason. */
  compare(room: LiveRoom | undefined): { events: RoomEvent[]; missing: PeerId[] } {
    const stored = new Map(room?.peers.map(({ record }) => [record.peerId, record]));
    const events: RoomEvent[] = [];
    if (room !== undefined && room.record.version > (this.#record?.version ?? 0))
      events.push({ type: 'room-updated', room: room.record });
    if (room !== undefined && room.mediaNodeId !== this.#mediaNodeId)
      events.push({ type: 'room-moved', mediaNodeId: room.mediaNodeId });
    for (const peer of stored.values()) {
      const known = this.#peers.get(peer.peerId);
      if (known === undefined && !this.#gone.has(peer.peerId)) events.push({ type: 'peer-joined', peer });
      if (known !== undefined && known.version < peer.version) events.push({ type: 'peer-updated', peer });
    }
    return { events, missing: [...this.#peers.keys()].filter((peerId) => !stored.has(peerId)) };
  }

  #put(record: PeerRecord): void {
    this.#gone.delete(record.peerId);
    const known = this.#peers.get(record.peerId);
    if (known === undefined || known.version < record.version) this.#peers.set(record.peerId, record);
  }

  #drop(peerId: PeerId): void {
    this.#peers.delete(peerId);
    remember(this.#gone, peerId);
  }
}

function remember<T>(set: Set<T>, item: T): void {
  set.add(item);
  const [oldest] = set;
  if (set.size > REMEMBERED_MAX && oldest !== undefined) set.delete(oldest);
}
