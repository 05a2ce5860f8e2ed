import type { PeerId } from '@parley/proto/ids';
import type { Notification } from '@parley/proto/requests';
import type { PeerRecord, PeopleCounts } from '@parley/proto/room';
import type { PeerSession } from '../../peer/peer-session.ts';
import { batchOf, PeerNews, type PeerChanges } from './peer-news.ts';
import type { ReportedState } from './reported-state.ts';

type Change = PeerChanges[number];
type PeerReportsOptions = {
  sessions: () => readonly PeerSession[];
  reported: Pick<ReportedState, 'isShown' | 'crowdCounts' | 'takeRevealed'>;
};

/**
 * Notifies the clients of a room here of changes of its peers, each in the form that it takes: one by one, together, or as a part of a crowd
 * with the number of all.
 */
export class PeerReports {
  readonly #options: PeerReportsOptions;
  readonly #news = new PeerNews((changes) => this.#report(changes));
  /** The numbers that all clients of a crowd have; undefined if some of them may have others. */
  #counts: PeopleCounts | undefined;

  constructor(options: PeerReportsOptions) {
    this.#options = options;
  }

  close(): void {
    this.#news.close();
  }

  put(type: 'peer:joined' | 'peer:updated', peer: PeerRecord): void {
    this.#news.put(type, peer);
  }

  remove(left: Notification<'peer:left'>): void {
    this.#news.remove(left);
    this.#putRevealed();
  }

  /** A client has a snapshot, whose numbers may differ from those that the others have. */
  snapshotMade(): void {
    this.#putRevealed();
    this.#counts = undefined;
  }

  /** For clients the peers that are shown from now on are new. */
  #putRevealed(): void {
    for (const peer of this.#options.reported.takeRevealed()) this.#news.put('peer:joined', peer);
  }

  /**
   * Of the own peer a client is notified here only in a batch that is the same for all: it has that record already. Somebody who left is named
   * to those as well who did not know them.
   */
  #report(changes: PeerChanges): void {
    const { sessions, reported } = this.#options;
    const all = batchOf(changes);
    const counts = reported.crowdCounts;
    const part = counts && {
      ...all,
      peers: all.peers.filter(({ peerId }) => reported.isShown(peerId)),
      counts,
    };
    const isNew =
      part !== undefined && (part.peers.length + part.left.length > 0 || !isSame(counts, this.#counts));
    const one = changes.map(alone);
    for (const session of sessions()) {
      if (session.pages && part !== undefined) {
        if (isNew) session.notify('peers:changed', part);
      } else if (session.batches && changes.length > 1) session.notify('peers:changed', all);
      else for (const { peerId, notify } of one) if (peerId !== session.peerId) notify(session);
    }
    this.#counts = counts;
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
