import type { PeerId, RoomCode } from '@parley/proto';
import type { LivePeer, PeerRef, SessionId } from './live-room-store.ts';

/*
 * Every key that signaling has in Redis. docs/redis.md lists them with owner, purpose and expiry.
 */

const PREFIX = 'parley:';

/** Refreshed while somebody is in the room, so that a cluster that died leaves nothing for ever. */
export const ROOM_TTL_MS = 30 * 60_000;

export const KEYS = {
  /** Hash: `record`, `node`, `order`. */
  room: (code: RoomCode) => `${PREFIX}room:${code}`,
  /** Hash: peer id to `<order>:<peer>`. */
  peers: (code: RoomCode) => `${PREFIX}room:${code}:peers`,
  /** String: why the peer left. */
  departed: (code: RoomCode, peerId: PeerId) => `${PREFIX}room:${code}:departed:${peerId}`,
  /** Sorted set: room codes by when they were refreshed. */
  rooms: `${PREFIX}rooms`,
  /** Sorted set: peers that lost their socket, by when they leave for good. */
  expiring: `${PREFIX}expiring`,
  /** Sorted set: instances by their last heartbeat. */
  instances: `${PREFIX}instances`,
  /** Sorted set: peers with a socket on the instance. */
  held: (instanceId: string) => `${PREFIX}instance:${instanceId}:peers`,
} as const;

/** The channel of a room's events. */
export function channelOf(code: RoomCode): string {
  return `${PREFIX}room:${code}:events`;
}

export type IndexEntry = { readonly key: string; readonly score: number; readonly member: string };

/** Each peer is in exactly one index: held by its instance, or expiring. */
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
