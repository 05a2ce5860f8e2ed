import type { Logger } from '@parley/common/logging';
import type { RoomCode } from '@parley/proto';
import type { Attendance } from '../database/attendance.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { RemoteNodes } from '../nodes/remote-nodes.ts';
import type { LeaveReason, LivePeer, LiveRoomStore, PeerRef } from '../store/live-room-store.ts';

type PeerExitOptions = {
  store: LiveRoomStore;
  nodes: RemoteNodes;
  attendance: Attendance;
  metrics: SignalingMetrics;
  logger: Logger;
};

/** Removes peers from their rooms, for every reason to leave. */
export class PeerExit {
  readonly #options: PeerExitOptions;

  constructor(options: PeerExitOptions) {
    this.#options = options;
  }

  /**
   * Removes the peer from the store, which notifies the room and ends the peer's session. Then cleans up. Resolves with
   * false if the peer is gone already, another session has it, or it may not time out yet.
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

  /** For a peer that the store does not have any more: releases its media and ends its attendance. Harmless if repeated. */
  cleanUp(code: RoomCode, peer: LivePeer, reason: LeaveReason): void {
    const { nodes, attendance } = this.#options;
    if (peer.mediaNodeId !== null) nodes.find(peer.mediaNodeId)?.release(code, peer.record.peerId);
    attendance.end(peer.attendanceId, reason);
  }
}
