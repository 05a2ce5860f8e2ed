import type { PeerId, RoomCode } from '@parley/proto/ids';
import { UNKNOWN_IDENTITY, type Identity } from '@parley/proto/room';
import type { LivePeer, PeerRef, SessionId } from './live-room-store.ts';

/*
 * Every key that signaling has in Redis. docs/redis.md lists them with owner, purpose and expiry.
 */

const PREFIX = 'parley:';

/** Each instance refreshes its rooms, so that only a cluster that died lets them expire. */
export const ROOM_TTL_MS = 30 * 60_000;

/** The inbox of an instance that died is gone after this. Each heartbeat refreshes it. */
export const INBOX_TTL_MS = 2 * 60_000;

export const KEYS = {
  /**
   * Hash: `record`, `access`, `revision`: the version of both, `nodes`: how many of its peers are on each media node (JSON), `node`: the
   * media node that it took last, `order`, `since`: when the peer that made the room
   * joined, `roles`: those that people keep until the call ends, `owner`: the network of that peer, `begun`: when its first peer joined that is known of,
   * `network:<name>`: how many of its peers joined from a network, and `person:<identity>`: the ids of the peers of a person.
   */
  room: (code: RoomCode) => `${PREFIX}room:${code}`,
  /** Hash: peer id to `<order>:<peer>`. */
  peers: (code: RoomCode) => `${PREFIX}room:${code}:peers`,
  /** String. */
  leaveReason: (code: RoomCode, peerId: PeerId) => `${PREFIX}room:${code}:departed:${peerId}`,
  /** Sorted set: room codes by the time of their last refresh. */
  rooms: `${PREFIX}rooms`,
  /** Set: the instances that receive the events of the room. Scripts make this key, too. */
  serving: (code: RoomCode) => `${PREFIX}room:${code}:instances`,
  /** Stream: the events that the instance has not read, of the rooms that it serves. Scripts make this key, too. */
  inbox: (instanceId: string) => `${PREFIX}instance:${instanceId}:inbox`,
  /** String: the waiting list. */
  waiting: (code: RoomCode) => `${PREFIX}room:${code}:waiting`,
  /** Sorted set: codes of rooms with a waiting list, by the end of its first entry. */
  waitingRooms: `${PREFIX}waiting`,
  /** Sorted set: peers without a socket, by the end of their grace. */
  expiring: `${PREFIX}expiring`,
  /** Set: codes of the rooms that a network owns. Scripts make this key from the owner of a room. */
  ownedRooms: (network: string) => `${PREFIX}network:${network}:rooms`,
  /** The beginning of the keys of limits. Hashes: `tokens` and `at`. */
  buckets: `${PREFIX}limit:`,
  /** Sorted set: instances by their last heartbeat. */
  instances: `${PREFIX}instances`,
  /** Sorted set: peers with a socket on the instance. */
  held: (instanceId: string) => `${PREFIX}instance:${instanceId}:peers`,
} as const;

export type IndexEntry = { readonly key: string; readonly score: number; readonly member: string };

/** Each peer is in exactly one index: the peers held by its instance, or the expiring ones. */
export function indexEntryOf(code: RoomCode, peer: LivePeer): IndexEntry {
  const member = memberOf({ code, peerId: peer.record.peerId, sessionId: peer.sessionId });
  if (peer.expiresAt !== null) return { key: KEYS.expiring, score: peer.expiresAt, member };
  return { key: KEYS.held(peer.instanceId), score: 0, member };
}

/** Ids hold no slash. */
export function memberOf({ code, peerId, sessionId }: PeerRef): string {
  return `${code}/${peerId}/${sessionId}`;
}

export function refOf(member: string): PeerRef {
  const [code, peerId, sessionId] = member.split('/');
  return { code: code as RoomCode, peerId: peerId as PeerId, sessionId: sessionId as SessionId };
}

/** The person as scripts know them: undefined for one whom nobody knows. */
export function personOf(identity: Identity | null): string | undefined {
  return identity === null || identity === UNKNOWN_IDENTITY ? undefined : identity;
}

/** The keys of the scripts that add, put back and remove a peer. */
export function keysOfPeer(code: RoomCode, peerId: PeerId, index: string): string[] {
  return [KEYS.room(code), KEYS.peers(code), KEYS.leaveReason(code, peerId), KEYS.rooms, index];
}
