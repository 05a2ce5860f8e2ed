import { MemoryBuckets } from '@parley/common/limits';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import { UNKNOWN_IDENTITY, type Identity, type Role, type RoomRecord } from '@parley/proto/room';
import { callStart, roomUpdated } from './live-room-store.ts';
import type {
  ChangedPeer,
  LeaveReason,
  LivePeer,
  LiveRoom,
  LiveRoomStore,
  NodeCounts,
  PeerAddition,
  PeerChange,
  PeerGuard,
  PeerRef,
  PeerRestoration,
  Person,
  RestoreOutcome,
  RoomAccess,
  RoomChange,
  RoomEvent,
  RoomListener,
  RoomView,
} from './live-room-store.ts';
import { MemoryWaitingList } from './memory-waiting-list.ts';
import {
  asHost,
  assertGuard,
  eventsOfChange,
  givenRole,
  isForGood,
  mayLeave,
  placed,
  reasonTtlMs,
  ROLES_MAX,
  stopsLeading,
  withNextVersion,
  type GivenRole,
} from './peer-rules.ts';

const LEAVE_REASON_TTL_MS = 300_000;

type Options = {
  /** How long the store keeps why a peer left: as long as a join token may be used. */
  leaveReasonTtlMs?: number;
};
type KeptReason = { readonly reason: LeaveReason; readonly expiresAt: number };
type MutableRoom = {
  record: RoomRecord;
  access: RoomAccess | undefined;
  /** Of peers, by media node. Nodes without one are not in it. */
  readonly nodes: Map<string, number>;
  /** The node that the room took last. */
  lastNode: string | null;
  /** When the peer that made the room joined; undefined if that peer was put back. */
  since: number | undefined;
  leaderLeftAt: number | null;
  readonly roles: Map<Identity, Role>;
  readonly peers: Map<PeerId, LivePeer>;
  /** The network of the peer that made the room. */
  readonly owner: string;
};

/** The store of a single signaling instance. Each operation is atomic, because nothing in it waits. */
export class MemoryLiveRoomStore implements LiveRoomStore {
  readonly shared = false;
  readonly waiting: MemoryWaitingList;
  readonly buckets = new MemoryBuckets();
  readonly #rooms = new Map<RoomCode, MutableRoom>();
  /** In the order of leaving. */
  readonly #leaveReasons = new Map<string, KeptReason>();
  readonly #leaveReasonTtlMs: number;
  #reasonsSweptAt = 0;
  readonly #listeners = new Map<RoomCode, Set<RoomListener>>();
  #closed = false;

  constructor({ leaveReasonTtlMs = LEAVE_REASON_TTL_MS }: Options = {}) {
    this.#leaveReasonTtlMs = leaveReasonTtlMs;
    this.waiting = new MemoryWaitingList(
      () => this.#assertOpen(),
      (code, waiting) => this.#emit(code, { type: 'waiting-changed', waiting }),
    );
  }

  get available(): boolean {
    return !this.#closed;
  }

  now(): number {
    return Date.now();
  }

  close(): void {
    this.#closed = true;
    this.#rooms.clear();
    this.#leaveReasons.clear();
    this.#listeners.clear();
  }

  async find(code: RoomCode): Promise<LiveRoom | undefined> {
    this.#assertOpen();
    const room = this.#rooms.get(code);
    return room && toLiveRoom(room);
  }

  async findPeer(code: RoomCode, peerId: PeerId): Promise<LivePeer | undefined> {
    this.#assertOpen();
    return this.#rooms.get(code)?.peers.get(peerId);
  }

  async look(code: RoomCode, person: Person): Promise<RoomView | undefined> {
    this.#assertOpen();
    const room = this.#rooms.get(code);
    return room && toView(room, person);
  }

