import { EventEmitter } from 'node:events';
import { jittered } from '@parley/common/async';
import { OutageLog, type Logger } from '@parley/common/logging';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import type { PeerSession } from '../peer/peer-session.ts';
import type { LivePeer, RoomEvent } from '../store/live-room-store.ts';
import { isPeerGone } from '../store/peer-rules.ts';
import type { Parts } from './parts.ts';
import type { ReportedState } from './people/reported-state.ts';

const RETRY_MS = 500;
/**
 * Added to the version of a restored record, because clients keep the higher version. The store may lose fewer changes
 * than this.
 */
const RESTORED_VERSION_STEP = 10;

type ResyncOptions = {
  code: RoomCode;
  parts: Parts;
  reported: ReportedState;
  sessions: () => readonly PeerSession[];
  logger: Logger;
};

type Events = {
  /** A missed event, to be handled as if it had just been received. */
  event: [RoomEvent];
  /** Another session has taken over the peer of this session. */
  claimed: [PeerSession];
};

/**
 * Makes up for events that were missed while the store was away: puts the peers of this instance back or brings them up to
 * date, then reports how the stored room differs from what the clients here have. Harmless if repeated.
 */
export class Resync extends EventEmitter<Events> {
  readonly #options: ResyncOptions;
  readonly #outage: OutageLog;
  #since: number | undefined;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Peers that the store lacks without an event that they left, each with the time at which this was first seen. */
  readonly #missing = new Map<PeerId, number>();
  #closed = false;

  constructor(options: ResyncOptions) {
    super();
    this.#options = options;
    this.#outage = new OutageLog({ message: 'room not compared with the store', logger: options.logger });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.removeAllListeners();
  }

  /** Starts a resync, because events since `since` (milliseconds since the epoch) may have been missed. */
  start(since: number): void {
    // While the store was away, no instance could put its peers back.
    this.#missing.clear();
    this.#since = Math.min(this.#since ?? since, since);
    this.#schedule(0);
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => this.#begin(), delayMs).unref();
  }

  #begin(): void {
    if (this.#running !== undefined) return this.#schedule(jittered(RETRY_MS));
    this.#running = this.#run().finally(() => (this.#running = undefined));
  }

  async #run(): Promise<void> {
    const { parts } = this.#options;
    const since = this.#since;
    this.#since = undefined;
    try {
      await this.#compare();
      if (since !== undefined) await this.#reportChat(since);
      parts.metrics.roomResynced('ok');
      this.#outage.worked();
      if (this.#missing.size > 0) this.#schedule(jittered(RETRY_MS));
    } catch (error) {
      if (since !== undefined) this.#since = Math.min(this.#since ?? since, since);
      parts.metrics.roomResynced('failed');
      this.#outage.failed(error);
      this.#schedule(jittered(RETRY_MS));
    }
  }

  async #compare(): Promise<void> {
    const { parts, code, reported, sessions } = this.#options;
    const outcomes = await Promise.allSettled(
      sessions().map((session) => parts.tasks.run(session, () => this.#settle(session))),
    );
    const { misses } = reported;
    const room = await parts.store.find(code);
    if (this.#closed) return;
    const { events, missing } = reported.compare(room);
    for (const event of events) this.emit('event', event);
    reported.handleCompared(misses);
    for (const peerId of this.#missing.keys()) if (!missing.includes(peerId)) this.#missing.delete(peerId);
    for (const peerId of missing) await this.#explain(peerId);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Brings the stored peer in line with this session. Runs in the queue of the peer. */
  async #settle(session: PeerSession): Promise<void> {
    const { store, exit, keeper, metrics } = this.#options.parts;
    const { record: room } = this.#options.reported;
    if (session.closed || room === undefined) return;
    const outcome = await store.restorePeer({ room, peer: this.#restorable(session) });
    if (outcome === 'claimed') {
      this.emit('claimed', session);
      return;
    }
    if (outcome === 'left') return this.#reportOwnLeave(session);
    if (outcome === 'restored') {
      metrics.peerRestored();
      void keeper.refresh(session.code);
      session.logger.warn('peer put back into the store');
    }
    if (session.leaving) await exit.leave(session.ref, 'left');
    else await session.realign().catch(ignoreGone);
  }

  async #reportOwnLeave({ code, peerId, peer }: PeerSession): Promise<void> {
    const { store, exit } = this.#options.parts;
    const reason = (await store.leaveReasonOf(code, peerId)) ?? 'timed-out';
    exit.cleanUp(code, peer, reason);
    this.emit('event', { type: 'peer-left', peerId, reason });
  }

  /** The session may have lost its media while the store could not be changed. */
  #restorable({ peer, peerId, mediaNodeId }: PeerSession): LivePeer {
    const version = Math.max(peer.record.version, this.#options.reported.find(peerId)?.version ?? 0);
    const record = { ...peer.record, version: version + RESTORED_VERSION_STEP };
    return { ...peer, mediaNodeId: mediaNodeId ?? null, record };
  }

  /**
   * A missing peer has left, or its instance is about to restore it. If the peer is still missing after the grace, it
   * counts as timed out.
   */
  async #explain(peerId: PeerId): Promise<void> {
    const { code, parts } = this.#options;
    const reason = await parts.store.leaveReasonOf(code, peerId);
    const since = this.#missing.get(peerId) ?? Date.now();
    this.#missing.set(peerId, since);
    if (reason === undefined && Date.now() - since < parts.settings.resumeGraceMs) return;
    this.#missing.delete(peerId);
    this.emit('event', { type: 'peer-left', peerId, reason: reason ?? 'timed-out' });
  }

  async #reportChat(since: number): Promise<void> {
    const { code, parts } = this.#options;
    const clearedAt = await parts.chat.clearedAt(code);
    if (clearedAt !== null && clearedAt >= since)
      this.emit('event', { type: 'chat-cleared', byPeerId: null, byName: null, clearedAt });
    for (const record of await parts.chat.listSince(code, since))
      this.emit('event', { type: 'chat-received', ...record });
    for (const record of await parts.chat.listAllChanges(code, since))
      this.emit('event', { type: 'chat-changed', ...record, byPeerId: null, use: 'chat' });
  }
}

/** Ignores that the peer is gone, because the event of its leave or claim follows. */
function ignoreGone(error: unknown): void {
  if (!isPeerGone(error)) throw error;
}
