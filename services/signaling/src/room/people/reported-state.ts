import type { MessageId, PeerId, ProducerId } from '@parley/proto/ids';
import { leads, type PeerRecord, type PeopleCounts, type RoomRecord } from '@parley/proto/room';
import {
  roomUpdated,
  type LeaveReason,
  type LivePeer,
  type LiveRoom,
  type RoomEvent,
  type RoomView,
} from '../../store/live-room-store.ts';
import { isForGood, placed } from '../../store/peer-rules.ts';
import { Homes } from './homes.ts';
import { countsOf, isProminent } from './people-page.ts';

/** So many people are shown to everybody, whatever they do. */
const SHOWN_MAX = 100;
/** More than the messages of one resync, and more than the peers that leave during one. */
const KEPT_MAX = 1_000;

/**
 * The room as the clients of this instance know it from snapshots and notifications. After missed events, the stored
 * room is compared with this state.
 */
export class ReportedState {
  readonly #peers = new Map<PeerId, PeerRecord>();
  readonly #homes = new Homes();
  /** The newest messages, oldest first. */
  readonly #messages = new Set<MessageId>();
  /** Peers that left, in the order of leaving. A room that was read before must not bring them back. */
  readonly #left = new Map<PeerId, LeaveReason>();
  /** The peers that snapshots have for clients that take pages: whoever was prominent once, and the first of the others. */
  readonly #shown = new Set<PeerId>();
  /** Those of them whom the clients do not have yet, because no event of them follows. */
  readonly #revealed = new Set<PeerId>();
  #wasCrowd = false;
  #record: RoomRecord | undefined;
  #since: number | undefined;
  #isLoaded = false;
  /** How often events were missed, and at which of these times the store was compared the last time. */
  #misses = 0;
  #comparedMisses = 0;

  get record(): RoomRecord | undefined {
    return this.#record;
  }

  /** What decides how far back people read the chat; undefined while no client has a snapshot. */
  get chatRoom(): { since: number; record: RoomRecord } | undefined {
    return this.#record && { since: this.#since ?? 0, record: this.#record };
  }

