import { shareAfterMove } from '../limits/peer-limits.ts';
import { attendanceOf } from '../peer/peer-attendance.ts';
import { socketFound } from '../peer/peer-changes.ts';
import { keyOfPeer } from '../peer/peer-tasks.ts';
import type { ChangedPeer, LivePeer, PeerChange, PeerGuard } from '../store/live-room-store.ts';
import type { Arrival } from './arrival.ts';
import type { Parts } from './parts.ts';

type ClaimParts = Pick<Parts, 'store' | 'settings' | 'attendance' | 'peerLimits'>;
type Claiming = Pick<LivePeer, 'sessionId' | 'instanceId'> & { now: number };

/**
 * The session of the arrival takes over the stored peer, after a resume or a second join with the same token. A peer that was on another
 * instance starts here with its attendance, and with what it may still do of its limits. Rejects as `LiveRoomStore.changePeer` does.
 * @param change What the arrival changes of the peer besides.
 */
export async function claimPeer(
  { store, settings, attendance, peerLimits }: ClaimParts,
  { room, identity, peerId, sessionId }: Arrival,
  { guard, change }: { guard: PeerGuard; change: PeerChange },
): Promise<ChangedPeer> {
  const { instanceId } = settings;
  const changed = await store.changePeer(room.code, peerId, guard, (before) =>
    claimed(before, change(before), { sessionId, instanceId, now: store.now() }),
  );
  const { before, after } = changed;
  if (before.instanceId === instanceId) return changed;
  // The instance that died may not have written it yet.
  attendance.begin(attendanceOf(room.code, after));
  peerLimits.of(keyOfPeer(identity)).startWith(shareAfterMove(before.movedAt, store.now()));
  return changed;
}

/** The changed peer in its next session, whose client has a socket. It keeps what belongs to the peer, and not to one of its sessions. Pure. */
export function claimed(
  { attendanceId, network, claims, movedAt, instanceId: formerId }: LivePeer,
  changed: LivePeer,
  { sessionId, instanceId, now }: Claiming,
): LivePeer {
  return socketFound({
    ...changed,
    attendanceId,
    network,
    claims: claims + 1,
    movedAt: formerId === instanceId ? movedAt : now,
    sessionId,
    instanceId,
  });
}
