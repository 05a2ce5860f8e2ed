import type { Logger } from '@parley/common/logging';
import type { PeerId, ProducerId, RoomCode } from '@parley/proto/ids';
import type { Act, PeerRecord, RoomRecord } from '@parley/proto/room';
import type { EndReason } from '../peer/client-link.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import type {
  EventsMissed,
  LeaveReason,
  Person,
  RoomEvent,
  RoomView,
  SessionId,
} from '../store/live-room-store.ts';
import { ChatNews } from './chat/chat-news.ts';
import { LocalPeers } from './local-peers.ts';
import { chargeForOthers } from './outside-charges.ts';
import { RoomMedia } from './media/room-media.ts';
import type { HomeOf } from './media/reception.ts';
import type { Parts } from './parts.ts';
import { Homes } from './people/homes.ts';
import { NamesNews } from './people/names-news.ts';
import { PeerReports } from './people/peer-reports.ts';
import { ReportedState } from './people/reported-state.ts';
import { Resync } from './resync.ts';
import { WaitingNews } from './waiting-news.ts';

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

/** The part of a room that this instance serves: the peers here, what their clients are notified of, and the media. */
export class LocalRoom {
  readonly code: RoomCode;
  /** Its owner closes the room once nobody is here. */
  readonly here = new LocalPeers();
  readonly media: RoomMedia;
  /** Resolves when this instance receives the events of the room. Rejects with `unavailable` if the store is away. */
  readonly ready: Promise<void>;
  readonly #parts: Parts;
  readonly #reported = new ReportedState();
  readonly #resync: Resync;
  readonly #chat: ChatNews;
  readonly #news: PeerReports;
  readonly #waiting: WaitingNews;
  readonly #names: NamesNews;
  #unsubscribe: (() => void) | undefined;
  #closed = false;

  constructor(parts: Parts, code: RoomCode, logger: Logger) {
    this.code = code;
    this.#parts = parts;
    const sessions = (): readonly PeerSession[] => this.here.sessions;
    const hasPeer = (peerId: PeerId): boolean => this.#hasPeer(peerId);
    this.media = new RoomMedia({ code, parts, logger, sessions, hasPeer });
    this.#resync = new Resync({ code, parts, logger, sessions, reported: this.#reported });
    this.#news = new PeerReports({ sessions, reported: this.#reported });
    this.#waiting = new WaitingNews({ sessions, read: () => parts.store.waiting.read(code) });
    this.#names = new NamesNews(sessions);
    this.#chat = new ChatNews({
      sessions,
      arrivals: () => this.here.newcomers,
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
    return this.nodeIds.size > 1;
  }

  /** The media nodes of its people, as far as is known here. */
  get nodeIds(): ReadonlySet<string> {
    return this.#reported.nodeIds;
  }

  /** The number of people in the whole room, as far as is known here. */
  get size(): number {
    return this.#reported.size;
  }

  /** The people of the whole room who have a socket and are on these media nodes, in the order of joining. */
  peersOn(isOne: (nodeId: string | null) => boolean): PeerId[] {
    return this.#reported.peersOn(isOne);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.media.close();
    this.#resync.close();
    this.#news.close();
    this.#unsubscribe?.();
    this.here.close();
  }

  /** Whether there are peers, and none that leads the call, as far as clients here were notified. */
  get leaderless(): boolean {
    return this.#reported.leaderless;
  }

  /** As clients here were notified of them. */
  get peers(): readonly PeerRecord[] {
    return this.#reported.records;
  }

