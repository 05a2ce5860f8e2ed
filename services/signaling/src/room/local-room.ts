import { Buffer } from 'node:buffer';
import { EventEmitter } from 'node:events';
import type { Logger } from '@parley/common/logging';
import type {
  Act,
  ChatMessage,
  Notification,
  NotificationName,
  PeerId,
  PeerRecord,
  ProducerId,
  RoomCode,
  RoomRecord,
} from '@parley/proto';
import type { RemoteNode } from '../nodes/remote-node.ts';
import type { ClientLink, EndReason } from '../peer/client-link.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import type {
  EventsMissed,
  LeaveReason,
  LivePeer,
  LiveRoom,
  RoomEvent,
  SessionId,
} from '../store/live-room-store.ts';
import type { Waiting } from '../store/waiting-list.ts';
import { readableSince } from './chat-history.ts';
import type { Parts } from './parts.ts';
import { ReportedState } from './reported-state.ts';
import { Resync } from './resync.ts';
import { waitingPayload } from './waiting-payload.ts';
import { RoomMedia } from './room-media.ts';

/** A client that is being let in. */
export interface Arriving {
  readonly peerId: PeerId;
  readonly sessionId: SessionId;
  /** The network that the client joins from. */
  readonly network: string;
  readonly link: ClientLink;
}

/** The reason that the client of a peer that left receives. */
const END_REASONS: Partial<Record<LeaveReason, EndReason>> = {
  'timed-out': 'timed-out',
  'secret-reused': 'secret-reused',
  unreachable: 'unreachable',
  // Its client comes back by itself, to a room that begins anew.
  unused: 'timed-out',
  'over-limit': 'over-limit',
  removed: 'removed',
  banned: 'banned',
  'call-ended': 'call-ended',
  moved: 'moved',
};

type Events = { emptied: [] };

/** The part of a room that this instance serves: the sessions here, the events and the media. */
export class LocalRoom extends EventEmitter<Events> {
  readonly code: RoomCode;
  /** Resolves when this instance receives the events of the room. Rejects with `unavailable` if the store is away. */
  readonly ready: Promise<void>;
  readonly #parts: Parts;
  readonly #arrivals = new Map<SessionId, Arriving>();
  readonly #sessions = new Map<SessionId, PeerSession>();
  readonly #media: RoomMedia;
  readonly #reported = new ReportedState();
  readonly #resync: Resync;
  #unsubscribe: (() => void) | undefined;
  #moves = 0;
  #closed = false;

