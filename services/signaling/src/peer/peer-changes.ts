import type { PeerChange } from '../store/live-room-store.ts';

/** Everybody sees that the peer may come back until its time is over. Who is gone already keeps the time they have. */
export function socketLost(graceMs: number): PeerChange {
  return (peer) => ({
    ...peer,
    expiresAt: peer.expiresAt ?? Date.now() + graceMs,
    record: { ...peer.record, connection: 'reconnecting' },
  });
}

export const socketFound: PeerChange = (peer) => ({
  ...peer,
  expiresAt: null,
  // Whose media is lost has yet to open it again.
  record: { ...peer.record, connection: peer.mediaNodeId === null ? 'reconnecting' : 'connected' },
});