  /** The same, if they are the whole room. */
  get wholePeers(): readonly PeerRecord[] | undefined {
    return this.#reported.status === 'whole' ? this.#reported.records : undefined;
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

  /** Call this before the store shows other peers the peer with this session, so that the session misses no event. */
  add(session: PeerSession): void {
    this.here.add(session);
    this.media.add(session);
  }

  /** Ends a session that was not let in. Does nothing if there is none. */
  discard(sessionId: SessionId): void {
    const session = this.here.find(sessionId);
    if (session !== undefined) this.#end(session);
  }

  /** Called when the session's client gets `live` as its snapshot. Later changes are compared with `live`. */
  startReporting(session: PeerSession, live: RoomView): void {
    if (this.#reported.load(live)) this.#handleRoom(live.record);
    this.#news.snapshotMade();
    // An event may have been faster than what was read.
    session.permissions.adopt((this.#reported.record ?? live.record).settings);
    this.media.notifyCurrent(session);
    this.#names.welcome(session, this.#reported.record?.version === live.record.version ? live : undefined);
    // Its role may have changed while it had no session.
    this.#bringInLine(session, () => session.sent.obeyRules());
    this.#waiting.reportTo(session);
  }

  #hasPeer(peerId: PeerId): boolean {
    return this.here.has(peerId) || this.#parts.lobby.has(this.code, peerId);
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
    for (const session of this.here.sessions) this.#waiting.reportTo(session);
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
    if (event.type === 'room-updated') this.#reportNames(event);
    if (event.type === 'room-updated' && this.#reported.hasRoom(event.room)) return;
    this.#reported.apply(event);
    switch (event.type) {
      case 'room-updated':
        return this.#handleRoom(event.room);
      case 'node-left':
        return this.media.leave(event.mediaNodeId);
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
        return this.here.notify('peer:reacted', { peerId, reaction }, { except: peerId });
      }
      case 'waiting-changed':
        return this.#waiting.report(event.waiting);
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
        return this.here.notify('chat:cleared', { byPeerId, byName, clearedAt });
      }
    }
  }

  /** Until it is done, or the media is lost: a request that fails must leave nobody heard or seen who may not be. */
  #bringInLine(session: PeerSession, obey: () => Promise<void>): void {
    const { mediaEpoch } = session;
    const isNeeded = (): boolean =>
      !session.closed && session.mediaNodeId !== undefined && session.mediaEpoch === mediaEpoch;
    this.#parts.tasks.startUntilDone(session, obey, isNeeded);
  }

  #chargeForOthers(event: RoomEvent): void {
    chargeForOthers(event, {
      limits: this.#parts.roomLimits.of(this.code),
      isElsewhere: (peerId) => !this.#hasPeer(peerId),
      find: (peerId) => this.#reported.find(peerId),
    });
  }

  #handleRoom(room: RoomRecord): void {
    this.here.notify('room:updated', { room });
    for (const session of this.here.sessions)
      if (session.permissions.adopt(room.settings))
        this.#bringInLine(session, () => session.sent.obeyRules());
  }

  /** Also with the record that is known: the room may have been put back without what its door decides by. */
  #reportNames({ room, namesBeforeJoin = false }: Extract<RoomEvent, { type: 'room-updated' }>): void {
    if (room.version >= (this.#reported.record?.version ?? 0)) this.#names.report(namesBeforeJoin);
  }

  #handleUpdated(peer: PeerRecord): void {
    this.#news.put('peer:updated', peer);
    for (const session of this.here.sessionsOf(peer.peerId)) {
      // The person concerned does not wait.
      session.notify('peer:updated', { peer });
      if (!session.adopt(peer)) continue;
      this.#bringInLine(session, () => session.sent.obeyRules());
      this.#waiting.reportTo(session);
      this.#names.reportTo(session);
    }
  }

  #handleAct(toPeerId: PeerId, act: Act): void {
    for (const session of this.here.sessionsOf(toPeerId)) {
      session.notify('act:done', { act });
      if (act.kind === 'muted') this.#bringInLine(session, () => session.sent.obeyMute());
      if (act.kind === 'stopped') this.#bringInLine(session, () => session.sent.obeyStop());
    }
  }

  /** With several claims in a row, the event of one may arrive when a later one has its session already. */
  #handleClaimed({ peerId, sessionId, claims }: Extract<RoomEvent, { type: 'peer-claimed' }>): void {
    for (const session of this.here.sessionsOf(peerId))
      if (session.sessionId !== sessionId && session.claims < claims) this.#end(session, 'taken-over');
  }

  #handleMediaClosed(sessionId: SessionId): void {
    const session = this.here.find(sessionId);
    if (session !== undefined) this.media.lose(session);
  }

  #handleLeft(peerId: PeerId, reason: LeaveReason): void {
    this.media.removeState(peerId);
    // Why the server ended a peer is not for the others.
    const shown = reason === 'timed-out' || reason === 'failed' ? reason : 'left';
    this.#news.remove({ peerId, reason: shown });
    for (const session of this.here.sessionsOf(peerId)) this.#end(session, END_REASONS[reason]);
  }

  #end(session: PeerSession, reason?: EndReason): void {
    session.close(reason);
    this.media.remove(session);
    this.here.remove(session);
  }
}
