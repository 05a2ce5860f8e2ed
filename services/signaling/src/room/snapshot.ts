import { ParleyError, type ChatMessage, type IceServer, type PeerId, type Snapshot } from '@parley/proto';
import type { LiveRoom } from '../store/live-room-store.ts';

type SnapshotParts = {
  room: LiveRoom;
  self: PeerId;
  chat: readonly ChatMessage[];
  iceServers: readonly IceServer[];
  resumeSecret: string;
};

/** The whole state of the room as this peer may see it. */
export function snapshotOf({ room, self, chat, iceServers, resumeSecret }: SnapshotParts): Snapshot {
  const own = room.peers.find((peer) => peer.record.peerId === self);
  if (own === undefined) throw new ParleyError('not_joined');
  return {
    room: room.record,
    self: own.record,
    peers: room.peers.filter((peer) => peer !== own).map((peer) => peer.record),
    chat: [...chat],
    permissions: [...own.permissions],
    iceServers: [...iceServers],
    resumeSecret,
  };
}
