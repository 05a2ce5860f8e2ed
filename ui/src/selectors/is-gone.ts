import type { PeerId } from '@parley/proto/ids';
import type { CallState } from '../call/index.ts';

type Known = Pick<CallState, 'participants' | 'crowd' | 'gone'>;

/** Whether the peer has left. Of a crowd the page has a part, so there somebody whom it does not have may be in the room. */
export function isGone({ participants, crowd, gone }: Known, peerId: PeerId): boolean {
  if (participants.some((participant) => participant.peerId === peerId)) return false;
  return crowd === null || gone.has(peerId);
}