  constructor(parts: Parts, code: RoomCode, logger: Logger) {
    super();
    this.code = code;
    this.#parts = parts;
    const sessions = (): readonly PeerSession[] => this.sessions;
    const hasPeer = (peerId: PeerId): boolean => this.#hasPeer(peerId);
    this.#media = new RoomMedia({ code, parts, logger, sessions, hasPeer });
    this.#resync = new Resync({ code, parts, logger, sessions, reported: this.#reported });
    this.#handleResync();
    this.ready = this.#subscribe();
    // The arrival awaits `ready`. If the arrival is gone before `ready` rejects, the rejection must not count as
    // unhandled.
    this.ready.catch(() => undefined);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The media node whose events of this room are received here. */
  get watchedNodeId(): string | undefined {
    return this.#media.nodeId;
  }

  get sessions(): readonly PeerSession[] {
    return [...this.#sessions.values()];
  }

  get arrivals(): readonly Arriving[] {
    return [...this.#arrivals.values()];
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#media.close();
    this.#resync.close();
    this.#unsubscribe?.();
    this.#sessions.clear();
    this.#arrivals.clear();
    this.removeAllListeners();
  }

  /** Whether a client here is connected with this session, or is being let in with it. */
  serves(sessionId: SessionId): boolean {
    return this.#sessions.get(sessionId)?.connected ?? this.#arrivals.get(sessionId)?.link.closed === false;
  }

  /** Whether there are peers, and none that leads the call, as far as clients here were notified. */
  get leaderless(): boolean {
    return this.#reported.leaderless;
  }

  /** Whether a client here was notified of this producer. */
  hasProducer(producerId: ProducerId): boolean {
    return this.#reported.has(producerId);
  }

  /**
   * The room as stored. If the room moves meanwhile, the store is read again, so that no caller watches the former
   * node.
   */
  async read(): Promise<LiveRoom | undefined> {
    const moves = this.#moves;
    const live = await this.#parts.store.find(this.code);
    return moves === this.#moves ? live : this.read();
  }

  /** How many others of a network are in the room or about to be let in here before the arrival. */
  othersOf(arrival: Arriving, peers: readonly LivePeer[]): number {
    const others = new Set(
      peers.filter(({ network }) => network === arrival.network).map(({ record }) => record.peerId),
    );
    for (const other of this.#arrivals.values()) {
      if (other === arrival) break;
      if (other.network === arrival.network) others.add(other.peerId);
    }
    others.delete(arrival.peerId);
    return others.size;
  }

  /** The room stays open here until the arrival is removed. */
  addArrival(arrival: Arriving): void {
    this.#arrivals.set(arrival.sessionId, arrival);
  }

  removeArrival({ sessionId }: Arriving): void {
    this.#arrivals.delete(sessionId);
    this.#reportIfEmpty();
  }

  /** Call this before the store shows other peers the peer with this session, so that the session misses no event. */
  add(session: PeerSession): void {
    this.#sessions.set(session.sessionId, session);
  }

  /** Ends a session that was not let in. Does nothing if there is none. */
  discard(sessionId: SessionId): void {
    const session = this.#sessions.get(sessionId);
    if (session !== undefined) this.#end(session);
  }

  /** Called when the session's client gets `live` as its snapshot. Later changes are compared with `live`. */
  startReporting(session: PeerSession, live: LiveRoom): void {
    this.#reported.load(live);
    // An event may have been faster than what was read.
    session.adoptSettings((this.#reported.record ?? live.record).settings);
    this.#media.notifyCurrent(session);
    // Its role may have changed while it had no session.
    this.#parts.tasks.start(session, () => session.obeyRules());
    this.#reportWaiting(session);
  }

  watch(node: RemoteNode): void {
    this.#media.watch(node);
  }

  /** Called when the peer's media was closed on purpose. Drops what the node reported about the peer. */
  removeMediaState(peerId: PeerId): void {
    this.#media.removeState(peerId);
  }

  #hasPeer(peerId: PeerId): boolean {
    const all = [...this.#sessions.values(), ...this.#arrivals.values()];
    return all.some((one) => one.peerId === peerId);
  }

  async #subscribe(): Promise<void> {
    const unsubscribe = await this.#parts.store.subscribe(this.code, (event) => this.#receive(event));
    if (this.#closed) unsubscribe();
    else this.#unsubscribe = unsubscribe;
  }

  #receive(event: RoomEvent | EventsMissed): void {
    if (event.type !== 'events-missed') return this.#apply(event);
    this.#resync.start(event.since);
    for (const session of this.sessions) this.#reportWaiting(session);
  }

  #handleResync(): void {
    this.#resync.on('event', (event) => this.#apply(event));
    this.#resync.on('claimed', (session) => this.#end(session, 'taken-over'));
  }

  #apply(event: RoomEvent): void {
    if (this.#closed) return;
    this.#chargeForOthers(event);
    // The resync may have reported this leave before the event arrives.
    if (event.type === 'peer-left' && this.#reported.hasLeft(event.peerId)) return;
    this.#reported.apply(event);
    switch (event.type) {
      case 'room-updated':
        return this.#handleRoom(event.room);
      case 'room-moved':
        return this.#handleMoved(event.mediaNodeId);
      case 'peer-joined':
        return this.#notify('peer:joined', { peer: event.peer }, { except: event.peer.peerId });
      case 'peer-updated':
        return this.#handleUpdated(event.peer);
      case 'peer-claimed':
        return this.#handleClaimed(event);
      case 'peer-media-closed':
        return this.#handleMediaClosed(event.sessionId);
      case 'peer-left':
        return this.#handleLeft(event.peerId, event.reason);
      case 'peer-reacted': {
        const { peerId, reaction } = event;
        return this.#notify('peer:reacted', { peerId, reaction }, { except: peerId });
      }
      case 'waiting-changed':
        return this.#handleWaiting(event.waiting);
      case 'act-done':
        return this.#handleAct(event.toPeerId, event.act);
      case 'chat-received':
        return this.#handleChat(event.message);
      case 'chat-changed':
        return this.#handleChanged(event.message);
      case 'chat-typed':
        return this.#handleTyped(event);
      case 'chat-cleared': {
        const { byPeerId, byName, clearedAt } = event;
        return this.#notify('chat:cleared', { byPeerId, byName, clearedAt });
      }
    }
  }

  /** What people on other instances do to the room counts here as well, so that all instances together keep its limits. */
  #chargeForOthers(event: RoomEvent): void {
    const charge = this.#parts.roomLimits.of(this.code);
    const isElsewhere = (peerId: PeerId): boolean => !this.#hasPeer(peerId);
    if (event.type === 'chat-received' && isElsewhere(event.message.fromPeerId))
      charge.charge('chat', Buffer.byteLength(event.message.text));
    else if (event.type === 'chat-changed' && event.byPeerId !== null && isElsewhere(event.byPeerId))
      charge.charge(event.use, event.use === 'chat' ? Buffer.byteLength(event.message.text) : 0);
    else if (event.type === 'chat-typed' && isElsewhere(event.peerId)) charge.charge('typing');
    else if (event.type === 'peer-reacted' && isElsewhere(event.peerId)) charge.charge('reaction');
    else if (event.type === 'peer-joined' && isElsewhere(event.peer.peerId)) charge.charge('join');
    else if (event.type === 'peer-updated' && isElsewhere(event.peer.peerId)) {
      const known = this.#reported.find(event.peer.peerId);
      const { displayName, handRaisedAt } = event.peer;
      if (known && (known.displayName !== displayName || known.handRaisedAt !== handRaisedAt))
        charge.charge('profile');
    }
  }

  #handleMoved(mediaNodeId: string): void {
    this.#moves += 1;
    const node = this.#parts.nodes.find(mediaNodeId);
    // A node that is not known here yet is looked up when a client opens its media again.
    if (node === undefined) this.#media.unwatch();
    else this.#media.watch(node);
  }

  #handleRoom(room: RoomRecord): void {
    this.#notify('room:updated', { room });
    for (const session of this.sessions)
      if (session.adoptSettings(room.settings)) this.#parts.tasks.start(session, () => session.obeyRules());
  }

  #handleUpdated(peer: PeerRecord): void {
    this.#notify('peer:updated', { peer });
    for (const session of this.sessions) {
      if (session.peerId !== peer.peerId || !session.adopt(peer)) continue;
      this.#parts.tasks.start(session, () => session.obeyRules());
      this.#reportWaiting(session);
    }
  }

