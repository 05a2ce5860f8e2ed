import type { RoomCode } from '@parley/proto/ids';
import type { PresentEntry } from '../database/attendance-repository.ts';
import type { LivePeer } from '../store/live-room-store.ts';

/** The attendance of a peer that is in the room. */
export function attendanceOf(
  code: RoomCode,
  { attendanceId, identity, record }: Pick<LivePeer, 'attendanceId' | 'identity' | 'record'>,
): PresentEntry {
  const { peerId, displayName, joinedAt } = record;
  return { attendanceId, code, peerId, identity, displayName, joinedAt };
}
