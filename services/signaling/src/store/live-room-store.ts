import type { PeerId, RoomCode, TraceId } from '@parley/proto/ids';
import type { RegionTimes } from '@parley/proto/regions';
import type { Notification } from '@parley/proto/requests';
import type { Act, Identity, PeerRecord, Reaction, Role, RoomRecord } from '@parley/proto/room';
import type { SharedBuckets } from '@parley/common/limits';
import type { ChatRecord } from '../database/chat-record.ts';
import type { Waiting, WaitingList } from './waiting-list.ts';

/** Names a session: one peer on one socket. Each join and each resume makes a new one, and only the newest may change the peer. */
export type SessionId = string & { readonly __brand: 'SessionId' };

/**
 * Why a peer left. The server ended it with `secret-reused`, because two people have its resume secret; with `unreachable`,
 * because no media of it ever came through; with `unused`, because nobody in its room ever sent or received; with `over-limit`,
 * because it sent too much media; with `ended-by-operator`, because an operator ended the call. People ended it with `removed`, `banned` or `call-ended`, and the person with `moved`, by going on
 * with another device.
 */
export type LeaveReason =
  | Notification<'peer:left'>['reason']
  | 'secret-reused'
  | 'unreachable'
  | 'unused'
  | 'over-limit'
  | 'removed'
  | 'banned'
  | 'call-ended'
  | 'ended-by-operator'
  | 'moved';

/** A peer as signaling has it: the record that everybody in the room sees, and what nobody else sees. Immutable. */
export type LivePeer = {
  readonly record: PeerRecord;
  readonly sessionId: SessionId;
  /** The signaling instance that holds the socket. */
  readonly instanceId: string;
  /**
   * SHA-256 of the resume secrets, newest first; only the client has the secrets themselves. The last but one counts as
   * well, because the reply with the newest may have been lost.
   */
  readonly resumeSecretHashes: readonly string[];
  /** Secrets whose successor was used, newest first: whoever shows one now did not receive it from this server alone. */
  readonly retiredSecretHashes: readonly string[];
  /** Names the network that the peer joined from, see `networkName`. */
  readonly network: string;
  /** Grows with each session of the peer. */
  readonly claims: number;
  /** When the peer began a session on another instance than before; null for never. See `shareAfterMove`. */
  readonly movedAt: number | null;
  /** The person; several peers may be of one. */
  readonly identity: Identity;
  /** The network that the gateway saw when it asked for the join token, as bans name it. */
  readonly addressHash: string;
  readonly traceId: TraceId;
  /** The peer's entry in the attendance. */
  readonly attendanceId: string;
  /** The media node that has the peer's transports; null while the peer has none. */
  readonly mediaNodeId: string | null;
  /** How far its client found the regions, for each placement of its media. Absent if it has measured nothing. */
  readonly regionTimes?: RegionTimes | undefined;
  /** When the peer leaves unless it resumes, in milliseconds since the epoch; null while its socket is connected. */
  readonly expiresAt: number | null;
  /** Whether the page of the client said that it goes away. Absent as false. */
  readonly pageClosed?: boolean | undefined;
  /**
   * The microphone that was lost with the media: open, or muted by somebody while it is away. Absent if that one was not open, and
   * once there is another one.
   */
  readonly lostMicrophone?: 'open' | 'muted' | undefined;
};

/** Somebody who may not come in. Times are milliseconds since the epoch. */
export type Ban = {
  readonly identity: Identity;
  /** Guests from this network may not come in either; null for the ban of an account. */
  readonly addressHash: string | null;
  /** null: until somebody lifts it. */
  readonly endsAt: number | null;
};

/** What the door of a room decides by. The record of the room, which every client sees, has nothing of it. */
export type RoomAccess = {
  /** null: the room was made before there were owners. */
  readonly owner: Identity | null;
  readonly passcodeHash: string | null;
  readonly bans: readonly Ban[];
  /** Whether people who are not in the room yet see who is. Absent as false. */
  readonly namesBeforeJoin?: boolean | undefined;
};

/**
 * How many peers of a room have media on each media node. The node that the room took last is among them as long as the room lasts, also with
 * 0: those who have just lost their media there come back to it.
 */
export type NodeCounts = ReadonlyMap<string, number>;

/** A room with at least one peer in it. Immutable. */
export type LiveRoom = {
  readonly record: RoomRecord;
  /** Undefined if the room was put back into a store that lost its data, or an instance of an older version made it. */
  readonly access: RoomAccess | undefined;
  readonly nodes: NodeCounts;
  /** When the present call began: the room was empty before. In milliseconds since the epoch. */
  readonly since: number;
  /** When the last of those left who led the call; null if none has. Milliseconds since the epoch by the clock of the store. */
  readonly leaderLeftAt: number | null;
  /** Roles that people have been given in this call and keep until it ends. Those without an entry are participants. */
  readonly roles: ReadonlyMap<Identity, Role>;
  /** In the order of joining. */
  readonly peers: readonly LivePeer[];
};