  async addPeer(addition: PeerAddition): Promise<RoomView> {
    this.#assertOpen();
    const { code } = addition.room;
    const room: MutableRoom = this.#rooms.get(code) ?? {
      record: addition.room,
      access: addition.access,
      nodes: new Map(),
      lastNode: null,
      since: addition.peer.record.joinedAt,
      leaderLeftAt: null,
      roles: new Map(),
      peers: new Map(),
      owner: addition.peer.network,
    };
    const { peerId } = addition.peer.record;
    if (isForGood(this.#leaveReasonOf(code, peerId))) throw new ParleyError('token_used');
    if (room.peers.has(peerId)) throw new ParleyError('already_joined');
    if (room.peers.size >= addition.peerLimit) throw new ParleyError('room_full');
    if (this.#isNetworkFull(code, room, addition)) throw new ParleyError('address_limited');
    const { identity, network } = addition.peer;
    const person = { identity, peerId, network };
    const { mediaNodeId } = addition.peer;
    const isPlaced = room.lastNode !== null && mediaNodeId !== null;
    if (addition.placedAsFirst && isPlaced && !nodesOf(room).has(mediaNodeId)) return toView(room, person);
    room.peers.set(peerId, addition.peer);
    movePeer(room, null, mediaNodeId);
    this.#rooms.set(code, room);
    this.#emit(code, { type: 'peer-joined', ...placed(addition.peer) });
    return toView(room, person);
  }

  async changePeer(
    code: RoomCode,
    peerId: PeerId,
    guard: PeerGuard,
    change: PeerChange,
  ): Promise<ChangedPeer> {
    this.#assertOpen();
    const room = this.#rooms.get(code);
    const before = room?.peers.get(peerId);
    if (room === undefined || before === undefined) throw new ParleyError('peer_not_found');
    assertGuard(before, guard);
    const after = withNextVersion(before, change(before));
    room.peers.set(peerId, after);
    movePeer(room, before.mediaNodeId, after.mediaNodeId);
    if (stopsLeading(before, after)) room.leaderLeftAt = this.now();
    keepRole(room.roles, givenRole(before, after));
    for (const event of eventsOfChange(before, after)) this.#emit(code, event);
    return { before, after };
  }

  async promote(code: RoomCode, peerId: PeerId, leaderLeftAt: number): Promise<LivePeer | undefined> {
    this.#assertOpen();
    const room = this.#rooms.get(code);
    const before = room?.peers.get(peerId);
    if (room === undefined || before === undefined || room.leaderLeftAt !== leaderLeftAt) return undefined;
    const after = asHost(before);
    room.peers.set(peerId, after);
    room.leaderLeftAt = null;
    keepRole(room.roles, givenRole(before, after));
    this.#emit(code, { type: 'peer-updated', ...placed(after) });
    return after;
  }

  async removePeer(ref: PeerRef, reason: LeaveReason): Promise<LivePeer | undefined> {
    this.#assertOpen();
    const room = this.#rooms.get(ref.code);
    const peer = room?.peers.get(ref.peerId);
    if (room === undefined || peer?.sessionId !== ref.sessionId) return undefined;
    if (!mayLeave(peer, reason, Date.now())) return undefined;
    room.peers.delete(ref.peerId);
    movePeer(room, peer.mediaNodeId, null);
    if (stopsLeading(peer, undefined)) room.leaderLeftAt = this.now();
    if (room.peers.size === 0) this.#rooms.delete(ref.code);
    this.#keepReason(ref, reason);
    this.#emit(ref.code, { type: 'peer-left', peerId: ref.peerId, reason });
    return peer;
  }

  async leaveReasonOf(code: RoomCode, peerId: PeerId): Promise<LeaveReason | undefined> {
    this.#assertOpen();
    return this.#leaveReasonOf(code, peerId);
  }

  async restorePeer({ room: record, peer }: PeerRestoration): Promise<RestoreOutcome> {
    this.#assertOpen();
    const { code } = record;
    const { peerId } = peer.record;
    const stored = this.#rooms.get(code);
    const room: MutableRoom = stored ?? {
      record,
      access: undefined,
      nodes: new Map(),
      lastNode: null,
      since: undefined,
      leaderLeftAt: null,
      roles: new Map(),
      peers: new Map(),
      owner: peer.network,
    };
    const present = room.peers.get(peerId);
    if (present !== undefined) return present.sessionId === peer.sessionId ? 'held' : 'claimed';
    if (this.#leaveReasonOf(code, peerId) !== undefined) return 'left';
    room.peers.set(peerId, peer);
    movePeer(room, null, peer.mediaNodeId);
    this.#rooms.set(code, room);
    this.#emit(code, { type: 'peer-updated', ...placed(peer) });
    return 'restored';
  }

  async changeSettings(code: RoomCode, { record, access }: RoomChange): Promise<void> {
    this.#assertOpen();
    const room = this.#rooms.get(code);
    if (room === undefined || room.record.version > record.version) return;
    if (room.record.version === record.version && room.access !== undefined) return;
    [room.record, room.access] = [record, access];
    this.#emit(code, roomUpdated({ record, access }));
  }

  async addNode(code: RoomCode, known: readonly string[], node: string): Promise<NodeCounts | undefined> {
    this.#assertOpen();
    const room = this.#rooms.get(code);
    if (room === undefined) return undefined;
    if ([...nodesOf(room).keys()].every((id) => known.includes(id))) room.lastNode = node;
    return nodesOf(room);
  }

  async listExpired(now: number): Promise<PeerRef[]> {
    return this.#list(({ expiresAt }) => expiresAt !== null && expiresAt <= now);
  }

  async listHeld(): Promise<PeerRef[]> {
    return this.#list(({ expiresAt }) => expiresAt === null);
  }

  /** No other instance has peers here. */
  async listOrphaned(): Promise<PeerRef[]> {
    return [];
  }

  /** Events do not wait. */
  async oldestEventAge(): Promise<number> {
    return 0;
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
    // A function of its own, so that a listener that is added twice is also removed once at a time.
    const entry: RoomListener = (event) => listener(event);
    const listeners = this.#listeners.get(code) ?? new Set();
    this.#listeners.set(code, listeners.add(entry));
    return () => {
      listeners.delete(entry);
      if (listeners.size === 0 && this.#listeners.get(code) === listeners) this.#listeners.delete(code);
    };
  }

  async listCodes(): Promise<RoomCode[]> {
    this.#assertOpen();
    return [...this.#rooms.keys()];
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

  #leaveReasonOf(code: RoomCode, peerId: PeerId): LeaveReason | undefined {
    const kept = this.#leaveReasons.get(keyOf(code, peerId));
    return kept !== undefined && kept.expiresAt > Date.now() ? kept.reason : undefined;
  }

  #keepReason({ code, peerId }: PeerRef, reason: LeaveReason): void {
    const now = Date.now();
    this.#sweepReasons(now);
    const expiresAt = now + reasonTtlMs(reason, this.#leaveReasonTtlMs);
    this.#leaveReasons.set(keyOf(code, peerId), { reason, expiresAt });
  }

  /** Some are kept for hours and others for minutes, so all are looked at, but seldom. */
  #sweepReasons(now: number): void {
    if (now - this.#reasonsSweptAt < this.#leaveReasonTtlMs) return;
    this.#reasonsSweptAt = now;
    for (const [key, { expiresAt }] of this.#leaveReasons)
      if (expiresAt <= now) this.#leaveReasons.delete(key);
  }

  #emit(code: RoomCode, event: RoomEvent): void {
    for (const listener of this.#listeners.get(code) ?? []) listener(event);
  }

  #isNetworkFull(code: RoomCode, room: MutableRoom, addition: PeerAddition): boolean {
    const { peer, networkPeerLimit, networkRoomLimit } = addition;
    const peers = [...room.peers.values()].filter(({ network }) => network === peer.network);
    if (peers.length >= networkPeerLimit) return true;
    if (this.#rooms.has(code)) return false;
    const rooms = [...this.#rooms.values()].filter(({ owner }) => owner === peer.network);
    return rooms.length >= networkRoomLimit;
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('unavailable');
  }
}

function toLiveRoom(room: MutableRoom): LiveRoom {
  const peers = [...room.peers.values()];
  const { record, access, since, leaderLeftAt, roles } = room;
  return {
    record,
    access,
    nodes: nodesOf(room),
    since: callStart(since, peers),
    leaderLeftAt,
    roles: new Map(roles),
    peers,
  };
}

function toView(room: MutableRoom, { identity, peerId, network }: Person): RoomView {
  const { peers, ...head } = toLiveRoom(room);
  const isOwn = (peer: LivePeer): boolean =>
    peer.record.peerId === peerId || (identity !== UNKNOWN_IDENTITY && peer.identity === identity);
  return {
    ...head,
    own: peers.filter(isOwn),
    peerCount: peers.length,
    networkPeerCount: peers.filter((peer) => peer.network === network).length,
  };
}

function nodesOf({ nodes, lastNode }: MutableRoom): NodeCounts {
  const counts = new Map(nodes);
  if (lastNode !== null && !counts.has(lastNode)) counts.set(lastNode, 0);
  return counts;
}

function movePeer(room: MutableRoom, from: string | null, to: string | null): void {
  if (from === to) return;
  if (from !== null) {
    const left = (room.nodes.get(from) ?? 0) - 1;
    if (left > 0) room.nodes.set(from, left);
    else room.nodes.delete(from);
  }
  if (to === null) return;
  room.nodes.set(to, (room.nodes.get(to) ?? 0) + 1);
  room.lastNode ??= to;
}

function keepRole(roles: Map<Identity, Role>, given: GivenRole | undefined): void {
  if (given?.role === 'participant') roles.delete(given.identity);
  else if (given !== undefined && (roles.size < ROLES_MAX || roles.has(given.identity)))
    roles.set(given.identity, given.role);
}

function keyOf(code: RoomCode, peerId: PeerId): string {
  return `${code}/${peerId}`;
}
