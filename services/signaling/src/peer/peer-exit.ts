import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import type { Attendance } from '../database/attendance.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { RemoteNodes } from '../nodes/remote-nodes.ts';
import type { LeaveReason, LivePeer, LiveRoomStore, PeerRef } from '../store/live-room-store.ts';

/** Each attempt that fails means that the peer resumed meanwhile. */
const EXPEL_ATTEMPTS = 5;

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
    return (await this.#remove(ref, reason)) !== undefined;
  }

  /**
   * Removes the peer whichever session has it. Resolves with the peer as it was at its end, and with undefined if it is gone already.
   * Rejects with `unavailable` if the peer resumes again and again.
   */
  async expel(code: RoomCode, peerId: PeerId, reason: LeaveReason): Promise<LivePeer | undefined> {
    for (let attempt = 0; attempt < EXPEL_ATTEMPTS; attempt += 1) {
      const peer = await this.#options.store.findPeer(code, peerId);
      if (peer === undefined) return undefined;
      const removed = await this.#remove({ code, peerId, sessionId: peer.sessionId }, reason);
      if (removed !== undefined) return removed;
    }
    throw new ParleyError('unavailable');
  }

  /** For a peer that the store does not have any more: releases its media and ends its attendance. Harmless if repeated. */
  cleanUp(code: RoomCode, peer: LivePeer, reason: LeaveReason): void {
    const { nodes, attendance } = this.#options;
    if (peer.mediaNodeId !== null) nodes.find(peer.mediaNodeId)?.release(code, peer.record.peerId);
    attendance.end(peer.attendanceId, reason);
  }

  async #remove(ref: PeerRef, reason: LeaveReason): Promise<LivePeer | undefined> {
    const { store, metrics, logger } = this.#options;
    const peer = await store.removePeer(ref, reason);
    if (peer === undefined) return undefined;
    this.cleanUp(ref.code, peer, reason);
    metrics.peerLeft(reason);
    logger.info({ roomCode: ref.code, peerId: ref.peerId, traceId: peer.traceId, reason }, 'peer left');
    return peer;
  }
}
