import type {
  ChatMessage,
  PeerId,
  PeerRecord,
  Permission,
  Reaction,
  RoomCode,
  RoomRecord,
  TraceId,
} from '@parley/proto';

/** Names one stay of one peer on one socket. It changes with every join and resume, and with it who may change the peer. */
export type SessionId = string & { readonly __brand: 'SessionId' };

export type LeaveReason = 'left' | 'timed-out' | 'failed';

/** A peer as signaling knows it: the record that everybody sees, and what nobody sees. Immutable. */
export type LivePeer = {
  readonly record: PeerRecord;
  readonly sessionId: SessionId;
  /** The signaling instance that holds the socket. */
  readonly instanceId: string;
  /**
   * SHA-256 of the secrets that resume it, newest first; the secrets themselves are known to the client only. The one
   * before the newest counts too, because the reply with the newest may have been lost.
   */
  readonly resumeSecretHashes: readonly string[];
  readonly permissions: readonly Permission[];
  readonly traceId: TraceId;
  /** Names the peer's line in the call history. */
  readonly attendanceId: string;
  /** The media node that has its transports; null while it has none. */
  readonly mediaNodeId: string | null;
  /** When the peer leaves for good unless it resumes; null while its socket is there. Milliseconds since the epoch. */
  readonly expiresAt: number | null;
};

/** A room with somebody in it. Immutable. */
export type LiveRoom = {
  readonly record: RoomRecord;
  readonly mediaNodeId: string;
  /** In the order of joining. */
  readonly peers: readonly LivePeer[];
};

/** What happened in a room. Published after it is stored; records come whole, so that late or double delivery is harmless. */
export type RoomEvent =
  | { readonly type: 'room-updated'; readonly room: RoomRecord }
  | { readonly type: 'room-moved'; readonly mediaNodeId: string }
  | { readonly type: 'peer-joined'; readonly peer: PeerRecord }
  | { readonly type: 'peer-updated'; readonly peer: PeerRecord }
  /** Another session holds the peer now; whoever held it before lets go. */
  | { readonly type: 'peer-claimed'; readonly peerId: PeerId; readonly sessionId: SessionId }
  /** The media of this session was closed behind its back, by somebody who failed to take its peer over. */
  | { readonly type: 'peer-media-closed'; readonly peerId: PeerId; readonly sessionId: SessionId }
  | { readonly type: 'peer-left'; readonly peerId: PeerId; readonly reason: LeaveReason }
  | { readonly type: 'peer-reacted'; readonly peerId: PeerId; readonly reaction: Reaction }
  | { readonly type: 'chat-received'; readonly message: ChatMessage };

/** What a subscriber hears: the room's events, and that it may have missed some since then (ms since the epoch). */
export type RoomNews = RoomEvent | { readonly type: 'events-missed'; readonly since: number };

export type RoomListener = (news: RoomNews) => void;

/** What the caller must know of the peer to change it. */
export type PeerGuard = { readonly sessionId: SessionId } | { readonly resumeSecretHash: string } | 'none';

/** Pure: it may run again when somebody else changed the peer meanwhile. It must not touch the record's version. */
export type PeerChange = (peer: LivePeer) => LivePeer;

export type PeerAddition = {
  /** Makes the room, when this is its first peer. */
  readonly room: RoomRecord;
  readonly mediaNodeId: string;
  readonly peer: LivePeer;
  readonly peerLimit: number;
};

/** A peer as the instance that holds it knows it, for a store that lost its data. */
export type PeerRestoration = Omit<PeerAddition, 'peerLimit'>;

/** `held`: the store has it as it is; `claimed`: another session has it; `departed`: it left meanwhile. */
export type RestoreOutcome = 'restored' | 'held' | 'claimed' | 'departed';

export type PeerRef = { readonly code: RoomCode; readonly peerId: PeerId; readonly sessionId: SessionId };

/**
 * Who is in which room now. Every operation is atomic; its event is published to the room's listeners after it is
 * stored. A room exists from its first peer to its last. Every method rejects with `unavailable` when the store is away.
 */
export interface LiveRoomStore {
  /** Whether other instances see the same rooms, so that a peer can go on there when this instance stops. */
  readonly shared: boolean;

  find(code: RoomCode): Promise<LiveRoom | undefined>;
  findPeer(code: RoomCode, peerId: PeerId): Promise<LivePeer | undefined>;

  /**
   * Rejects with `room_full`, with `already_joined` for a peer that is in, and with `token_used` for one that left for
   * good. When the room is placed on another media node than the addition says, nothing is added: the result's
   * `mediaNodeId` tells where it is.
   */
  addPeer(addition: PeerAddition): Promise<LiveRoom>;

  /**
   * Rejects with `peer_not_found`, or with `closed` (`resume_rejected` for a secret) when the guard does not match.
   * A changed record gets the next version and is published; a changed session is published as claimed.
   */
  changePeer(code: RoomCode, peerId: PeerId, guard: PeerGuard, change: PeerChange): Promise<LivePeer>;

  /**
   * Resolves with the peer to exactly one caller; with undefined when it is gone, another session holds it, or it is to
   * time out and its time is not over.
   */
  removePeer(ref: PeerRef, reason: LeaveReason): Promise<LivePeer | undefined>;

  /** Why the peer left, while that is remembered: as long as its join token may be valid. */
  leaveReasonOf(code: RoomCode, peerId: PeerId): Promise<LeaveReason | undefined>;

  /**
   * Puts back a peer that the store does not know any more, whatever the limit, and tells its record. The first one
   * with media that is put back into a room that was made after it had joined moves the room to its own node: whoever
   * made the room did not know of the call.
   */
  restorePeer(restoration: PeerRestoration): Promise<RestoreOutcome>;

  /** Moves the room if it is still on `from`. Resolves with the node it is on afterwards; undefined: no such room. */
  moveRoom(code: RoomCode, from: string, to: string): Promise<string | undefined>;

  /** Peers whose time to resume is over. */
  listExpired(now: number): Promise<PeerRef[]>;

  /** Peers with a socket, as the store has it, on the instance of this store. */
  listHeld(): Promise<PeerRef[]>;

  /** Peers with a socket, as the store has it, on instances that have died. */
  listOrphaned(): Promise<PeerRef[]>;

  /** Passes on what is not kept here. */
  publish(code: RoomCode, event: RoomEvent): Promise<void>;
  /** From the moment it resolves no event is missed without `events-missed` being told after. Returns the function that ends it. */
  subscribe(code: RoomCode, listener: RoomListener): Promise<() => void>;

  /** Rejects with `unavailable` when the store is away. */
  assertReachable(): Promise<void>;

  /** What is stored now, for metrics and for looking for leaks. */
  size(): Promise<{ rooms: number; peers: number }>;
  close(): void;
}
