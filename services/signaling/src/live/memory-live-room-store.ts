import { isDeepStrictEqual } from 'node:util';
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
  RoomEvent,
  RoomListener,
} from './live-room-store.ts';

type StoredRoom = { record: RoomRecord; mediaNodeId: string; readonly peers: Map<PeerId, LivePeer> };

/** The store of a single signaling instance. Each operation runs without interruption, which makes it atomic. */
export class MemoryLiveRoomStore implements LiveRoomStore {
  readonly shared = false;
  readonly #rooms = new Map<RoomCode, StoredRoom>();
  readonly #listeners = new Map<RoomCode, Set<RoomListener>>();
  #closed = false;

  close(): void {
    this.#closed = true;
    this.#rooms.clear();
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
    const room: StoredRoom = this.#rooms.get(code) ?? {
      record: addition.room,
      mediaNodeId: addition.mediaNodeId,
      peers: new Map(),
    };
    if (room.peers.has(addition.peer.record.peerId)) throw new ParleyError('already_joined');
    if (room.peers.size >= addition.peerLimit) throw new ParleyError('room_full');
    if (room.mediaNodeId !== addition.mediaNodeId) return view(room);
    room.peers.set(addition.peer.record.peerId, addition.peer);
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
    room.peers.delete(ref.peerId);
    if (room.peers.size === 0) this.#rooms.delete(ref.code);
    this.#emit(ref.code, { type: 'peer-left', peerId: ref.peerId, reason });
    return peer;
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
    this.#assertOpen();
    const expired: PeerRef[] = [];
    for (const [code, room] of this.#rooms) {
      for (const [peerId, peer] of room.peers) {
        if (peer.expiresAt !== null && peer.expiresAt <= now)
          expired.push({ code, peerId, sessionId: peer.sessionId });
      }
    }
    return expired;
  }

  async publish(code: RoomCode, event: RoomEvent): Promise<void> {
    this.#assertOpen();
    this.#emit(code, event);
  }

  async subscribe(code: RoomCode, listener: RoomListener): Promise<() => void> {
    this.#assertOpen();
    // A listener of its own, so that the same function may be given twice and each is ended alone.
    const entry: RoomListener = (event) => listener(event);
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

  #emit(code: RoomCode, event: RoomEvent): void {
    for (const listener of this.#listeners.get(code) ?? []) listener(event);
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('unavailable');
  }
}

function view(room: StoredRoom): LiveRoom {
  return { record: room.record, mediaNodeId: room.mediaNodeId, peers: [...room.peers.values()] };
}

function assertGuard(peer: LivePeer, guard: PeerGuard): void {
  if (guard === 'none') return;
  if ('sessionId' in guard) {
    if (peer.sessionId !== guard.sessionId) throw new ParleyError('closed');
  } else if (!peer.resumeSecretHashes.includes(guard.resumeSecretHash)) {
    throw new ParleyError('resume_rejected');
  }
}

/** A record that changed carries the version after the present one; one that did not stays the same object. */
function withNextVersion(before: LivePeer, changed: LivePeer): LivePeer {
  if (isDeepStrictEqual(before.record, changed.record)) return { ...changed, record: before.record };
  return { ...changed, record: { ...changed.record, version: before.record.version + 1 } };
}