/** For whom a room is looked at: the peers of this identity and the one with this id are part of the view. */
export type Person = {
  readonly identity: Identity | null;
  readonly peerId?: PeerId;
  readonly network?: string;
};

/** A room as one person has it: whatever its size, it is small. Immutable. */
export type RoomView = Omit<LiveRoom, 'peers'> & {
  /** The peers of the person, and of nobody else. In the order of joining. */
  readonly own: readonly LivePeer[];
  readonly peerCount: number;
  /** Peers from the network of the person. */
  readonly networkPeerCount: number;
};

/** A peer may have joined before the moment that the store has, because it was put back into an empty store. */
export function callStart(stored: number | undefined, peers: readonly LivePeer[]): number {
  return Math.min(stored ?? Number.POSITIVE_INFINITY, ...peers.map(({ record }) => record.joinedAt));
}

export function peerOf(room: RoomView | undefined, peerId: PeerId): LivePeer | undefined {
  return room?.own.find(({ record }) => record.peerId === peerId);
}

/** A record that everybody sees, and what the instances alone know: the media node of the peer; null while it has none. */
export type PlacedRecord = { readonly peer: PeerRecord; readonly mediaNodeId: string | null };

/**
 * A change in a room, published to every instance after it is stored. Records come whole, so that late or double delivery
 * is harmless.
 */
export type RoomEvent =
  /** `namesBeforeJoin`: see `RoomAccess`. */
  | {
      readonly type: 'room-updated';
      readonly room: RoomRecord;
      readonly namesBeforeJoin?: boolean | undefined;
    }
  /** People of the room have proven that the media of the room on this node is gone. */
  | { readonly type: 'node-left'; readonly mediaNodeId: string }
  | ({ readonly type: 'peer-joined' } & PlacedRecord)
  | ({ readonly type: 'peer-updated' } & PlacedRecord)
  /** A newer session has the peer. Those with fewer claims end. Events of several claims may arrive after the last. */
  | {
      readonly type: 'peer-claimed';
      readonly peerId: PeerId;
      readonly sessionId: SessionId;
      readonly claims: number;
    }
  /** Somebody who failed to take the peer over has closed the media of this session. */
  | { readonly type: 'peer-media-closed'; readonly peerId: PeerId; readonly sessionId: SessionId }
  | { readonly type: 'peer-left'; readonly peerId: PeerId; readonly reason: LeaveReason }
  | { readonly type: 'peer-reacted'; readonly peerId: PeerId; readonly reaction: Reaction }
  | { readonly type: 'waiting-changed'; readonly waiting: Waiting }
  /** Somebody did something that concerns this peer. */
  | { readonly type: 'act-done'; readonly toPeerId: PeerId; readonly act: Act }
  | ({ readonly type: 'chat-received' } & ChatRecord)
  /** `byPeerId`: the peer that changed it, for the limits of the room; null if that is not known. */
  | ({
      readonly type: 'chat-changed';
      readonly byPeerId: PeerId | null;
      readonly use: 'chat' | 'reaction';
    } & ChatRecord)
  | ({ readonly type: 'chat-typed' } & Notification<'chat:typed'>)
  | ({ readonly type: 'chat-cleared' } & Notification<'chat:cleared'>);

/** The listener may have missed events since then (milliseconds since the epoch). */
export type EventsMissed = { readonly type: 'events-missed'; readonly since: number };

export type RoomListener = (event: RoomEvent | EventsMissed) => void;

/** A condition for a change of the peer. */
export type PeerGuard = { readonly sessionId: SessionId } | { readonly resumeSecretHash: string } | 'none';

/** Pure: it runs again if somebody else changed the peer meanwhile. It must not touch the record's version. */
export type PeerChange = (peer: LivePeer) => LivePeer;

export type ChangedPeer = { readonly before: LivePeer; readonly after: LivePeer };

export type PeerAddition = {
  /** Makes the room if this is its first peer. */
  readonly room: RoomRecord;
  /** Of the room that is made; undefined if it is not known here. */
  readonly access: RoomAccess | undefined;
  readonly peer: LivePeer;
  /** The caller placed the peer without knowing of such a room. */
  readonly placedAsFirst: boolean;
  readonly peerLimit: number;
  /** Peers of the room from the network of the peer. */
  readonly networkPeerLimit: number;
  /** Rooms whose first peer came from the network of the peer. */
  readonly networkRoomLimit: number;
};

/** A peer as its session has it, for a store that lost its data. */
export type PeerRestoration = Omit<
  PeerAddition,
  'access' | 'placedAsFirst' | 'peerLimit' | 'networkPeerLimit' | 'networkRoomLimit'
>;

/** `held`: the store has the peer with this session; `claimed`: with another session; `left`: the peer left meanwhile. */
export type RestoreOutcome = 'restored' | 'held' | 'claimed' | 'left';

/** The room after a change of what is stored of it. */
export type RoomChange = { readonly record: RoomRecord; readonly access: RoomAccess };

/** The event of a room that has changed. */
export function roomUpdated({ record, access }: Pick<LiveRoom, 'record' | 'access'>): RoomEvent {
  const { namesBeforeJoin = false } = access ?? {};
  return { type: 'room-updated', room: record, ...(namesBeforeJoin && { namesBeforeJoin }) };
}

