import { EventEmitter } from 'node:events';
import type { Logger } from '@parley/common/logging';
import type { PeerId, ProducerId, RoomCode } from '@parley/proto/ids';
import type { Notification, NotificationName } from '@parley/proto/requests';
import type { Act, Identity, PeerRecord, PeopleCounts, RoomRecord } from '@parley/proto/room';
import type { RemoteNode } from '../nodes/remote-node.ts';
import type { ClientLink, EndReason } from '../peer/client-link.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import type {
  EventsMissed,
  LeaveReason,
  NodeCounts,
  Person,
  RoomEvent,
  RoomView,
  SessionId,
} from '../store/live-room-store.ts';
import type { Waiting } from '../store/waiting-list.ts';
import { ChatNews } from './chat/chat-news.ts';
import { chargeForOthers } from './outside-charges.ts';
import { RoomMedia } from './media/room-media.ts';
import type { HomeOf } from './media/reception.ts';
import type { Parts } from './parts.ts';
import { Homes } from './people/homes.ts';
import { PeerNews, type PeerChanges } from './people/peer-news.ts';
import { reportChanges } from './people/peer-report.ts';
import { ReportedState } from './people/reported-state.ts';
import { Resync } from './resync.ts';
import { waitingPayload } from './waiting-payload.ts';

/** A client that is being let in. */
export interface Arriving {
  readonly peerId: PeerId;
  readonly sessionId: SessionId;
  readonly person: Identity;
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
  'ended-by-operator': 'ended-by-operator',
  moved: 'moved',
};

