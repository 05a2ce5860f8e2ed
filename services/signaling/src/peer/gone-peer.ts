import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import type { LeaveReason, LiveRoomStore } from '../store/live-room-store.ts';

/** A client that resumes such a peer must not join again by itself, or a person who was removed would come back without a wish of their own. */
const REFUSALS: Partial<Record<LeaveReason, ErrorCode>> = {
  removed: 'session_removed',
  banned: 'session_banned',
  'call-ended': 'session_call_ended',
  'ended-by-operator': 'session_ended_by_operator',
  moved: 'session_moved',
  'over-limit': 'over_limit',
};

/** Why a resume of this peer, which the store does not have, is refused. Rejects with `unavailable` if the store is away. */
export async function refusalOfGone(
  store: LiveRoomStore,
  code: RoomCode,
  peerId: PeerId,
): Promise<ParleyError> {
  const reason = await store.leaveReasonOf(code, peerId);
  return new ParleyError((reason && REFUSALS[reason]) ?? 'resume_rejected');
}
