import type { PeerId } from '@parley/proto/ids';
import type { PeopleCounts } from '@parley/proto/room';
import type { PeerSession } from '../../peer/peer-session.ts';
import { batchOf, type PeerChanges } from './peer-news.ts';

type Change = PeerChanges[number];
type Crowd = {
  /** Whether clients that take pages have this peer without asking. */
  isShown: (peerId: PeerId) => boolean;
  /** Undefined while they have everybody. */
  counts: PeopleCounts | undefined;
  /** The numbers that all of them have; undefined if some of them may have others. */
  known: PeopleCounts | undefined;
};

/**
 * Notifies the clients of these sessions. Of the own peer a client is notified here only in a batch that is the same for all: it has that
 * record already. Somebody who left is named to those as well who did not know them.
 */
export function reportChanges(sessions: readonly PeerSession[], changes: PeerChanges, crowd: Crowd): void {
  const all = batchOf(changes);
  const { isShown, counts, known } = crowd;
  const part = counts && { ...all, peers: all.peers.filter(({ peerId }) => isShown(peerId)), counts };
  const isNew = part !== undefined && (part.peers.length + part.left.length > 0 || !isSame(counts, known));
  const one = changes.map(alone);
  for (const session of sessions) {
    if (session.pages && part !== undefined) {
      if (isNew) session.notify('peers:changed', part);
    } else if (session.batches && changes.length > 1) session.notify('peers:changed', all);
    else for (const { peerId, notify } of one) if (peerId !== session.peerId) notify(session);
  }
}

function isSame(a: PeopleCounts | undefined, b: PeopleCounts | undefined): boolean {
  return a?.all === b?.all && a?.viewers === b?.viewers;
}

/** A change for clients that take it by itself. All get the same payload, which is written once. */
function alone(change: Change): { peerId: PeerId; notify: (session: PeerSession) => void } {
  const { type } = change;
  if (type === 'peer:left') {
    const { left } = change;
    return { peerId: left.peerId, notify: (session) => session.notify(type, left) };
  }
  const payload = { peer: change.peer };
  return { peerId: change.peer.peerId, notify: (session) => session.notify(type, payload) };
}
