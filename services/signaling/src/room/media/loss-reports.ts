import type { PeerId } from '@parley/proto/ids';
import type { PeerSession } from '../../peer/peer-session.ts';

const REPORTS_NEEDED = 2;

/**
 * The clients that have lost their transports on a node that is silent. A silent node may still forward media, so one client says little: it may just have a bad
 * network.
 */
export class LossReports {
  readonly #nodeLostMs: number;
  readonly #sessions: () => readonly PeerSession[];
  readonly #byNode = new Map<string, Set<PeerId>>();

  /** @param sessions Those of the room on this instance. */
  constructor(nodeLostMs: number, sessions: () => readonly PeerSession[]) {
    this.#nodeLostMs = nodeLostMs;
    this.#sessions = sessions;
  }

  /**
   * The client of the session has lost its transports. True if its node has been silent for a while and two clients of it say so, or the only
   * one: together they prove that its media is gone.
   */
  add({ lastNode, peerId }: PeerSession): boolean {
    if (lastNode === undefined) return false;
    if (lastNode.silentMs < this.#nodeLostMs) {
      this.clear(lastNode.id);
      return false;
    }
    const reports = this.#byNode.get(lastNode.id) ?? new Set();
    this.#byNode.set(lastNode.id, reports.add(peerId));
    const there = this.#sessions().filter((session) => session.lastNode?.id === lastNode.id);
    return reports.size >= Math.min(REPORTS_NEEDED, new Set(there.map((session) => session.peerId)).size);
  }

  clear(nodeId: string): void {
    this.#byNode.delete(nodeId);
  }
}