  /** Whether this is the whole room: `empty` before the first client, `behind` from missed events to the comparison with the store. */
  get status(): 'empty' | 'behind' | 'whole' {
    if (!this.#isLoaded) return 'empty';
    return this.#misses === this.#comparedMisses ? 'whole' : 'behind';
  }

  /** Of all peers, in the order of joining. */
  get records(): readonly PeerRecord[] {
    return [...this.#peers.values()].sort((a, b) => a.joinedAt - b.joinedAt);
  }

  isShown(peerId: PeerId): boolean {
    return this.#shown.has(peerId);
  }

  /** The peers that are shown from now on although nothing of them changed. The clients are to be notified of them. */
  takeRevealed(): PeerRecord[] {
    const records = [...this.#revealed].flatMap((peerId) => this.#peers.get(peerId) ?? []);
    this.#revealed.clear();
    return records;
  }

  /** Whether there was ever anybody who is not shown. */
  get isCrowd(): boolean {
    this.#wasCrowd ||= this.#shown.size < this.#peers.size;
    return this.#wasCrowd;
  }

  /** Undefined without a crowd: then clients count themselves. */
  get crowdCounts(): PeopleCounts | undefined {
    return this.isCrowd ? countsOf([...this.#peers.values()]) : undefined;
  }

  /** Handed to `handleCompared` after the comparison that begins now. */
  get misses(): number {
    return this.#misses;
  }

  find(peerId: PeerId): PeerRecord | undefined {
    return this.#peers.get(peerId);
  }

  /** The media node of the producer; null while its peer has none, undefined for one that no client was notified of. */
  homeOf(producerId: ProducerId): string | null | undefined {
    return this.#homes.of(producerId);
  }

  /** The peers with a socket that are on these media nodes, in the order of joining. */
  peersOn(isOne: (nodeId: string | null) => boolean): PeerId[] {
    const present = this.records.filter(({ connection }) => connection === 'connected');
    const peerIds = present.map(({ peerId }) => peerId);
    return peerIds.filter((peerId) => isOne(this.#homes.nodeOf(peerId) ?? null));
  }

  /** The number of peers. */
  get size(): number {
    return this.#peers.size;
  }

  /** The media nodes of all peers. */
  get nodeIds(): ReadonlySet<string> {
    return this.#homes.nodeIds;
  }

  get leaderless(): boolean {
    const peers = [...this.#peers.values()];
    return peers.length > 0 && !peers.some(({ role }) => leads(role));
  }

  /** Whether the clients were notified that the peer left. */
  hasLeft(peerId: PeerId): boolean {
    return this.#left.has(peerId);
  }

  /** Whether the peer cannot come back: changes of it that arrive now are older. One that timed out may be put back by its instance. */
  isGone(peerId: PeerId): boolean {
    const reason = this.#left.get(peerId);
    return isForGood(reason) && reason !== 'timed-out';
  }

  /** Called when a client of this instance gets `room` as its snapshot. True if the others have an older record of the room. */
  load(room: RoomView): boolean {
    const known = this.#record;
    // An event may have been faster than what was read.
    if (!this.hasRoom(room.record)) this.#record = room.record;
    this.#since = room.since;
    for (const { record, mediaNodeId } of room.own) {
      if (this.#left.has(record.peerId)) continue;
      // Of somebody who is new here an event follows.
      const wasHidden = this.#peers.has(record.peerId) && !this.#shown.has(record.peerId);
      this.#put(record, mediaNodeId);
      if (wasHidden && this.#shown.has(record.peerId)) this.#revealed.add(record.peerId);
    }
    return known !== undefined && known !== this.#record;
  }

  /** Whether this record of the room, or a newer one, is known. An older one may have looser settings. */
  hasRoom({ version }: RoomRecord): boolean {
    return this.#record !== undefined && version <= this.#record.version;
  }

  /** All peers of the room, for the first client of this instance. */
  loadAll(peers: readonly LivePeer[]): void {
    for (const { record, mediaNodeId } of peers)
      if (!this.#left.has(record.peerId)) this.#put(record, mediaNodeId);
    this.#isLoaded = true;
  }

  handleMissed(): void {
    this.#misses += 1;
  }

  handleCompared(misses: number): void {
    this.#comparedMisses = misses;
  }

  apply(event: RoomEvent): void {
    if (event.type === 'peer-joined' || event.type === 'peer-updated')
      this.#put(event.peer, event.mediaNodeId);
    else if (event.type === 'peer-left') this.#remove(event.peerId, event.reason);
    else if (event.type === 'room-updated') this.#record = event.room;
  }

  /** False if the message was added before. */
  addMessage(messageId: MessageId): boolean {
    if (this.#messages.has(messageId)) return false;
    this.#messages.add(messageId);
    dropOldest(this.#messages);
    return true;
  }

  /** The events that lead from this state to the stored room, and the peers that the stored room lacks. */
  compare(room: LiveRoom | undefined): { events: RoomEvent[]; missing: PeerId[] } {
    const stored = new Map(room?.peers.map((peer) => [peer.record.peerId, placed(peer)]));
    const events: RoomEvent[] = [];
    if (room !== undefined && room.record.version > (this.#record?.version ?? 0))
      events.push(roomUpdated(room));
    for (const [peerId, one] of stored) {
      const known = this.#peers.get(peerId);
      if (known === undefined && !this.#left.has(peerId)) events.push({ type: 'peer-joined', ...one });
      if (known !== undefined && known.version < one.peer.version)
        events.push({ type: 'peer-updated', ...one });
    }
    return { events, missing: [...this.#peers.keys()].filter((peerId) => !stored.has(peerId)) };
  }

  #put(record: PeerRecord, mediaNodeId: string | null): void {
    this.#left.delete(record.peerId);
    const known = this.#peers.get(record.peerId);
    if (known === undefined || known.version < record.version) {
      this.#peers.set(record.peerId, record);
      this.#homes.put(record, mediaNodeId);
    }
    if (this.#shown.size < SHOWN_MAX || isProminent(record)) this.#shown.add(record.peerId);
  }

  #remove(peerId: PeerId, reason: LeaveReason): void {
    this.#peers.delete(peerId);
    this.#homes.remove(peerId);
    this.#shown.delete(peerId);
    this.#revealed.delete(peerId);
    this.#fillShown();
    this.#left.set(peerId, reason);
    dropOldest(this.#left);
  }

  /** A place that is free again goes to the one of the others that came first. */
  #fillShown(): void {
    while (this.#shown.size < SHOWN_MAX && this.#shown.size < this.#peers.size) {
      const hidden = [...this.#peers.values()].filter(({ peerId }) => !this.#shown.has(peerId));
      const { peerId } = hidden.reduce((first, one) => (one.joinedAt < first.joinedAt ? one : first));
      this.#shown.add(peerId);
      this.#revealed.add(peerId);
    }
  }
}

function dropOldest<T>(kept: { size: number; keys: () => Iterable<T>; delete: (key: T) => boolean }): void {
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
}
