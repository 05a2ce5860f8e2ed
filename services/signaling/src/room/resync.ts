import { jittered } from '@parley/common/async';
import type { Logger } from '@parley/common/logging';
import { ParleyError, type ChatMessage, type PeerId, type RoomCode } from '@parley/proto';
import type { LeaveReason, LivePeer, LiveRoomStore, RoomEvent } from '../store/live-room-store.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import type { ReportedState } from './reported-state.ts';

const RETRY_MS = 500;
/** More changes than can be on their way when the store loses its data; clients keep the higher version. */
const RESTORED_VERSION_STEP = 10;

export type ResyncPolicy = {
  /** How long peers that vanished from the store may be put back by the instance that holds them. */
  graceMs: number;
  chatSince: (code: RoomCode, since: number) => Promise<ChatMessage[]>;
  /** A peer of ours left although nobody here heard of it: what is left of its stay is closed. */
  conclude: (session: PeerSession, reason: LeaveReason) => void;
  /** Does what the store refused to do when the peer left. */
  depart: (session: PeerSession) => Promise<unknown>;
};

type ResyncOptions = ResyncPolicy & {
  code: RoomCode;
  store: LiveRoomStore;
  mirror: ReportedState;
  metrics: SignalingMetrics;
  logger: Logger;
  sessions: () => readonly PeerSession[];
  /** Runs a task in its place among the requests of the session's peer. Resolves when it is done. */
  runAndWait: (session: PeerSession, task: () => Promise<void>) => Promise<void>;
  /** Passes on an event as if it had been heard. */
  handle: (event: RoomEvent) => void;
  /** Another session has this one's peer. */
  takenOver: (session: PeerSession) => void;
};

/**
 * Makes up for what was missed while the store was away: first the peers of this instance are put back or brought up to
 * date, then everybody here is told how the stored room differs from what they know. Doing it twice is harmless.
 */
export class Resync {
  readonly #options: ResyncOptions;
  #since: number | undefined;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Since when peers are missing without a word of their leaving. */
  readonly #missing = new Map<PeerId, number>();
  #closed = false;

  constructor(options: ResyncOptions) {
    this.#options = options;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Events since then may have been missed. Milliseconds since the epoch. */
  start(since: number): void {
    this.#since = Math.min(this.#since ?? since, since);
    this.#again(0);
  }

  #again(delayMs: number): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => this.#begin(), delayMs).unref();
  }

  #begin(): void {
    if (this.#running !== undefined) return this.#again(jittered(RETRY_MS));
    this.#running = this.#run().finally(() => (this.#running = undefined));
  }

  async #run(): Promise<void> {
    const { metrics, logger } = this.#options;
    const since = this.#since;
    this.#since = undefined;
    try {
      await this.#compare();
      if (since !== undefined) await this.#tellChat(since);
      metrics.roomResynced('ok');
      if (this.#missing.size > 0) this.#again(jittered(RETRY_MS));
    } catch (error) {
      if (since !== undefined) this.#since = Math.min(this.#since ?? since, since);
      metrics.roomResynced('failed');
      logger.warn({ err: error }, 'room not compared with the store');
      this.#again(jittered(RETRY_MS));
    }
  }

  async #compare(): Promise<void> {
    const { store, code, mirror, handle, sessions, runAndWait } = this.#options;
    const outcomes = await Promise.allSettled(
      sessions().map((session) => runAndWait(session, () => this.#settle(session))),
    );
    const room = await store.find(code);
    if (this.#closed) return;
    const { events, missing } = mirror.compare(room);
    for (const event of events) handle(event);
    for (const peerId of this.#missing.keys()) if (!missing.includes(peerId)) this.#missing.delete(peerId);
    for (const peerId of missing) await this.#explain(peerId);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** In the queue of its peer: the store has the peer of this session as this session knows it. */
  async #settle(session: PeerSession): Promise<void> {
    const { store, mirror, takenOver, conclude, depart, graceMs, metrics, handle } = this.#options;
    const { peer } = session;
    const { record: room, mediaNodeId } = mirror;
    if (session.closed || peer === undefined || room === undefined || mediaNodeId === undefined) return;
    const outcome = await store.restorePeer({ room, mediaNodeId, peer: this.#restorable(session, peer) });
    if (outcome === 'claimed') return takenOver(session);
    if (outcome === 'departed') {
      const reason = (await store.leaveReasonOf(session.code, session.peerId)) ?? 'timed-out';
      conclude(session, reason);
      return handle({ type: 'peer-left', peerId: session.peerId, reason });
    }
    if (outcome === 'restored') {
      metrics.peerRestored();
      session.logger.warn('peer put back into the store');
    }
    if (session.left) await depart(session);
    else await session.realign(graceMs).catch(ignoreGone);
  }

  /** Its media may have been lost while the store could not be told. */
  #restorable(session: PeerSession, peer: LivePeer): LivePeer {
    const mediaNodeId = session.mediaNodeId ?? null;
    const known = Math.max(peer.record.version, this.#options.mirror.find(peer.record.peerId)?.version ?? 0);
    return { ...peer, mediaNodeId, record: { ...peer.record, version: known + RESTORED_VERSION_STEP } };
  }

  /** Whoever is missing left, or is about to be put back by the instance that holds them. */
  async #explain(peerId: PeerId): Promise<void> {
    const { store, code, handle, graceMs } = this.#options;
    const reason = await store.leaveReasonOf(code, peerId);
    const since = this.#missing.get(peerId) ?? Date.now();
    this.#missing.set(peerId, since);
    if (reason === undefined && Date.now() - since < graceMs) return;
    this.#missing.delete(peerId);
    handle({ type: 'peer-left', peerId, reason: reason ?? 'timed-out' });
  }

  async #tellChat(since: number): Promise<void> {
    const { code, chatSince, handle } = this.#options;
    for (const message of await chatSince(code, since)) handle({ type: 'chat-received', message });
  }
}

/** It left or was taken over meanwhile, which is told by itself. */
function ignoreGone(error: unknown): void {
  const isGone = error instanceof ParleyError && (error.code === 'closed' || error.code === 'peer_not_found');
  if (!isGone) throw error;
}