  #handleWaiting(waiting: Waiting): void {
    const payload = waitingPayload(waiting);
    for (const session of this.sessions) if (session.may('admit')) session.notify('waiting:changed', payload);
  }

  /** For a session that has just come, or may admit from now on. */
  #reportWaiting(session: PeerSession): void {
    if (!session.may('admit')) return;
    this.#parts.store.waiting
      .read(this.code)
      .then((waiting) => {
        if (waiting.version > 0) session.notify('waiting:changed', waitingPayload(waiting));
      })
      .catch((err: unknown) => session.logger.warn({ err }, 'waiting list not read'));
  }

  #handleAct(toPeerId: PeerId, act: Act): void {
    for (const session of this.sessions) {
      if (session.peerId !== toPeerId) continue;
      session.notify('act:done', { act });
      if (act.kind === 'muted') this.#parts.tasks.start(session, () => session.obeyMute());
    }
  }

  /** With several claims in a row, the event of one may arrive when a later one has its session already. */
  #handleClaimed({ peerId, sessionId, claims }: Extract<RoomEvent, { type: 'peer-claimed' }>): void {
    for (const session of this.sessions) {
      const isFormer = session.peerId === peerId && session.sessionId !== sessionId;
      if (isFormer && session.claims < claims) this.#end(session, 'taken-over');
    }
  }

  #handleMediaClosed(sessionId: SessionId): void {
    const session = this.#sessions.get(sessionId);
    if (session !== undefined) this.#media.lose(session);
  }

  #handleLeft(peerId: PeerId, reason: LeaveReason): void {
    this.#media.removeState(peerId);
    // Why the server ended a peer is not for the others.
    const shown = reason === 'timed-out' || reason === 'failed' ? reason : 'left';
    this.#notify('peer:left', { peerId, reason: shown }, { except: peerId });
    for (const session of this.sessions)
      if (session.peerId === peerId) this.#end(session, END_REASONS[reason]);
  }

  #end(session: PeerSession, reason?: EndReason): void {
    session.close(reason);
    this.#sessions.delete(session.sessionId);
    this.#reportIfEmpty();
  }

  #reportIfEmpty(): void {
    if (this.#sessions.size + this.#arrivals.size === 0) this.emit('emptied');
  }

  /** The sender gets the message in the reply, and not here. A private message goes to one other peer. */
  #handleChat(message: Notification<'chat:received'>['message']): void {
    const { fromPeerId, messageId } = message;
    // A message arrives again if its sender repeats it, or after a resync.
    if (!this.#reported.addMessage(messageId)) return;
    this.#notifyReaders('chat:received', { message }, { except: fromPeerId });
  }

  /** A message comes whole with its change, so it stays hidden from latecomers who may not read older ones. */
  #handleChanged(message: ChatMessage): void {
    const { record } = this.#reported;
    if (record === undefined) return;
    // Only messages of the present call are changed.
    const isHidden = (joinedAt: number): boolean =>
      message.sentAt < readableSince({ since: 0, record }, { record: { joinedAt } });
    this.#notifyReaders('chat:changed', { message }, { isHidden });
  }

  /** Also peers on their way into the room, whose snapshot may lack it. */
  #notifyReaders(
    name: 'chat:received' | 'chat:changed',
    { message }: { message: ChatMessage },
    { except, isHidden }: { except?: PeerId; isHidden?: (joinedAt: number) => boolean } = {},
  ): void {
    const { fromPeerId, toPeerId } = message;
    const mayRead = (peerId: PeerId, joinedAt: number): boolean =>
      peerId !== except &&
      (toPeerId === null || peerId === toPeerId || peerId === fromPeerId) &&
      isHidden?.(joinedAt) !== true;
    for (const session of this.#sessions.values())
      if (mayRead(session.peerId, session.peer.record.joinedAt)) session.notify(name, { message });
    for (const { peerId, sessionId, link } of this.#arrivals.values())
      if (mayRead(peerId, Date.now()) && !this.#sessions.has(sessionId)) link.notify(name, { message });
  }

  /** A private message in the making is the secret of its two ends too. */
  #handleTyped({ peerId, toPeerId, typing }: Notification<'chat:typed'>): void {
    for (const session of this.#sessions.values())
      if (session.peerId !== peerId && (toPeerId ?? session.peerId) === session.peerId)
        session.notify('chat:typed', { peerId, toPeerId, typing });
  }

  #notify<N extends NotificationName>(
    name: N,
    payload: Notification<N>,
    { except }: { except?: PeerId } = {},
  ): void {
    for (const session of this.#sessions.values())
      if (session.peerId !== except) session.notify(name, payload);
  }
}
