import { Buffer } from 'node:buffer';
import type { PeerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';
import type { RoomLimits } from '../limits/room-limits.ts';
import type { RoomEvent } from '../store/live-room-store.ts';

type Charging = {
  limits: RoomLimits;
  /** Whether the peer has no session on this instance. */
  isElsewhere: (peerId: PeerId) => boolean;
  /** The record before the event. */
  find: (peerId: PeerId) => PeerRecord | undefined;
};

/** What people on other instances do to the room counts here as well, so that all instances together keep its limits. */
export function chargeForOthers(event: RoomEvent, { limits, isElsewhere, find }: Charging): void {
  if (event.type === 'chat-received' && isElsewhere(event.message.fromPeerId))
    limits.charge('chat', Buffer.byteLength(event.message.text));
  else if (event.type === 'chat-changed' && event.byPeerId !== null && isElsewhere(event.byPeerId))
    limits.charge(event.use, event.use === 'chat' ? Buffer.byteLength(event.message.text) : 0);
  else if (event.type === 'chat-typed' && isElsewhere(event.peerId)) limits.charge('typing');
  else if (event.type === 'peer-reacted' && isElsewhere(event.peerId)) limits.charge('reaction');
  else if (event.type === 'peer-joined' && isElsewhere(event.peer.peerId)) limits.charge('join');
  else if (event.type === 'peer-updated' && isElsewhere(event.peer.peerId)) {
    const known = find(event.peer.peerId);
    const { displayName, handRaisedAt } = event.peer;
    if (known && (known.displayName !== displayName || known.handRaisedAt !== handRaisedAt))
      limits.charge('profile');
  }
}