export type PeerRef = { readonly code: RoomCode; readonly peerId: PeerId; readonly sessionId: SessionId };

/**
 * The live rooms. Every operation is atomic, and its event is published to the room's listeners after it is stored. A
 * room exists from its first peer to its last. Every method rejects with `unavailable` while the store is away.
 */
export interface LiveRoomStore {
  /** Whether other instances see the same rooms, so that a peer can go on there when this instance stops. */
  readonly shared: boolean;
  /** Whether the store can be asked and its events arrive now, as far as is known without asking it. */
  readonly available: boolean;
  /** The people before the doors of rooms. */
  readonly waiting: WaitingList;

  /**
   * Milliseconds since the epoch by the clock that all instances share. Times that the store keeps are made with it: the clocks of machines differ.
   */
  now(): number;

  find(code: RoomCode): Promise<LiveRoom | undefined>;
  /** As `find`, at a cost that does not grow with the number of peers. */
  look(code: RoomCode, person: Person): Promise<RoomView | undefined>;
  findPeer(code: RoomCode, peerId: PeerId): Promise<LivePeer | undefined>;

  /**
   * Resolves with the room as it is afterwards for the person. If the peer was placed as the first, and the room is by now on media nodes, and that of the peer is none
   * of them, nothing is added. A caller that knows of the room has called `addNode` instead. Rejects with `room_full`, with `address_limited` if the network of the peer has too many peers in the room, or
   * too many rooms, with `already_joined` for a peer that is in the room, and with `token_used` for a
   * peer that left.
   */
  addPeer(addition: PeerAddition): Promise<RoomView>;

  /**
   * A changed record, or another media node, gives the record the next version, and is published; a changed session is published as claimed; a changed role is kept
   * in `roles`, for the next peers of the person. Rejects with `peer_not_found`, or with `closed` (`resume_rejected` for a secret) if the guard does not match.
   */
  changePeer(code: RoomCode, peerId: PeerId, guard: PeerGuard, change: PeerChange): Promise<ChangedPeer>;

  /**
   * Makes the peer a host, if it is there and `leaderLeftAt` of the room is still the given one, which ends with it: of several callers
   * exactly one succeeds, and resolves with the peer.
   */
  promote(code: RoomCode, peerId: PeerId, leaderLeftAt: number): Promise<LivePeer | undefined>;

  /**
   * Resolves with the peer for exactly one caller. Resolves with undefined if the peer is gone, if another session has
   * it, or if the reason is `timed-out` and its time is not over.
   */
  removePeer(ref: PeerRef, reason: LeaveReason): Promise<LivePeer | undefined>;

  /**
   * Why the peer left. The store keeps the reason for as long as the peer's join token may be valid; for hours if somebody ended the
   * peer, so that its client does not come back by itself.
   */
  leaveReasonOf(code: RoomCode, peerId: PeerId): Promise<LeaveReason | undefined>;

  /**
   * Puts back a peer that the store does not have any more, whatever the limit and whatever nodes the room is on, and publishes its record.
   */
  restorePeer(restoration: PeerRestoration): Promise<RestoreOutcome>;

  /**
   * Puts a change into the live room and publishes the record. Does nothing if there is no such room, if it has a higher
   * version of the record, or this one with its `access`: changes may arrive in another order than that in which they were
   * stored.
   */
  changeSettings(code: RoomCode, change: RoomChange): Promise<void>;

  /**
   * Adds a media node to those of the room, unless the room is by now on one that is not in `known`: of several instances that place peers of one
   * room at once, one chooses the node. Resolves with the nodes afterwards, or undefined if there is no such room.
   */
  addNode(code: RoomCode, known: readonly string[], node: string): Promise<NodeCounts | undefined>;

  /** Peers whose grace is over. `now` is the time by the clock of the store. */
  listExpired(now: number): Promise<PeerRef[]>;

  /** Peers with a socket on this instance, according to the store. */
  listHeld(): Promise<PeerRef[]>;

  /** Peers with a socket on an instance that died, according to the store. */
  listOrphaned(): Promise<PeerRef[]>;

  /** Counts that all instances share. They count alone while the store is away. */
  readonly buckets: SharedBuckets;

  /** Passes on an event without storing anything. */
  publish(code: RoomCode, event: RoomEvent): Promise<void>;

  /**
   * From the moment it resolves the listener receives every event of the room, or `events-missed` later. Resolves with
   * the function that ends the subscription.
   */
  subscribe(code: RoomCode, listener: RoomListener): Promise<() => void>;

  /** For how many milliseconds the oldest event has waited that this instance has not received; 0 if none waits. */
  oldestEventAge(): Promise<number>;

  /** Asks the store. Rejects with `unavailable` if it is away. */
  assertReachable(): Promise<void>;

  /** The codes of all rooms, in no order. */
  listCodes(): Promise<RoomCode[]>;

  /** The number of stored rooms and peers, for metrics and leak tests. */
  size(): Promise<{ rooms: number; peers: number }>;
  close(): void;
}