/** The people of a room, and the media nodes of what they send, which is not for clients. */
export type People = { readonly peers: readonly PeerRecord[]; readonly homeOf: HomeOf };

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
  readonly #chat: ChatNews;
  readonly #news = new PeerNews((changes) => this.#report(changes));
  #unsubscribe: (() => void) | undefined;
  /** The numbers that clients of a crowd have; undefined if those in a snapshot may differ. */
  #counts: PeopleCounts | undefined;
  #closed = false;

  constructor(parts: Parts, code: RoomCode, logger: Logger) {
    super();
    this.code = code;
    this.#parts = parts;
    const sessions = (): readonly PeerSession[] => this.sessions;
    const hasPeer = (peerId: PeerId): boolean => this.#hasPeer(peerId);
    this.#media = new RoomMedia({ code, parts, logger, sessions, hasPeer });
    this.#resync = new Resync({ code, parts, logger, sessions, reported: this.#reported });
    this.#chat = new ChatNews({
      sessions,
      arrivals: () => this.arrivals.filter(({ sessionId }) => !this.#sessions.has(sessionId)),
      room: () => this.#reported.chatRoom,
      now: () => parts.store.now(),
    });
    this.#handleResync();
    this.ready = this.#subscribe();
    // The arrival awaits `ready`. If the arrival is gone before `ready` rejects, the rejection must not count as
    // unhandled.
    this.ready.catch(() => undefined);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Whether people of the room are on more than one media node, as far as is known here. */
  get isOverNodes(): boolean {
    return this.#reported.nodeIds.size > 1;
  }

  /** The number of people in the whole room, as far as is known here. */
  get size(): number {
    return this.#reported.size;
  }

  /** The people of the whole room who are on these media nodes, in the order of joining. */
  peersOn(isOne: (nodeId: string | null) => boolean): PeerId[] {
    return this.#reported.peersOn(isOne);
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
    this.#news.close();
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

  /** As clients here were notified of them. */
  get peers(): readonly PeerRecord[] {
    return this.#reported.records;
  }

  /** Whether clients that take pages have a part of the people only. */
  get isCrowd(): boolean {
    return this.#reported.isCrowd;
  }

  /** Whether this peer is part of what clients of a crowd have without asking. */
  shows(peerId: PeerId): boolean {
    return this.#reported.isShown(peerId);
  }

  /**
   * The media node of a producer that a client here was notified of; null while its peer has none. Undefined for any other producer. Not
   * for clients.
   */
  homeOf(producerId: ProducerId): string | null | undefined {
    return this.#reported.homeOf(producerId);
  }

  /** The nodes of the room: as stored, and those of the sessions here, of which a store that lost the room does not know. */
  withOwnNodes(stored: NodeCounts | undefined): NodeCounts {
    const nodes = new Map(stored);
    for (const id of this.#media.nodeIds) nodes.set(id, Math.max(1, nodes.get(id) ?? 0));
    return nodes;
  }

  /** See `RoomMedia.expect`. */
  expectOn(node: RemoteNode): () => void {
    return this.#media.expect(node);
  }

  /** The room as stored, as the person has it. */
  look(person: Person): Promise<RoomView | undefined> {
    return this.#parts.store.look(this.code, person);
  }

  /** All peers. The store is read whole for the first client here, and while events may be missing. */
  async people({ own, peerCount }: RoomView): Promise<People> {
    const { status } = this.#reported;
    const reported = (producerId: ProducerId) => this.#reported.homeOf(producerId);
    if (status === 'whole') return { peers: this.#reported.records, homeOf: reported };
    const peers = own.length === peerCount ? own : ((await this.#parts.store.find(this.code))?.peers ?? []);
    if (status === 'empty') this.#reported.loadAll(peers);
    const homes = new Homes();
    for (const { record, mediaNodeId } of peers) homes.put(record, mediaNodeId);
    // What events said is older, and the better for it: a producer stays where it was made.
    const homeOf: HomeOf = (producerId) => reported(producerId) ?? homes.of(producerId);
    return { peers: peers.map(({ record }) => record), homeOf };
  }

  /** How many of a network are about to be let in here before the arrival. Some of them may be in the room by now. */
  arrivalsBefore(arrival: Arriving): number {
    const all = [...this.#arrivals.values()];
    return all.slice(0, all.indexOf(arrival)).filter(({ network }) => network === arrival.network).length;
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
    this.#media.add(session);
  }

  /** Ends a session that was not let in. Does nothing if there is none. */
  discard(sessionId: SessionId): void {
    const session = this.#sessions.get(sessionId);
    if (session !== undefined) this.#end(session);
  }

  /** Called when the session's client gets `live` as its snapshot. Later changes are compared with `live`. */
  startReporting(session: PeerSession, live: RoomView): void {
    if (this.#reported.load(live)) this.#handleRoom(live.record);
    this.#reportRevealed();
    this.#counts = undefined;
    // An event may have been faster than what was read.
    session.adoptSettings((this.#reported.record ?? live.record).settings);
    this.#media.notifyCurrent(session);
    // Its role may have changed while it had no session.
    this.#parts.tasks.start(session, () => session.obeyRules());
    this.#reportWaiting(session);
  }

  /** See `RoomMedia.forwardedTo`. */
  forwardedTo(session: PeerSession): readonly ProducerId[] | null {
    return this.#media.forwardedTo(session);
  }

  /** See `RoomMedia.follow`. */
  follow(session: PeerSession): void {
    this.#media.follow(session);
  }

  /** See `RoomMedia.move`. */
  move(session: PeerSession): void {
    this.#media.move(session);
  }

  /** See `RoomMedia.reportLost`. */
  reportLost(session: PeerSession, stored: NodeCounts | undefined): boolean {
    return this.#media.reportLost(session, stored);
  }

  /** Called when the peer's media was closed on purpose. Drops what the node reported about the peer. */
  removeMediaState(peerId: PeerId): void {
    this.#media.removeState(peerId);
  }

  #hasPeer(peerId: PeerId): boolean {
    const all = [...this.#sessions.values(), ...this.#arrivals.values()];
    return all.some((one) => one.peerId === peerId) || this.#parts.lobby.has(this.code, peerId);
  }

  async #subscribe(): Promise<void> {
    const unsubscribe = await this.#parts.store.subscribe(this.code, (event) => this.#receive(event));
    if (this.#closed) unsubscribe();
    else this.#unsubscribe = unsubscribe;
  }

  #receive(event: RoomEvent | EventsMissed): void {
    if (event.type !== 'events-missed') return this.#apply(event);
    this.#reported.handleMissed();
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
    if (event.type === 'peer-updated' && this.#reported.isGone(event.peer.peerId)) return;
    if (event.type === 'room-updated' && this.#reported.hasRoom(event.room)) return;
    this.#reported.apply(event);
    switch (event.type) {
      case 'room-updated':
        return this.#handleRoom(event.room);
      case 'node-left':
        return this.#media.leave(event.mediaNodeId);
      case 'peer-joined':
        return this.#news.put('peer:joined', event.peer);
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
        // A message arrives again if its sender repeats it, or after a resync.
        return this.#reported.addMessage(event.message.messageId)
          ? this.#chat.reportReceived(event)
          : undefined;
      case 'chat-changed':
        return this.#chat.reportChanged(event);
      case 'chat-typed':
        return this.#chat.reportTyped(event);
      case 'chat-cleared': {
        const { byPeerId, byName, clearedAt } = event;
        return this.#notify('chat:cleared', { byPeerId, byName, clearedAt });
      }
    }
  }

  #chargeForOthers(event: RoomEvent): void {
    chargeForOthers(event, {
      limits: this.#parts.roomLimits.of(this.code),
      isElsewhere: (peerId) => !this.#hasPeer(peerId),
      find: (peerId) => this.#reported.find(peerId),
    });
  }

  #handleRoom(room: RoomRecord): void {
    this.#notify('room:updated', { room });
    for (const session of this.sessions)
      if (session.adoptSettings(room.settings)) this.#parts.tasks.start(session, () => session.obeyRules());
  }

  #handleUpdated(peer: PeerRecord): void {
    this.#news.put('peer:updated', peer);
    for (const session of this.sessions) {
      if (session.peerId !== peer.peerId) continue;
      // The person concerned does not wait.
      session.notify('peer:updated', { peer });
      if (!session.adopt(peer)) continue;
      this.#parts.tasks.start(session, () => session.obeyRules());
      this.#reportWaiting(session);
    }
  }

  #report(changes: PeerChanges): void {
    const isShown = (peerId: PeerId): boolean => this.#reported.isShown(peerId);
    const counts = this.#reported.crowdCounts;
    reportChanges([...this.#sessions.values()], changes, { isShown, counts, known: this.#counts });
    this.#counts = counts;
  }

  #reportRevealed(): void {
    for (const peer of this.#reported.takeRevealed()) this.#news.put('peer:joined', peer);
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
    this.#news.remove({ peerId, reason: shown });
    this.#reportRevealed();
    for (const session of this.sessions)
      if (session.peerId === peerId) this.#end(session, END_REASONS[reason]);
  }

  #end(session: PeerSession, reason?: EndReason): void {
    session.close(reason);
    this.#sessions.delete(session.sessionId);
    this.#media.remove(session);
    this.#reportIfEmpty();
  }

  #reportIfEmpty(): void {
    if (this.#sessions.size + this.#arrivals.size === 0) this.emit('emptied');
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
