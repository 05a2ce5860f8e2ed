import type { Logger } from '@parley/common/logging';
import type { RoomCode } from '@parley/proto';
import type { LeaveReason, LivePeer, LiveRoomStore, PeerRef } from '../store/live-room-store.ts';
import type { RemoteNodes } from '../nodes/remote-nodes.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { Attendance } from '../database/attendance.ts';

type PeerExitOptions = {
  store: LiveRoomStore;
  nodes: RemoteNodes;
  history: Attendance;
  metrics: SignalingMetrics;
  logger: Logger;
};

/** The one way out of a room, whatever the cause. */
export class PeerExit {
  readonly #options: PeerExitOptions;

  constructor(options: PeerExitOptions) {
    this.#options = options;
  }

  /**
   * Removes the peer, which tells everybody and ends its sessions, releases its media and closes its line in the
   * history. Resolves with false when it is gone already or another session has it.
   */
  async leave(ref: PeerRef, reason: LeaveReason): Promise<boolean> {
    const { store, metrics, logger } = this.#options;
    const peer = await store.removePeer(ref, reason);
    if (peer === undefined) return false;
    this.cleanUp(ref.code, peer, reason);
    metrics.peerLeft(reason);
    logger.info({ roomCode: ref.code, peerId: ref.peerId, traceId: peer.traceId, reason }, 'peer left');
    return true;
  }

  /** What follows when the store has let a peer go. Doing it twice is harmless. */
  cleanUp(code: RoomCode, peer: LivePeer, reason: LeaveReason): void {
    const { nodes, history } = this.#options;
    if (peer.mediaNodeId !== null) nodes.find(peer.mediaNodeId)?.release(code, peer.record.peerId);
    history.end(peer.attendanceId, reason);
  }
}
