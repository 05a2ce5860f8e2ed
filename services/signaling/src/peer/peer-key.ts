import type { PeerId, RoomCode } from '@parley/proto';

/** The queue that all work on one peer goes through, in its order. */
export function peerKey(peer: { readonly code: RoomCode; readonly peerId: PeerId }): string {
  return `${peer.code}/${peer.peerId}`;
}
