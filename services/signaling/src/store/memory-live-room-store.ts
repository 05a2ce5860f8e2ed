import { ParleyError, type PeerId, type RoomCode, type RoomRecord } from '@parley/proto';
import type {
  LeaveReason,
  LivePeer,
  LiveRoom,
  LiveRoomStore,
  PeerAddition,
  PeerChange,
  PeerGuard,
  PeerRef,
  PeerRestoration,
  RestoreOutcome,
  RoomEvent,
  RoomListener,
} from './live-room-store.ts';
import { assertGuard, isForGood, mayLeave, withNextVersion } from './peer-rules.ts';

const DEPARTURE_MS = 300_000;

type Options = {
  /** How long a departure is remembered: as long as a join token is valid. */
  departureMs?: number;
};
type Departure = { readonly reason: LeaveReason; readonly forgetAt: number };
type MutableRoom = {
  record: RoomRecord;
  mediaNodeId: string;
  /** When the peer joined who made it; undefined where that was one who was put back. */
  since: number | undefined;
  readonly peers: Map<PeerId, LivePeer>;
};

/** The store of a single signaling instance. Each operation runs without interruption, which makes it atomic. */
export class MemoryLiveRoomStore implements LiveRoomStore {
  readonly shared = false;
  readonly #rooms = new Map<RoomCode, MutableRoom>();
  /** The oldest first. */
  readonly #departures = new Map<string, Departure>();
  readonly #departureMs: number;
  readonly #listeners = new Map<RoomCode, Set<RoomListener>>();
  #closed = false;

  constructor({ departureMs = DEPARTURE_MS }: Options = {}) {
    this.#departureMs = departureMs;
  }

  close(): void {
    this.#closed = true;
    this.#rooms.clear();
    this.#departures.clear();
    this.#listeners.clear();
  }

  async find(code: RoomCode): Promise<LiveRoom | undefined> {
    this.#assertOpen();
    const room = this.#rooms.get(code);
    return room && view(room);
  }

  async findPeer(code: RoomCode, peerId: PeerId): Promise<LivePeer | undefined> {
    this.#assertOpen();
    return this.#rooms.get(code)?.peers.get(peerId);
  }

