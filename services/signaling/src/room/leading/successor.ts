import { isGuest, leads } from '@parley/proto/room';
import type { LivePeer, LiveRoom } from '../../store/live-room-store.ts';

/**
 * The person who becomes host because nobody leads the call any more: of those with an account whoever has been there longest, otherwise of the
 * other participants. Undefined if somebody leads the call, if nobody has left who did, or if there are only viewers. Pure.
 */
export function successorOf({ peers, leaderLeftAt }: LiveRoom): LivePeer | undefined {
  if (leaderLeftAt === null || peers.some(({ record }) => leads(record.role))) return undefined;
  const participants = peers.filter(({ record }) => record.role === 'participant');
  // Somebody whose socket is lost may not come back.
  const present = participants.filter(({ record }) => record.connection === 'connected');
  const candidates = present.length > 0 ? present : participants;
  return candidates.find(({ identity }) => !isGuest(identity)) ?? candidates[0];
}
