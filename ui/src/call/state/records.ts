import type { PeerId } from '@parley/proto/ids';
import type { Snapshot } from '@parley/proto/requests';
import type { PeerRecord, PeopleCounts, RoomRecord } from '@parley/proto/room';
import type { NotificationEvent } from '../signaling/signaling-connection.ts';

/** The records of the room as the server last reported them. */
export type Records = {
  room: RoomRecord | null;
  selfId: PeerId | null;
  /** All peers, including the local one. */
  peers: ReadonlyMap<PeerId, PeerRecord>;
  /**
   * Peers that left, with the `joinedAt` of their last record; 0 for somebody of a crowd who had none here. A late record with that
   * `joinedAt` is ignored; a record of a later join is not.
   */
  gone: ReadonlyMap<PeerId, number>;
  /** How many there are; null from a server that does not say it. */
  counts: PeopleCounts | null;
};

/** A record that comes later than those of so many other peers who left does not exist. */
const GONE_MAX = 1_000;

export const NO_RECORDS: Records = {
  room: null,
  selfId: null,
  peers: new Map(),
  gone: new Map(),
  counts: null,
};

/**
 * Removes the peers that are not in the snapshot. For each peer in the snapshot, keeps the record with the higher
 * version, because a notification may have arrived that is newer than the snapshot.
 */
export function applySnapshot(records: Records, snapshot: Snapshot): Records {
  const sameSession = records.selfId === snapshot.self.peerId;
  const peers = new Map<PeerId, PeerRecord>();
  for (const record of [snapshot.self, ...snapshot.peers]) {
    const known = sameSession ? records.peers.get(record.peerId) : undefined;
    peers.set(record.peerId, known === undefined ? record : newer(known, record));
  }
  const room = records.room === null || !sameSession ? snapshot.room : newer(records.room, snapshot.room);
  return { room, selfId: snapshot.self.peerId, peers, gone: new Map(), counts: snapshot.counts ?? null };
}

/** Returns the same object when the event changes nothing. */
export function applyNotification(records: Records, event: NotificationEvent): Records {
  switch (event.name) {
    case 'room:updated': {
      const { room } = event.payload;
      const kept = records.room === null ? room : newer(records.room, room);
      return kept === records.room ? records : { ...records, room: kept };
    }
    case 'peer:joined':
    case 'peer:updated':
      return withPeer(records, event.payload.peer);
    case 'peer:left':
      return withoutPeer(records, event.payload.peerId);
    case 'peers:changed': {
      const { peers, left, counts } = event.payload;
      const after = left.reduce((rest, { peerId }) => withoutPeer(rest, peerId), withPeers(records, peers));
      return counts === undefined ? after : { ...after, counts };
    }
    default:
      return records;
  }
}

function withPeer(records: Records, record: PeerRecord): Records {
  if (record.joinedAt <= (records.gone.get(record.peerId) ?? 0)) return records;
  const known = records.peers.get(record.peerId);
  const kept = known === undefined ? record : newer(known, record);
  if (kept === known) return records;
  return { ...records, peers: new Map(records.peers).set(record.peerId, kept) };
}

function withPeers(records: Records, changed: readonly PeerRecord[]): Records {
  return changed.reduce(withPeer, records);
}

function withoutPeer(records: Records, peerId: PeerId): Records {
  const left = records.peers.get(peerId);
  if (peerId === records.selfId || (left === undefined && records.gone.has(peerId))) return records;
  let { peers } = records;
  if (left !== undefined) {
    const others = new Map(peers);
    others.delete(peerId);
    peers = others;
  }
  const gone = new Map(records.gone).set(peerId, left?.joinedAt ?? 0);
  const [oldest] = gone.keys();
  if (gone.size > GONE_MAX && oldest !== undefined) gone.delete(oldest);
  return { ...records, peers, gone };
}

function newer<R extends { version: number }>(known: R, incoming: R): R {
  return incoming.version > known.version ? incoming : known;
}