  async addPeer(addition: PeerAddition): Promise<LiveRoom> {
    this.#assertOpen();
    const { code } = addition.room;
    const room: MutableRoom = this.#rooms.get(code) ?? {
      record: addition.room,
      mediaNodeId: addition.mediaNodeId,
      since: addition.peer.record.joinedAt,
      peers: new Map(),
    };
    const { peerId } = addition.peer.record;
    if (isForGood(this.#departureOf(code, peerId))) throw new ParleyError('token_used');
    if (room.peers.has(peerId)) throw new ParleyError('already_joined');
    if (room.peers.size >= addition.peerLimit) throw new ParleyError('room_full');
    if (room.mediaNodeId !== addition.mediaNodeId) return view(room);
    room.peers.set(peerId, addition.peer);
    this.#rooms.set(code, room);
    this.#emit(code, { type: 'peer-joined', peer: addition.peer.record });
    return view(room);
  }

  async changePeer(code: RoomCode, peerId: PeerId, guard: PeerGuard, change: PeerChange): Promise<LivePeer> {
    this.#assertOpen();
    const room = this.#rooms.get(code);
    const before = room?.peers.get(peerId);
    if (room === undefined || before === undefined) throw new ParleyError('peer_not_found');
    assertGuard(before, guard);
    const changed = change(before);
    const after = withNextVersion(before, changed);
    room.peers.set(peerId, after);
    if (after.sessionId !== before.sessionId)
      this.#emit(code, { type: 'peer-claimed', peerId, sessionId: after.sessionId });
    if (after.record !== before.record) this.#emit(code, { type: 'peer-updated', peer: after.record });
    return after;
  }

  async removePeer(ref: PeerRef, reason: LeaveReason): Promise<LivePeer | undefined> {
    this.#assertOpen();
    const room = this.#rooms.get(ref.code);
    const peer = room?.peers.get(ref.peerId);
    if (room === undefined || peer?.sessionId !== ref.sessionId) return undefined;
    if (!mayLeave(peer, reason, Date.now())) return undefined;
    room.peers.delete(ref.peerId);
    if (room.peers.size === 0) this.#rooms.delete(ref.code);
    this.#remember(ref, reason);
    this.#emit(ref.code, { type: 'peer-left', peerId: ref.peerId, reason });
    return peer;
  }

  async leaveReasonOf(code: RoomCode, peerId: PeerId): Promise<LeaveReason | undefined> {
    this.#assertOpen();
    return this.#departureOf(code, peerId);
  }

  async restorePeer({ room: record, mediaNodeId, peer }: PeerRestoration): Promise<RestoreOutcome> {
    this.#assertOpen();
    const { code } = record;
    const { peerId } = peer.record;
    const stored = this.#rooms.get(code);
    const room: MutableRoom = stored ?? { record, mediaNodeId, since: undefined, peers: new Map() };
    const present = room.peers.get(peerId);
    if (present !== undefined) return present.sessionId === peer.sessionId ? 'held' : 'claimed';
    if (this.#departureOf(code, peerId) !== undefined) return 'departed';
    if (peer.mediaNodeId === mediaNodeId && peer.record.joinedAt < (room.since ?? 0)) {
      const isMoved = room.mediaNodeId !== mediaNodeId;
      [room.since, room.mediaNodeId] = [undefined, mediaNodeId];
      if (isMoved) this.#emit(code, { type: 'room-moved', mediaNodeId });
    }
    room.peers.set(peerId, peer);
    this.#rooms.set(code, room);
    this.#emit(code, { type: 'peer-updated', peer: peer.record });
    return 'restored';
  }

  async moveRoom(code: RoomCode, from: string, to: string): Promise<string | undefined> {
    this.#assertOpen();
    const room = this.#rooms.get(code);
    if (room === undefined || room.mediaNodeId !== from || from === to) return room?.mediaNodeId;
    room.mediaNodeId = to;
    this.#emit(code, { type: 'room-moved', mediaNodeId: to });
    return to;
  }

  async listExpired(now: number): Promise<PeerRef[]> {
    return this.#list(({ expiresAt }) => expiresAt !== null && expiresAt <= now);
  }

  async listHeld(): Promise<PeerRef[]> {
    return this.#list(({ expiresAt }) => expiresAt === null);
  }

  /** Nobody but this instance has peers here. */
  async listOrphaned(): Promise<PeerRef[]> {
    return [];
  }

  async assertReachable(): Promise<void> {
    this.#assertOpen();
  }

  async publish(code: RoomCode, event: RoomEvent): Promise<void> {
    this.#assertOpen();
    this.#emit(code, event);
  }

  async subscribe(code: RoomCode, listener: RoomListener): Promise<() => void> {
    this.#assertOpen();
    // A listener of its own, so that the same function may be given twice and each is ended alone.
    const entry: RoomListener = (news) => listener(news);
    const listeners = this.#listeners.get(code) ?? new Set();
    this.#listeners.set(code, listeners.add(entry));
    return () => {
      listeners.delete(entry);
      if (listeners.size === 0 && this.#listeners.get(code) === listeners) this.#listeners.delete(code);
    };
  }

  async size(): Promise<{ rooms: number; peers: number }> {
    let peers = 0;
    for (const room of this.#rooms.values()) peers += room.peers.size;
    return { rooms: this.#rooms.size, peers };
  }

  #list(which: (peer: LivePeer) => boolean): PeerRef[] {
    this.#assertOpen();
    return [...this.#rooms].flatMap(([code, room]) =>
      [...room.peers.values()].filter(which).map(({ record, sessionId }) => ({
        code,
        peerId: record.peerId,
        sessionId,
      })),
    );
  }

  #departureOf(code: RoomCode, peerId: PeerId): LeaveReason | undefined {
    const departure = this.#departures.get(departureKey(code, peerId));
    return departure !== undefined && departure.forgetAt > Date.now() ? departure.reason : undefined;
  }

  #remember({ code, peerId }: PeerRef, reason: LeaveReason): void {
    const now = Date.now();
    for (const [key, { forgetAt }] of this.#departures) {
      if (forgetAt > now) break;
      this.#departures.delete(key);
    }
    this.#departures.delete(departureKey(code, peerId));
    this.#departures.set(departureKey(code, peerId), { reason, forgetAt: now + this.#departureMs });
  }

  #emit(code: RoomCode, event: RoomEvent): void {
    for (const listener of this.#listeners.get(code) ?? []) listener(event);
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('unavailable');
  }
}

function view(room: MutableRoom): LiveRoom {
  return { record: room.record, mediaNodeId: room.mediaNodeId, peers: [...room.peers.values()] };
}

function departureKey(code: RoomCode, peerId: PeerId): string {
  return `${code}/${peerId}`;
}
