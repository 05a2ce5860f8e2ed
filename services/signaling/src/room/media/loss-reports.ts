import type { PeerId } from '@parley/proto/ids';
import type { PeerSession } from '../../peer/peer-session.ts';

const REPORTS_NEEDED = 2;

/** Of one silence of a node. They end with it: whoever was lost before may be well by now. */
type Reports = { readonly silentSince: number; readonly peerIds: Set<PeerId> };

/**
 * The clients that have lost their transports on a node that is silent. A silent node may still forward media, so one client says little: it may just have a bad
 * network.
 */
export class LossReports {
  readonly #nodeLostMs: number;
  readonly #byNode = new Map<string, Reports>();

  constructor(nodeLostMs: number) {
    this.#nodeLostMs = nodeLostMs;
  }

  /**
   * The client of the session has lost its transports, and the record has it on no node any more. True if its node has been silent for a while and two clients of
   * it say so, or all there were: together they prove that its media is gone.
   * @param left How many peers of the room have media on the node still, on all instances.
   */
  add({ lastNode, peerId }: Pick<PeerSession, 'lastNode' | 'peerId'>, left: number): boolean {
    // A node that is gone needs no proof. One that was removed here is not asked any more, and its address may have a new process by now.
    if (lastNode === undefined || lastNode.closed || lastNode.gone) return false;
    const { id, silentSince, silentMs } = lastNode;
    if (silentSince === undefined || silentMs < this.#nodeLostMs) {
      this.clear(id);
      return false;
    }
    const { peerIds } = this.#during(id, silentSince);
    peerIds.add(peerId);
    return left === 0 || peerIds.size >= REPORTS_NEEDED;
  }

  clear(nodeId: string): void {
    this.#byNode.delete(nodeId);
  }

  #during(nodeId: string, silentSince: number): Reports {
    const known = this.#byNode.get(nodeId);
    if (known?.silentSince === silentSince) return known;
    const reports = { silentSince, peerIds: new Set<PeerId>() };
    this.#byNode.set(nodeId, reports);
    return reports;
  }
}
